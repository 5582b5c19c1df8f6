"""The books as they stood when a master was written: what its cells are held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from pipeline.domain.edited_master import EditedMaster
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import InMemoryRecords
from pipeline.intake.roster import read_roster
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.point_in_time import PastRegisters
from schemas.language import Catalogue, Language, Register


class MasterBefore:
    """The books as they stood when a master was written, as far as it is asked for."""

    def __init__(self, catalogue: Catalogue, uow: UnitOfWork, master: EditedMaster) -> None:
        self.catalogue = catalogue
        self.uow = uow
        self.written = master.written
        self._then = PastRegisters(uow, master.written.position)
        self.roster = read_roster(catalogue, self._then, master.written.day)

    @property
    def language(self) -> Language:
        """The language that it was written in."""
        return self.written.language

    def office(self, register: Register, entries: Mapping[str, RecordState], clock: time = time.min) -> Office:
        """Return the office that shows *entries* as the master did at the hour *clock* of its day."""
        return Office(
            "",
            self.written.day,
            self.language,
            self.catalogue,
            self.roster,
            clock=clock,
            entries={register.code: InMemoryRecords(entries)},
        )

    def entry(self, register: Register, key: str) -> RecordState | None:
        """Return the record *key* as it stood, None when there was none."""
        return self._then.records.find(register.code, key)

    def changed_since(self, register: Register) -> set[str]:
        """Return the keys of the records of *register* that have changed since."""
        return self._then.events.keys_changed_since(register.code)
