"""pandas + pandera on the same lists, with every reasonable help.

The schema is the form's own pandera model: the same checks, options, checksums and rules over rows. Before it judges,
a careful script does what pandas offers for a whole column: blanks and apostrophes around texts off, signs for nothing
to blanks, NFKC, blanks out of codes and phones, codes in capitals, +86 and the dashes of a mobile number off, an option's
wording or alias to its code, 年月日 and dots in dates to dashes, times of day off, then ``to_datetime(format="mixed")``,
``to_numeric``, a range of dates parted.
"""

from __future__ import annotations

import importlib
import io
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from schemas.language import Field, Form, Kind
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context, judging
from schemas.language.pandera_model import schema_of
from tests.score.judged import Judged, Said
from tests.score.people import AREAS, COUNTY, TODAY
from tests.score.tables import NOTHING, SECONDS, Given, comma_separated, given
from tests.score.truth import Case

_JOINT = r"[至到~～–—]|(?<=[0-9日])-(?=[0-9]{4})"
_ENGINES: dict[str, Any] = {"xlsx": "openpyxl", "xls": "calamine", "ods": "calamine"}


def judge(cases: Sequence[Case]) -> dict[int, Judged]:
    """Return by seed what pandera says."""
    judged = {case.seed: Judged() for case in cases}
    for each in given(cases):
        try:
            with _limited():
                _judge(each, load_catalogue().form(each.table.form), judged[each.case.seed])
        except Exception as problem:
            judged[each.case.seed].errors.append(Said(each.table.sheet, "", rule=type(problem).__name__))
    return judged


@contextmanager
def _limited() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _judge(each: Given, form: Form, judged: Judged) -> None:
    frame = _frame(each).dropna(how="all")
    values, unread = _converted(frame, form)
    bad: set[tuple[int, str]] = set(unread)
    schema = _schema(form, values)
    try:
        with judging(Context(today=TODAY, areas=AREAS, county=COUNTY)):
            schema.validate(values, lazy=True)
    except SchemaErrors as errors:
        for failure in errors.failure_cases.itertuples():
            code = str(failure.check).partition("@")[2] or str(failure.column)
            if (
                failure.index is not None
                and code in values.columns
                and not str(failure.check).endswith((".division", ".holder"))
            ):
                bad.add((int(failure.index), code))
    for row, code in sorted(bad):
        judged.errors.append(Said(each.table.sheet, each.cell(row, code), code))
    refused = {row for row, _ in bad}
    for row, record in zip(values.index, values.to_dict("records"), strict=True):
        if row not in refused:
            judged.records.append(
                (each.table.sheet, {code: _stored(value) for code, value in record.items() if pd.notna(value)})
            )


def _frame(each: Given) -> pd.DataFrame:
    """Return the rows under the header as text, indexed by their row on the sheet (from 0)."""
    told, width = each.told, len(each.told.columns)
    start = told.header + 1
    count = told.last - told.header if told.last is not None else None
    if each.kind == "csv":
        found = pd.DataFrame(comma_separated(each)).iloc[start:, told.first_column : told.first_column + width]
        found = found.iloc[:count]
    elif each.kind == "html":
        page = pd.read_html(
            io.BytesIO(each.content),
            converters=dict.fromkeys(range(each.case.book.sheets[0].width), str),
            encoding="utf-8",
        )[0]
        found = page.iloc[start:, told.first_column : told.first_column + width].iloc[:count]
    else:
        found = pd.read_excel(
            io.BytesIO(each.content),
            sheet_name=each.table.sheet,
            header=None,
            skiprows=start,
            nrows=count,
            dtype=str,
            engine=_ENGINES[each.kind],
        )
        found = found.reindex(columns=range(told.first_column, told.first_column + width))
        found.index = found.index + start
    found.columns = pd.Index(each.names)
    texts = found.astype("str").apply(lambda column: column.str.strip().str.lstrip("'"))
    return texts.mask(found.isna() | texts.isin(NOTHING))


def _converted(frame: pd.DataFrame, form: Form) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Return a column for each field of the form, and the cells that pandas cannot convert."""
    columns: dict[str, pd.Series[Any]] = {}
    unread: list[tuple[int, str]] = []
    for name in frame.columns:
        codes = name.split("__")
        if form.get(codes[0]) is None:
            continue
        parts = [frame[name]]
        if len(codes) == 2:
            ends = frame[name].str.split(_JOINT, n=1, expand=True, regex=True).reindex(columns=[0, 1])
            parts = [ends[0].str.strip(), ends[1].str.strip()]
        for code, texts in zip(codes, parts, strict=True):
            columns[code] = _convert(form.field(code), texts)
            lost = texts.notna() & columns[code].isna()
            unread += [(int(row), code) for row in texts.index[lost]]
    for field in form:
        columns.setdefault(field.code, _convert(field, pd.Series(pd.NA, index=frame.index, dtype="str")))
    return pd.DataFrame(columns), unread


def _convert(field: Field, texts: pd.Series[Any]) -> pd.Series[Any]:
    match field.kind:
        case Kind.DATE:
            dashed = (
                texts.str.normalize("NFKC")
                .str.replace(r"[T ]\d+:[\d:]+$|\s", "", regex=True)
                .str.replace(r"[年月./]", "-", regex=True)
            )
            days = dashed.str.replace(r"[日号]", "", regex=True)
            return pd.to_datetime(days, format="mixed", errors="coerce").dt.tz_localize(None).dt.normalize()
        case Kind.INTEGER:
            return pd.to_numeric(texts, errors="coerce").astype("float64")
        case Kind.CHOICE:
            names = {
                name: option.code
                for option in field.options
                for name in (*option.aliases, option.words.en, option.words.zh)
            }
            return texts.map(lambda text: names.get(text, text), na_action="ignore").astype("str")
        case Kind.CODE | Kind.PHONE:
            codes = texts.astype("str").str.normalize("NFKC").str.replace(r"\s", "", regex=True).str.upper()
            if field.kind is Kind.CODE:
                return codes
            national = codes.str.replace(r"^(\+|00)?86-?(?=1)", "", regex=True)
            return national.str.replace(r"^(1\d\d)-(\d{4})-(\d{4})$", r"\1\2\3", regex=True)
        case _:
            return texts.astype("str")


def _schema(form: Form, values: pd.DataFrame) -> pa.DataFrameSchema:
    """Return the model's schema; types are the script's own by now. Rules of forms that depend on an answer join it."""
    module, _, name = form.model.partition(":")
    schema: pa.DataFrameSchema = schema_of(getattr(importlib.import_module(module), name))
    schema = schema.update_columns({code: {"dtype": None} for code in schema.columns})
    needed = [
        pa.Check(_filled(field.code, field.required_when), name=f"needed@{field.code}", error=f"needed@{field.code}")
        for field in form
        if field.required_when and field.code in values
    ]
    schema.checks = [*(schema.checks or []), *needed]
    return schema


def _filled(code: str, conditions: Sequence[tuple[str, tuple[str, ...]]]) -> Any:
    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        asked = pd.Series(True, index=frame.index)
        for name, answers in conditions:
            asked &= frame[name].isin(answers)
        return ~(asked & frame[code].isna())

    return holds


def _stored(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return int(value) if isinstance(value, float) and value == int(value) else value
