"""A worklist's rows held against those it was written with: rows that somebody added, pasted or removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import Worklist, parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Record, RecordState
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import found
from schemas.language import FieldRole, Form, Register

_KEYS_TOLD = 5


def foreign_rows(
    register: Register,
    form: Form,
    records: Iterable[Record],
    worklists: Mapping[str, Worklist],
    entries: Mapping[str, RecordState],
    roster: Roster,
    told: Collection[RowId] = (),
) -> tuple[set[RowId], list[Finding]]:
    """Return the rows that their worklist (by submission) was not written with and that cannot be taken, each with a
    finding.

    A row pasted from another worklist of the same person is taken as long as the record is with that person: people
    work on in yesterday's file. So is one typed in by hand, below the others. One that is somebody else's to do is not, nor
    one of a record that is not registered yet: it is told how that is done. *told* are rows that are looked at by their
    stage's form as well.
    """
    rows: set[RowId] = set()
    findings: list[Finding] = []
    for record in records:
        worklist = worklists.get(record.submission)
        written = worklist.rows.get(record.sheet) if worklist else None
        if worklist is None or written is None or record.token in written:
            continue
        entry, metadata = entries.get(record.key), parse_token(record.token)
        own_key = metadata[0] == record.key if metadata else not record.token
        if own_key and entry is not None and entry.owner == worklist.person:
            continue
        rows.add((record.submission, record.sheet, record.row))
        # the same row comes twice, as correction and as stage: told once, by the stage where that was filled in
        if not record.partial or (record.submission, record.sheet, record.row) not in told:
            findings.append(_added(register, form, record, worklist, entry, roster))
    return rows, findings


def _added(
    register: Register, form: Form, record: Record, worklist: Worklist, entry: RecordState | None, roster: Roster
) -> Finding:
    theirs = entry is not None and entry.owner not in ("", worklist.person)
    new = entry is None and not record.token
    place = record.place(form.key.code)
    return found(
        "worklist.row_of_other" if theirs else "worklist.row_new" if new else "worklist.row_added",
        submission=record.submission,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        form=register.base.code if new else form.code,  # once it is registered nothing is to mend
        field=form.key.code,
        value=record.key,
        key=record.key,
        name=_name(worklist.person, roster),
        owner=_name(entry.owner, roster) if entry else "",
        title=register.base.title,
        stage=form.title,
    )


def missing_rows(
    register: Register,
    worklist: Worklist,
    submission: str,
    file: str,
    seen: Mapping[str, Iterable[str]],
    entries: Mapping[str, RecordState],
) -> list[Finding]:
    """Return a finding for each sheet of *worklist* from which rows were removed that still are that person's to do.

    *seen* holds the tokens that came back by sheet, *entries* the records as they stand after the run. What was
    removed stays open and comes again: nothing is lost, yet a removed row may be a slip or a "not mine".
    """
    findings: list[Finding] = []
    for sheet, written in sorted(worklist.rows.items()):
        stage = register.stage_of(worklist.forms.get(sheet, ""))
        if stage is None or stage.form == register.base.code:  # a page of what records lack asks for no step
            continue
        back = {metadata[0] for token in seen.get(sheet, ()) if (metadata := parse_token(token))}
        keys = {metadata[0] for token in written if (metadata := parse_token(token))} - back
        waiting = [
            entries[key]
            for key in sorted(keys)
            if key in entries and (entries[key].state, entries[key].owner) == (stage.state, worklist.person)
        ]
        if waiting:
            named = "、".join(_called(register, entry) for entry in waiting[:_KEYS_TOLD])
            findings.append(
                found(
                    "worklist.rows_removed",
                    submission=submission,
                    file=file,
                    sheet=sheet,
                    form=stage.form,
                    value=named + ("……" if len(waiting) > _KEYS_TOLD else ""),
                    count=len(waiting),
                    written=len(written),
                    back=len(written) - len(keys),
                )
            )
    return findings


def _called(register: Register, entry: RecordState) -> str:
    title = register.meaning(FieldRole.TITLE)
    name = entry.values.get(title.code) if title else None
    return f"{entry.key} {name}" if name else entry.key


def _name(number: str, roster: Roster) -> str:
    person = roster.everyone.get(number)
    return person.name if person else number
