"""What happened to a record, value by value. Nothing is changed."""

from __future__ import annotations

from pipeline.commands.reading import office_day, reading
from pipeline.intake.roster import read_roster
from pipeline.publish.record_history import ValueChange, changes_of_field, record_history
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force


def history(settings: Settings, key: str, *, field: str = "") -> list[ValueChange]:
    """Return the life of the record *key*, oldest first, one change a value: also what was taken back since.

    *field* keeps only the field, or the column of the master, of that code or label, in either language. Raise
    LedgerError when nothing was ever run.
    """
    catalogue = in_force(settings)
    changes: list[ValueChange] = []
    with reading(settings) as uow:
        roster = read_roster(catalogue, uow, office_day(settings))
        for register in catalogue.registers:
            events = uow.events.find(register=register.code, key=key, undone=True)
            changes += changes_of_field(record_history(register, events, roster, settings.language), field, register)
    return changes
