"""Run by the interpreter that has frictionless: ``ask_frictionless.py QUESTIONS ANSWERS`` in the folder of the files."""

from __future__ import annotations

import json
import resource
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from frictionless import Check, Checklist, Dialect, Resource, Schema, errors, formats
from stdnum.cn import ric, uscc

_MEMORY = 3 << 30
_OVERLOOKED = [
    "blank-row",
    "extra-cell",
    "missing-cell",
    "blank-label",
    "duplicate-label",
    "extra-label",
    "missing-label",
]


class Rules(Check):  # type: ignore[misc]
    """The rules of a form that a schema cannot express."""

    type = "rules"
    Errors: ClassVar[list[Any]] = [errors.CellError]

    def __init__(self, rules: list[dict[str, Any]], today: date) -> None:
        super().__init__()
        self.rules, self.today = rules, today

    def validate_row(self, row: Any) -> Any:
        for rule in self.rules:
            if rule["field"] in row.field_names and not self.holds(rule, row):
                yield errors.CellError.from_row(row, note=rule["rule"], field_name=rule["field"])

    def holds(self, rule: dict[str, Any], row: Any) -> bool:
        value = row[rule["field"]]
        if rule["rule"] == "needed":
            return value is not None or row.get(rule["when"]) not in rule["answers"]
        return value is None or self.right(rule, value, row)

    def right(self, rule: dict[str, Any], value: Any, row: Any) -> bool:
        match rule["rule"]:
            case "past":
                right = value <= self.today
            case "coming":
                right = value >= self.today
            case "order":
                start = row.get(rule["start"])
                right = start is None or start < value <= last_day(start, rule["years"])
            case "resident_id":
                right = len(value) != 18 or not value[:17].isdigit() or ric.calc_check_digit(value) == value[-1]
            case _:
                right = not looks_like_uscc(value) or uscc.calc_check_digit(value[:-1]) == value[-1]
        return bool(right)


def last_day(start: date, years: int) -> date:
    return start.replace(year=start.year + years, day=min(start.day, 28)) if years else date.max


def looks_like_uscc(value: str) -> bool:
    return len(value) == 18 and value.isascii() and value.isalnum()


def ask(question: dict[str, Any], today: date) -> dict[str, Any]:
    """Return the errors (row from 0, field) and the valid rows of one list."""
    controls: list[Any] = []
    if question["format"] in {"xlsx", "xls"}:
        controls = [formats.ExcelControl(sheet=question["sheet"], stringified=True)]
    elif question["format"] == "ods":
        controls = [formats.OdsControl(sheet=question["sheet"])]
    elif question["format"] == "csv":
        controls = [formats.CsvControl(delimiter=question["separator"])]
    aside = list(range(1, question["header"] + 2))
    if question["last"] is not None:
        aside += range(question["last"] + 2, question["last"] + 1000)
    dialect = Dialect(header=False, comment_rows=aside, skip_blank_rows=True, controls=controls)
    schema = Schema.from_descriptor({"fields": question["fields"], "missingValues": question["missing"]})
    given = {"path": question["path"], "format": question["format"], "encoding": question["encoding"]}
    found: dict[str, Any] = {"errors": [], "records": []}
    with_rules = Checklist(checks=[Rules(question["rules"], today)], skip_errors=_OVERLOOKED)
    report = Resource(**given, dialect=dialect, schema=schema).validate(with_rules, limit_errors=10_000)
    bad: set[int] = set()
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None)
            if row is not None:
                bad.add(row)
            found["errors"].append(
                {
                    "row": None if row is None else row - 1,
                    "field": getattr(error, "field_name", "") or "",
                    "type": error.type,
                }
            )
    with Resource(**given, dialect=dialect, schema=schema) as opened:
        for row in opened.row_stream:
            if row.row_number not in bad:
                found["records"].append({name: plain(row[name]) for name in row.field_names})
    return found


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def refused(problem: BaseException) -> dict[str, Any]:
    return {"errors": [{"row": None, "field": "", "type": type(problem).__name__}], "records": []}


def stop(_signal: int, _frame: Any) -> None:
    raise TimeoutError


def main() -> None:
    """Answer every question; whatever it dies of, its file is refused."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    signal.signal(signal.SIGPROF, stop)
    answers = []
    for question in asked["questions"]:
        signal.setitimer(signal.ITIMER_PROF, asked["seconds"])
        try:
            answers.append(ask(question, date.fromisoformat(asked["today"])))
        except Exception as problem:
            answers.append(refused(problem))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    Path(sys.argv[2]).write_text(json.dumps(answers, default=str), encoding="utf-8")


if __name__ == "__main__":
    main()
