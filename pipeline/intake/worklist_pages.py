"""Pages of worklists made ready for judgement: a row whose step is not filled in may correct all the same, and a row whose
step was done since asks for nothing that it lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.extract import Extract
from pipeline.domain.record import RecordState
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.check_form import waiting_rows
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Field, Form, Register, Stage
from schemas.language.field import OF_THE_PAPER, SIGNING


def ready_pages(
    register: Register, extracts: Mapping[str, Sequence[Extract]], uow: UnitOfWork, today: date
) -> dict[str, list[Extract]]:
    """Return *extracts* by form, those of worklists for *register* made ready."""
    ready = {code: list(held) for code, held in extracts.items()}
    base = register.base
    for stage in register.stages:
        pages = [each for each in ready.get(stage.form, ()) if each.prefilled and not each.partial and each.tokens]
        if not pages:
            continue
        form = next(each for each in register.forms if each.code == stage.form)
        waiting = waiting_rows(form, pages, today)
        for page in pages:
            place = (page.submission, page.file, page.sheet)
            done = _done(register, stage.form, stage.state, page, waiting, uow)
            apart = [at in done or (page.submission, page.sheet, row) in waiting for at, row in enumerate(page.rows)]
            said = {code: (form, raws) for code, raws in page.values.items() if form.get(code) is not None}
            for at, other in enumerate(ready.get(base.code, ())):
                if other.partial and (other.submission, other.file, other.sheet) == place:
                    said |= {code: (base, raws) for code, raws in other.values.items() if code not in said}
                    ready[base.code][at] = _with_known(other, page, apart)
            held = ready[stage.form]
            changed = _changed(register, stage, form, page, said, waiting, uow, today)
            held[next(at for at, each in enumerate(held) if each is page)] = replace(
                _without_known(page, base.key.code, apart, done), changed=changed
            )
    return ready


def _with_known(corrections: Extract, page: Extract, apart: Sequence[bool]) -> Extract:
    """Add to *corrections* the fields that the step asks too, of the rows *apart*, in which nobody takes the step: they can
    be said without it.
    """
    codes = [code for code in page.values if code in page.known and code not in corrections.values]
    kept = {code: [raw if one else None for raw, one in zip(page.values[code], apart, strict=True)] for code in codes}
    return replace(
        corrections,
        values=corrections.values | kept,
        cells=corrections.cells | {code: page.cells[code] for code in codes},
    )


def _without_known(page: Extract, key: str, apart: Sequence[bool], done: frozenset[int]) -> Extract:
    codes = [code for code in page.values if code in page.known and code != key]
    kept = {code: [None if one else raw for raw, one in zip(page.values[code], apart, strict=True)] for code in codes}
    return replace(page, values={**page.values, **kept}, done=done)


def _changed(
    register: Register,
    stage: Stage,
    form: Form,
    page: Extract,
    said: Mapping[str, tuple[Form, Sequence[Raw]]],
    waiting: Set[RowId],
    uow: UnitOfWork,
    today: date,
) -> dict[int, Field]:
    """Return the positions of rows of *page* in which nobody takes the *stage*, though a field is *said* to be another than the
    register holds, with that field: one that the step is to change where it asks for nothing else, and any of a record that
    was sent back, which is not put right so. Elsewhere a field may be corrected alone.
    """
    asked = {field.code for field in form if not field.key and field.means not in SIGNING}
    only_renews = bool(asked) and asked <= set(stage.renews)
    if not only_renews and not any(
        way.back and way.to == stage.state for each in register.stages for way in each.transitions
    ):
        return {}
    at_hand = [at for at, row in enumerate(page.rows) if (page.submission, page.sheet, row) in waiting]
    tokens = {at: token for at in at_hand if (token := parse_token(page.tokens[at])) is not None}
    entries = uow.records.get(register.code, keys={key for key, _ in tokens.values()}) if tokens else {}
    found: dict[int, Field] = {}
    for code, (asking, raws) in sorted(said.items()) if entries else ():
        if code == form.key.code or asking.field(code).means in OF_THE_PAPER:
            continue
        told = convert_apart(asking, asking.field(code), raws, today)
        for at, (key, version) in tokens.items():
            entry = entries.get(key)
            if entry is None or (entry.version, entry.state) != (version, stage.state):
                continue
            to_put_right = code in asked if only_renews else _was_sent_back(register, entry)
            if to_put_right and told[at] not in (None, entry.values.get(code)):
                found[at] = asking.field(code)
    return found


def _was_sent_back(register: Register, entry: RecordState) -> bool:
    return bool(entry.reason) and not register.is_called_to(entry.state, entry.reason, entry.values)


def _done(
    register: Register, form: str, state: str, page: Extract, waiting: Set[RowId], uow: UnitOfWork
) -> frozenset[int]:
    """Return the positions of the filled rows of *page* whose step was taken after the page was written."""
    tokens = {
        at: token
        for at, text in enumerate(page.tokens)
        if (page.submission, page.sheet, page.rows[at]) not in waiting and (token := parse_token(text)) is not None
    }
    entries = uow.records.get(register.code, keys={key for key, _ in tokens.values()}) if tokens else {}
    done: set[int] = set()
    for at, (key, version) in tokens.items():
        entry = entries.get(key)
        if entry is None or entry.version == version:
            continue
        taken = any(
            event.number > version and event.form == form and event.state
            for event in uow.events.find(register=register.code, key=key)
        )
        if taken or entry.state != state:
            done.add(at)
    return frozenset(done)
