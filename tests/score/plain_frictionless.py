"""frictionless 5 on the same lists, with every reasonable help.

It lives in an environment of its own (``make score`` makes it) and is asked there by a script that knows nothing of the
pipeline. Its schema is made from the form: names by position, so that no header is held against it; types, ``required``,
options with their aliases as ``enum``, patterns, bounds, the signs for nothing as ``missingValues``; dates of any format
(``any``), cells as text (``stringified``), extra cells and blank rows overlooked. Checksums, days that must not be past
or to come, the order of two dates and answers that hang on others are custom checks of its own kind.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.language import Field, Form, Kind
from schemas.language.catalogue import load_catalogue
from tests.score.judged import Judged, Said
from tests.score.people import TODAY
from tests.score.tables import NOTHING, SECONDS, Given, given
from tests.score.truth import Case

_SCRIPT = Path(__file__).with_name("ask_frictionless.py")
_PATTERNS = {
    "licence_no": "[0-9]{12}",
    "resident_id": "[0-9]{17}[0-9X]",
    "credit_code": "[0-9A-HJ-NP-RTUW-Y]{18}",
    "area_code": "[0-9]{9}",
    "contact_phone": "(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(转[0-9]+)?",
    "staff_mobile": "1[3-9][0-9]{9}",
    "staff_email": "[^@\\s]+@[^@\\s]+\\.[a-z]+",
}
_PAST = ("registered_on", "verified_on")
_BOUNDS = {"customer_grade": (1, 30)}


def judge(cases: Sequence[Case], python: Path) -> dict[int, Judged]:
    """Return by seed what frictionless says; *python* is the interpreter that has it."""
    judged = {case.seed: Judged() for case in cases}
    lists = list(given(cases))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        questions = [_question(each, at, place) for at, each in enumerate(lists)]
        asked = {"today": TODAY.isoformat(), "seconds": SECONDS, "questions": questions}
        (place / "questions.json").write_text(json.dumps(asked), encoding="utf-8")
        subprocess.run([python, _SCRIPT, "questions.json", "answers.json"], cwd=place, check=True)
        answers = json.loads((place / "answers.json").read_text(encoding="utf-8"))
    for each, answer in zip(lists, answers, strict=True):
        _take(each, answer, judged[each.case.seed])
    return judged


def _question(each: Given, at: int, place: Path) -> dict[str, Any]:
    """Store the file under its true ending and return what is asked about it."""
    form = load_catalogue().form(each.table.form)
    path = f"{at}.{each.kind}"
    (place / path).write_bytes(each.content)
    told = each.told
    left = [{"name": f"left_{column}", "type": "string"} for column in range(told.first_column)]
    return {
        "path": path,
        "format": each.kind,
        "sheet": each.table.sheet,
        "encoding": each.encoding or "utf-8",
        "separator": each.separator,
        "header": told.header,
        "last": told.last,
        "missing": list(NOTHING),
        "fields": left + [_column(form, name) for name in each.names],
        "rules": _rules(form),
    }


def _column(form: Form, name: str) -> dict[str, Any]:
    codes = name.split("__")
    field = form.get(codes[0])
    if field is None:
        return {"name": name, "type": "string"}
    if len(codes) > 1:  # a range of dates in one cell is beyond a schema: that there is one can be asked
        return {"name": name, "type": "string", "constraints": {"required": True}}
    return {"name": name, **_type(field), "constraints": _constraints(field)}


def _type(field: Field) -> dict[str, str]:
    return {Kind.DATE: {"type": "date", "format": "any"}, Kind.INTEGER: {"type": "integer"}}.get(
        field.kind, {"type": "string"}
    )


def _constraints(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"required": True} if field.required else {}
    if field.options:
        found["enum"] = [
            name for option in field.options for name in (option.words.zh, option.words.en, *option.aliases)
        ]
    if field.code in _PATTERNS:
        found["pattern"] = rf"\s*{_PATTERNS[field.code]}\s*"
    if field.code in _BOUNDS:
        found["minimum"], found["maximum"] = _BOUNDS[field.code]
    return found


def _rules(form: Form) -> list[dict[str, Any]]:
    """Return the rules that take a custom check."""
    codes = {field.code for field in form}
    rules: list[dict[str, Any]] = [{"rule": "past", "field": code} for code in _PAST if code in codes]
    for start, end, years in (
        ("valid_from", "valid_until", 5),
        ("serves_from", "serves_to", 0),
        ("in_force_from", "in_force_to", 0),
    ):
        if end in codes:
            rules.append({"rule": "order", "field": end, "start": start, "years": years})
    if "valid_until" in codes:
        rules.append({"rule": "coming", "field": "valid_until"})
    rules += [{"rule": code, "field": code} for code in ("resident_id", "credit_code") if code in codes]
    for field in form:
        for name, answers in field.required_when:
            words = [
                word
                for code in answers
                if (option := form.field(name).option(code))
                for word in (option.words.zh, option.words.en, *option.aliases)
            ]
            rules.append({"rule": "needed", "field": field.code, "when": name, "answers": words})
    return rules


def _take(each: Given, answer: dict[str, Any], judged: Judged) -> None:
    form = load_catalogue().form(each.table.form)
    for error in answer["errors"]:
        code = error["field"].partition("__")[0]
        cell = each.cell(error["row"], code) if error["row"] is not None else ""
        judged.errors.append(Said(each.table.sheet, cell, code if form.get(code) else "", error["type"]))
    for record in answer["records"]:
        judged.records.append((each.table.sheet, _stored(form, record)))


def _stored(form: Form, record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as it is compared: options by their code, blanks left out."""
    found: dict[str, Any] = {}
    for name, read in record.items():
        field = form.get(name)
        if field is None or read is None:
            continue
        value = read.strip() if isinstance(read, str) else read
        named = [
            option.code for option in field.options if value in (option.words.zh, option.words.en, *option.aliases)
        ]
        found[name] = named[0] if named else value
    return found
