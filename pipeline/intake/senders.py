"""Whose papers they are: the person of a worklist, or the folder of the inbox that a sheet lay in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from pipeline.domain import embedded_metadata
from pipeline.domain.embedded_metadata import Worklist
from pipeline.domain.extract import Reading
from pipeline.domain.roster import Person, Roster
from pipeline.intake.statements import Source
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.outbox import file_name


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in the papers of a run, by submission, and the *roster* they are known by.

    ``actors`` are the names of those in whose folder or worklist a paper was; ``worklists`` is what a worklist was written
    with; ``handed_in`` is who handed in a worklist that is another person's.
    """

    roster: Roster = field(default_factory=lambda: Roster(date.min))
    actors: Mapping[str, str] = field(default_factory=dict)
    worklists: Mapping[str, Worklist] = field(default_factory=dict)
    handed_in: Mapping[str, Person] = field(default_factory=dict)

    @property
    def carriers(self) -> frozenset[str]:
        """The staff numbers of those whose worklist has come back, and of those who brought it."""
        whose = {worklist.person for worklist in self.worklists.values()}
        return frozenset(whose | {person.number for person in self.handed_in.values()})

    def joined(self, later: Voices) -> Voices:
        """Return both, with the roster of the *later* ones."""
        return Voices(
            later.roster,
            {**self.actors, **later.actors},
            {**self.worklists, **later.worklists},
            {**self.handed_in, **later.handed_in},
        )


def actors_of(readings: Iterable[Reading], roster: Roster) -> dict[str, str]:
    """Return by submission whose worklist it is, by name, or by number where the roster knows nobody of it."""
    whose = {
        extract.submission: reading.metadata[embedded_metadata.PERSON]
        for reading in readings
        if embedded_metadata.PERSON in reading.metadata
        for extract in reading.extracts
    }
    return {
        submission: roster.everyone[number].name if number in roster.everyone else number
        for submission, number in whose.items()
    }


def senders_of(sources: Mapping[str, Source], readings: Iterable[Reading], roster: Roster) -> dict[str, str]:
    """Return by submission in whose folder of the inbox a sheet lay, by name: for what the sheet itself names nobody for."""
    here = {extract.submission for reading in readings for extract in reading.extracts}
    senders = {each: source.sender for each, source in sources.items() if source.sender and each in here}
    people = {sender: roster.named(sender) for sender in senders.values()}
    return {each: person.name for each, sender in senders.items() if (person := people[sender]) is not None}


def brought_by(files: Iterable[tuple[Dropped, Reading]], roster: Roster) -> dict[str, str]:
    """Return by submission whose folder of the inbox a file lay in; of one that could not be read at all, and lay in nobody's, whose
    worklist it is by its name: nothing else tells who waits for it.
    """
    return {
        dropped.sha256: dropped.sender or (_called_after(dropped.name, roster) if reading.refused else "")
        for dropped, reading in files
    }


def _called_after(file: str, roster: Roster) -> str:
    """Return the staff number of whose worklist is called like *file*, of several the one who is named at most length; "" for nobody."""
    stems = {PurePath(file_name(each.number, each.name)).stem: each.number for each in roster.people.values()}
    return stems.get(max((stem for stem in stems if stem in file), key=len, default=""), "")


def worklists_of(readings: Iterable[Reading]) -> dict[str, Worklist]:
    """Return by submission what a worklist that came back was written with."""
    return {
        extract.submission: written
        for reading in readings
        if (written := embedded_metadata.worklist_metadata(reading.metadata)) is not None
        for extract in reading.extracts
    }
