"""What records point at: it exists, and it was open when a new record came to point at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.domain.checked import Checked
from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.register_views import Registers
from pipeline.domain.rulebook import found
from pipeline.intake.triggers import RegisterBatch
from pipeline.merge.keep_rows_whole import row_of
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, Form, Register


def unknown_references(catalogue: Catalogue, held: Registers, uow: UnitOfWork) -> Iterator[Finding]:
    """Yield a finding, at the cell that says so, for each key that no record of its register has; where that register is
    not used, nobody knows (but see ``Refers.always``). Of closed records nothing is asked.
    """
    for register in catalogue.registers:
        for refers in register.refers:
            target = held.entries(refers.register)
            if not target and not refers.always:
                continue
            title = catalogue.register(refers.register).title
            for key, record in held.entries(register.code).items():
                state = register.state(record.state)
                value = str(record.values.get(refers.field, ""))
                if value and value not in target and not (state and state.closed):
                    about = {"form": register.base.code, "field": refers.field, "key": key, "value": value}
                    yield at_its_cell(found("reference.unknown", register=title, **about), register, uow)


def refuse_unknown_references(
    register: Register, checked: Sequence[tuple[Form, Checked]], held: Registers, catalogue: Catalogue
) -> None:
    """Keep out of *checked* the rows that point at a record that there is not, where they must not (``Refers.strict``)."""
    for refers in (each for each in register.refers if each.strict):
        target = held.entries(refers.register)
        if not target and not refers.always:
            continue
        title = catalogue.register(refers.register).title
        for form, each in checked:
            for record in [one for one in each.records if str(one.values.get(refers.field) or "") not in ("", *target)]:
                each.findings.append(finding_at("reference.none", form, record, refers.field, register=title))
                each.rejected.add(row_of(record))
                each.records.remove(record)


def closed_references(
    catalogue: Catalogue, batches: Iterable[RegisterBatch], held: Registers, uow: UnitOfWork
) -> Iterator[Finding]:
    """Yield a finding for each record that the run has opened and that points at one that is not open (``Refers.states``)."""
    for batch in batches:
        register = batch.register
        for refers in register.refers if batch.changed else ():
            target = held.entries(refers.register) if refers.states else {}
            if not target:  # not asked, not used, or of a procedure that is not in force
                continue
            of = catalogue.register(refers.register)
            for key, record in batch.changed.items():
                value = str(record.values.get(refers.field, ""))
                other = target.get(value)
                if key in batch.held or other is None or other.state in refers.states:
                    continue
                state = of.state(other.state)
                about = {"form": register.base.code, "field": refers.field, "key": key, "value": value}
                told = found("reference.not_open", register=of.title, state=state.words if state else of.title, **about)
                opened = uow.events.find(register=register.code, key=key)[:1]
                paper = opened[0].submission if opened else ""
                yield replace(at_its_cell(told, register, uow), submission=paper)


def at_its_cell(finding: Finding, register: Register, uow: UnitOfWork) -> Finding:
    """Return *finding* about a record at the cell that it speaks of: on the newest sheet that filled it."""
    for event in reversed(uow.events.find(register=register.code, key=finding.key)):
        if finding.field in event.cells:
            return replace(finding, file=event.file, sheet=event.sheet, cell=event.cells[finding.field])
    return finding
