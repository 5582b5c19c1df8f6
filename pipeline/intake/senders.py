"""Whose papers they are: the person of a worklist, or the folder of the inbox that a sheet lay in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.domain import embedded_metadata
from pipeline.domain.embedded_metadata import Worklist
from pipeline.domain.extract import Reading
from pipeline.domain.roster import Roster
from pipeline.intake.statements import Source


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


def worklists_of(readings: Iterable[Reading]) -> dict[str, Worklist]:
    """Return by submission what a worklist that came back was written with."""
    return {
        extract.submission: written
        for reading in readings
        if (written := embedded_metadata.worklist_metadata(reading.metadata)) is not None
        for extract in reading.extracts
    }
