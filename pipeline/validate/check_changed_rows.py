"""A change is right by itself; is the whole row still right with it? The rules over rows of the form it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import cell_name, pack, parse_cell, unpack
from pipeline.domain.record import Record, RecordState
from pipeline.validate.check_form import check_form
from schemas.language import Form, Layout, Stored, StoredValues
from schemas.language.context import Context


def check_changed_rows(
    form: Form, changes: Sequence[Record], held: Mapping[str, RecordState], context: Context
) -> list[tuple[Record, Finding]]:
    """Return which of *changes* break a rule over the rows of *form* that the record kept before, with the finding.

    *changes* hold new values by field code, *held* the records as they stand; the finding is at the new value's cell.
    Changes of one record are judged together: both ends of a range may move, on rows of their own.
    """
    concerned = [each for each in changes if each.key in held and not form.codes.isdisjoint(each.values)]
    if not form.rules or not concerned:
        return []
    before = [held[each.key].values for each in concerned]
    alone = [{**values, **each.values} for values, each in zip(before, concerned, strict=True)]
    whole: dict[str, dict[str, Stored]] = {}
    for each in concerned:
        whole.setdefault(each.key, dict(held[each.key].values)).update(each.values)
    broken_before, broken_alone = _broken(form, before, context), _broken(form, alone, context)
    told: list[tuple[Record, Finding]] = []
    for (row, rule), finding in _broken(form, [whole[each.key] for each in concerned], context).items():
        same = [at for at, each in enumerate(concerned) if each.key == concerned[row].key]
        guilty = [at for at in same if (at, rule) in broken_alone] or same
        if row in guilty and (row, rule) not in broken_before:
            told.append((concerned[row], _at_its_cell(form, finding, concerned[row])))
    return told


def _broken(form: Form, rows: Sequence[StoredValues], context: Context) -> dict[tuple[int, str], Finding]:
    """Return by row and rule what breaks a rule over whole rows; what is wrong with a single cell is no matter here."""
    extract = Extract(
        form=form.code,
        submission="",
        file="",
        sheet="",
        layout=Layout.LIST,
        rows=[pack(row, 0) for row in range(len(rows))],
        values={field.code: [field.show(values.get(field.code), "zh") for values in rows] for field in form},
        cells={field.code: [pack(row, at) for row in range(len(rows))] for at, field in enumerate(form)},
        partial=True,
    )
    codes = {rule.code for rule in form.rules}
    return {
        (unpack(parse_cell(finding.cell))[0], finding.rule): finding
        for finding in check_form(form, [extract], context).findings
        if finding.rule in codes
    }


def _at_its_cell(form: Form, finding: Finding, change: Record) -> Finding:
    code = finding.field if finding.field in change.values else next(iter(form.codes & change.values.keys()))
    return replace(
        finding,
        submission=change.submission,
        file=change.file,
        sheet=change.sheet,
        cell=cell_name(change.cells.get(code, change.row)),
    )
