"""Rows that tell of a deed (变更 联系电话 …): judged as such, and what they change judged as the field it changes.

The new value goes through the very conversions and checks that it would meet on the field's own form, at the cell in
which it stands here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.domain.cell import Raw
from pipeline.domain.checked import Checked, RowId
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name
from pipeline.domain.record import Record, RecordState
from pipeline.domain.rulebook import found
from pipeline.validate.as_written import as_written, quote
from pipeline.validate.check_changed_rows import check_changed_rows
from pipeline.validate.check_form import check_form
from pipeline.validate.check_single import KnownRecords, check_single
from pipeline.validate.name_items import Items, Refused, Target
from schemas.language import Field, FieldRole, Form, Register, Stage
from schemas.language.context import Context


def _unknown(keys: Collection[str]) -> Mapping[str, RecordState]:
    return {}


_LINES = re.compile(r"[\r\n;；]+")
_BETWEEN = re.compile(r"[、，,/]+")
_NUMBERED = re.compile(r"\s*[(（]?[0-9]{1,2}[.、)）．]\s*")


@dataclass(slots=True)
class _Asked:
    """What one row is to change: for each form one row of it, to be judged there."""

    extracts: list[Extract] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def check_deeds(
    register: Register, form: Form, extracts: Sequence[Extract], context: Context, standing: KnownRecords = _unknown
) -> Checked:
    """Judge all *extracts* of *form*, which tells of deeds. The records' ``values`` are what they change, if anything."""
    checked = check_form(form, extracts, context)
    stage = register.stage_of(form.code)
    item, new = form.meaning(FieldRole.ITEM), form.meaning(FieldRole.NEW_VALUE)
    rows = {(each.submission, each.sheet, first): (each, at) for each in extracts for at, first in enumerate(each.rows)}
    asked: dict[RowId, _Asked] = {}
    for record in checked.records:
        record.action = {code: value for code, value in record.values.items() if code != form.key.code}
        record.values = {}
        if stage and item and new and _changes(stage, record):
            asked[_row(record)] = _Reader(register, form, item, new).read(record, *rows[_row(record)])
    _judge(register, form, new, checked, asked, context)
    held = standing([record.key for record in checked.records if record.values]) if asked else {}
    for target in register.forms:
        for record, finding in check_changed_rows(target, checked.records, held, context):
            asked[_row(record)].findings.append(finding)
    wrong = {row for row, each in asked.items() if each.findings}
    checked.rejected |= wrong
    checked.findings += [finding for each in asked.values() for finding in each.findings]
    checked.records = [record for record in checked.records if _row(record) not in wrong]
    return checked


def _changes(stage: Stage, record: Record) -> bool:
    """Tell whether this kind of deed changes values: the move that it makes leaves the record where it stands."""
    for transition in stage.transitions:
        if all(record.action.get(code) in allowed for code, allowed in transition.when):
            return transition.stays
    return False


def items_in(item: Raw, new: Raw, items: Items) -> dict[str, str]:
    """Return what the cells *item* and *new* of a row say, as written, by the code of the field that is to change; nothing
    where the two do not go together.
    """
    named = _names(item, items)
    raws = _values(new, len(named))
    targets = [items.find(name) for name in named] if len(named) == len(raws) else []
    return {
        code: as_written(raw).strip()
        for target, raw in zip(targets, raws, strict=False)
        if isinstance(target, Target)
        for code in target.codes
    }


def _judge(
    register: Register,
    form: Form,
    new: Field | None,
    checked: Checked,
    asked: dict[RowId, _Asked],
    context: Context,
) -> None:
    """Let each form judge the rows asked of it, and give what they hold to the records of the deeds."""
    records = {_row(record): record for record in checked.records}
    for target in register.forms:
        extracts = [each for row in asked.values() for each in row.extracts if each.form == target.code]
        if not extracts:
            continue
        judged = check_form(target, extracts, context)
        checked.findings += judged.findings
        for row in judged.rejected:
            checked.rejected.add(row)
            records.pop(row, None)
        for part in judged.records:
            action = records.get(_row(part))
            if action is not None:
                action.values |= {code: value for code, value in part.values.items() if code != target.key.code}
                action.cells |= {code: cell for code, cell in part.cells.items() if code != target.key.code}
                action.repaired = action.repaired or part.repaired
    for row, action in records.items():
        lacking = [code for code in (asked[row].codes if row in asked else ()) if code not in action.values]
        if lacking and new is not None and not asked[row].findings:
            asked[row].findings.append(_told("value.missing", form, new, action))
    checked.records = list(records.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads which fields a row names and what they are to hold."""

    register: Register
    form: Form
    item: Field
    new: Field

    def read(self, record: Record, extract: Extract, at: int) -> _Asked:
        asked = _Asked()
        items = Items(self.register)
        named = _names(extract.values[self.item.code][at], items)
        raws = _values(extract.values[self.new.code][at], len(named))
        if len(raws) != len(named):
            asked.findings.append(
                _told("change.lines", self.form, self.new, record, items=len(named), values=len(raws))
            )
            return asked
        for name, raw in zip(named, raws, strict=True):
            target = items.find(name)
            if isinstance(target, Refused):
                finding = _told(target.rule, self.form, self.item, record, item=name, **target.details)
                asked.findings.append(replace(finding, value=quote(name)))
            else:
                asked.codes += target.codes
                asked.extracts.append(self._row_of(target, record, extract, at, raw))
        if not asked.findings and len(asked.codes) != len(set(asked.codes)):
            asked.findings.append(
                _told("change.lines", self.form, self.new, record, items=len(set(asked.codes)), values=len(raws))
            )
        return asked

    def _row_of(self, target: Target, record: Record, extract: Extract, at: int, raw: Raw) -> Extract:
        key = target.form.key.code
        own = self.form.key.code
        cell = extract.cells[self.new.code][at]
        values: dict[str, list[Raw]] = {key: [record.key], **{code: [raw] for code in target.codes}}
        return Extract(
            form=target.form.code,
            submission=extract.submission,
            file=extract.file,
            sheet=extract.sheet,
            layout=extract.layout,
            rows=[extract.rows[at]],
            values=values,
            cells={key: [extract.cells[own][at]], **{code: [cell] for code in target.codes}},
            partial=True,
            prefilled=True,  # the key was judged in its own column
        )


def _names(raw: Raw, items: Items) -> list[str]:
    """The labels in one cell: a line each, or several on a line unless the whole line is a label."""
    lines = [_NUMBERED.sub("", line, count=1).strip() for line in _LINES.split(as_written(raw)) if line.strip()]
    named: list[str] = []
    for line in lines:
        parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
        named += [line] if line in items or len(parts) < 2 else parts
    return named


def _values(raw: Raw, count: int) -> list[Raw]:
    """The new values in one cell: for one field the cell as it stands, for several a line each."""
    if count == 1:
        return [raw]
    lines = [line.strip() for line in _LINES.split(as_written(raw)) if line.strip()]
    if all(_NUMBERED.match(line) for line in lines):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    return list(lines)


def _told(rule: str, form: Form, at: Field, record: Record, **details: object) -> Finding:
    return found(
        rule,
        submission=record.submission,
        file=record.file,
        sheet=record.sheet,
        cell=cell_name(record.cells.get(at.code, record.row)),
        form=form.code,
        field=at.code,
        value=quote(str(record.action.get(at.code, ""))),
        key=record.key,
        **details,
    )


def _row(record: Record) -> RowId:
    return record.submission, record.sheet, record.row


def check_sheets(
    register: Register, form: Form, extracts: Sequence[Extract], context: Context, standing: KnownRecords = _unknown
) -> Checked:
    """Judge all *extracts* of *form* in the way that its stage asks."""
    stage = register.stage_of(form.code)
    if stage is not None and stage.ad_hoc:
        return check_deeds(register, form, extracts, context, standing)
    single = [each for each in extracts if each.single]
    if not single:
        return check_form(form, extracts, context)
    checked = check_single(form, single, context, standing)
    whole = check_form(form, [each for each in extracts if not each.single], context)
    return Checked(
        records=whole.records + checked.records,
        findings=whole.findings + checked.findings,
        rejected=whole.rejected | checked.rejected,
        waiting=whole.waiting | checked.waiting,
    )
