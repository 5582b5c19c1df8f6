"""What happened to a record, value by value. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.commands.reading import office_day, reading
from pipeline.errors import RuwangError
from pipeline.intake.roster import read_roster
from pipeline.merge.named_records import known_as
from pipeline.merge.nearest import nearest
from pipeline.outside.ledger import UnitOfWork
from pipeline.publish.record_history import ValueChange, changes_of_field, names_of_fields, record_history
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Catalogue, FieldRole, Localized, Register


class UnknownError(RuwangError):
    """What is asked for is called otherwise, or is not there."""

    exit_code = 3


def history(settings: Settings, key: str, *, field: str = "") -> list[ValueChange]:
    """Return the life of the record *key*, oldest first, one change a value: also what was taken back since.

    *key* may also be what people call a customer: a name, one of earlier days, or a telephone number (``Register.named_by``).
    Then it is the life of everybody called so, and of all records of other registers that are about him, run by run.
    *field* keeps only the field, or the column of the master, of that code or label, in either language. Raise
    LedgerError when nothing was ever run, UnknownError where no record or field is called so.
    """
    catalogue = in_force(settings)
    changes: list[ValueChange] = []
    concerned: list[Register] = []
    with reading(settings) as uow:
        roster = read_roster(catalogue, uow, office_day(settings))
        for register, each in dict.fromkeys(_concerned(catalogue, uow, key)):
            events = uow.events.find(register=register, key=each, undone=True)
            if not events:
                continue
            declared = catalogue.register(register)
            concerned.append(declared)
            told = record_history(declared, events, roster, settings.language)
            changes += changes_of_field(told, field, declared)
        if not concerned:
            raise _no_record(key, nearest(key, _all_names(catalogue, uow)))
    if field and not changes:
        known = [name for register in concerned for name, _ in names_of_fields(register)]
        if field.lower() not in map(str.lower, known):
            raise _no_field(field, nearest(field, known))
    return sorted(changes, key=lambda change: change.run)


def _concerned(catalogue: Catalogue, uow: UnitOfWork, key: str) -> Iterator[tuple[str, str]]:
    """Yield register and key of each record that *key* is of, or that is about whoever is called so."""
    yield from ((register.code, key) for register in catalogue.registers)
    for register in catalogue.registers:
        if not register.named_by:
            continue
        changes = uow.events.find(register=register.code, changes=True)
        for record in known_as(register, uow.records.get(register.code), changes, key):
            yield register.code, record
            names = {record, *_names(register, record, uow)}
            for other in catalogue.registers:
                fields = {each.code for each in other.fields if each.names == register.code}
                if fields:
                    about = uow.records.holding(other.code, dict.fromkeys(fields, names))
                    yield from ((other.code, each) for each in about)


def _names(register: Register, key: str, uow: UnitOfWork) -> set[str]:
    """What the record has been called at any time."""
    title = register.meaning(FieldRole.TITLE)
    events = uow.events.find(register=register.code, key=key) if title else []
    return {str(event.values[title.code]) for event in events if title and event.values.get(title.code)}


def _all_names(catalogue: Catalogue, uow: UnitOfWork) -> Iterator[str]:
    """Yield every key, and every name that a record is known by."""
    for register in catalogue.registers:
        title = register.meaning(FieldRole.TITLE)
        for key, record in uow.records.get(register.code).items():
            yield key
            if title and record.values.get(title.code):
                yield str(record.values[title.code])


def _no_record(key: str, near: Sequence[str]) -> UnknownError:
    return UnknownError(_with_nearest(Localized(f"没有“{key}”的记录", f"there is no record of {key}"), near))


def _no_field(field: str, near: Sequence[str]) -> UnknownError:
    return UnknownError(_with_nearest(Localized(f"没有“{field}”这一栏", f"there is no field {field}"), near))


def _with_nearest(said: Localized, near: Sequence[str]) -> Localized:
    if not near:
        return said
    return Localized(f"{said.zh}；最接近的有：{'、'.join(near)}", f"{said.en}; the nearest are {', '.join(near)}")
