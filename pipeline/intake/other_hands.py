"""Worklists that another person has filled, or handed in: they are taken, and both are told.

Whose work it is should know that it was done for him; whoever did it should know whose sheet he had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import Worklist, parse_token
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import FOR_PERSON, SAID_BY, Finding
from pipeline.domain.place import cell_name
from pipeline.domain.roster import Area, Person, Roster
from pipeline.domain.rulebook import found
from pipeline.intake.finding_assignee import readers_of
from pipeline.intake.senders import Voices, actors_of, senders_of, worklists_of
from pipeline.intake.statements import Source
from pipeline.merge.match_records import RowOutcome
from pipeline.outside.ledger import UnitOfWork
from pipeline.validate.as_written import as_written
from schemas.language import Catalogue, Field, FieldRole


def voices_of(
    catalogue: Catalogue, sources: Mapping[str, Source], readings: Sequence[Reading], roster: Roster
) -> Voices:
    """Return who speaks in *readings*, as far as their folders, worklists and signatures tell."""
    worklists = worklists_of(readings)
    handed_in = other_hands(catalogue, readings, worklists, sources, roster)
    actors = senders_of(sources, readings, roster) | actors_of(readings, roster)
    return Voices(roster, actors | speaking(catalogue, readings, handed_in, roster), worklists, handed_in)


def other_hands(
    catalogue: Catalogue,
    readings: Iterable[Reading],
    worklists: Mapping[str, Worklist],
    sources: Mapping[str, Source],
    roster: Roster,
) -> dict[str, Person]:
    """Return by submission who has handed in a worklist that is not his own: in whose folder it lay, else who alone is
    named in it as having done the step.
    """
    found_by: dict[str, Person] = {}
    extracts = [each for reading in readings for each in reading.extracts]
    for submission, worklist in worklists.items():
        source = sources.get(submission)
        names = {source.sender} if source and source.sender else set[str]()
        if not names:
            own = [each for each in extracts if each.submission == submission and not each.partial]
            names = {name for each in own for name in _named(catalogue, each) if name}
        people = {person.number: person for name in names if (person := roster.named(name)) is not None}
        if len(people) == 1 == len(names):
            (person,) = people.values()
            if person.number != worklist.person and person.number in roster.people:
                found_by[submission] = person
    return found_by


def speaking(
    catalogue: Catalogue, readings: Iterable[Reading], handed_in: Mapping[str, Person], roster: Roster
) -> dict[str, str]:
    """Return by submission the name of who speaks in a worklist *handed_in* by another: he, unless every row is signed by
    the one whose it is.
    """
    signed: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for extract in reading.extracts:
            if not extract.partial:
                signed[extract.submission].update(name for name in _named(catalogue, extract) if name)
    return {
        submission: person.name
        for submission, person in handed_in.items()
        if not signed[submission] or any(roster.named(name) == person for name in signed[submission])
    }


def tell_both(
    catalogue: Catalogue,
    extracts: Mapping[str, Sequence[Extract]],
    voices: Voices,
    outcomes: Mapping[RowId, RowOutcome],
    uow: UnitOfWork,
) -> Iterator[Finding]:
    """Yield, a page and person, what is told of the rows that were taken from somebody else's worklist."""
    for form, pages in extracts.items():
        for page in pages:
            worklist = voices.worklists.get(page.submission)
            if worklist is None or page.partial:
                continue
            whose = voices.roster.people.get(worklist.person)
            rows = _rows_by_others(catalogue, page, worklist, voices, outcomes, uow)
            for by, places in rows.items():
                about = {
                    "submission": page.submission,
                    "file": page.file,
                    "sheet": page.sheet,
                    "cell": cell_name(places[0]),
                    "form": form,
                    "value": by.name,
                    "count": len(places),
                    "by": by.name,
                    "name": whose.name if whose else worklist.person,
                }
                yield found("worklist.of_other", **about, **{SAID_BY: by.number})
                if whose is not None:
                    yield found("worklist.filled_by_other", **about, **{SAID_BY: whose.number})
            if whose is not None and page.submission not in voices.handed_in:
                yield from _since_handed_on(catalogue, page, whose, voices.roster, outcomes, uow)


def tell_signers(
    catalogue: Catalogue,
    extracts: Mapping[str, Sequence[Extract]],
    voices: Voices,
    sources: Mapping[str, Source],
    outcomes: Mapping[RowId, RowOutcome],
) -> Iterator[Finding]:
    """Yield what is told those whose names stand on a sheet that lay in somebody else's folder: a secretary hands in what her
    chief has signed, and a name is soon written. Of a decision that only they may make their manager reads, too; and who
    watches over the register, where the name is nobody's.
    """
    for form, pages in extracts.items():
        register = catalogue.register_of(form)
        stage = register.stage_of(form)
        decides = stage is not None and (stage.strict or bool(stage.not_by))
        title = stage.title if stage is not None and decides else catalogue.form(form).title
        for page in pages:
            source = sources.get(page.submission)
            by = voices.roster.named(source.sender) if source and source.sender else None
            if source is None or by is None or page.submission in voices.worklists:
                continue
            if source.lineage and not decides:  # what was signed before is brought back mended
                continue
            about = {
                "submission": page.submission,
                "file": page.file,
                "sheet": page.sheet,
                "form": form,
                "by": by.name,
                "stage": title,
            }
            for name, places in _signed_by_others(catalogue, page, by, voices.roster, outcomes).items():
                signer = voices.roster.named(name)
                at = {"cell": cell_name(places[0]), "count": len(places)}
                if signer is not None:
                    rule = "step.signed_elsewhere" if decides else "sheet.signed_elsewhere"
                    yield found(rule, value=by.name, name=signer.name, **at, **about, **{SAID_BY: signer.number})
                    continue
                for number in readers_of("", register, voices.roster):
                    whom = {FOR_PERSON: number} if number else {}
                    yield found("sheet.signed_by_nobody", value=name, **at, **about, **whom)


def _signed_by_others(
    catalogue: Catalogue, page: Extract, by: Person, roster: Roster, outcomes: Mapping[RowId, RowOutcome]
) -> dict[str, list[int]]:
    """Return by the name signed the cells in which it stands: of others than *by*, whether the roster knows them or not."""
    found_by: dict[str, list[int]] = {}
    form = catalogue.form(page.form)
    signed = form.meaning(FieldRole.ACTOR) or form.meaning(FieldRole.SUBMITTER)
    whose = signed is not None and catalogue.register_of(page.form).says_whose(signed)
    raws = page.values.get(signed.code, ()) if signed else ()
    cells = page.cells.get(signed.code, ()) if signed else ()
    for row, raw, cell in zip(page.rows, raws, cells, strict=False):
        name = as_written(raw).strip()
        signer = roster.named(name) if name else None
        taken = outcomes.get((page.submission, page.sheet, row)) is RowOutcome.ACCEPTED
        if whose and signer is not None:  # he is named, and has signed nothing
            continue
        if taken and name and (signer is None or signer.number != by.number):
            found_by.setdefault(signer.number if signer is not None else name, []).append(cell)
    return found_by


def _rows_by_others(
    catalogue: Catalogue,
    page: Extract,
    worklist: Worklist,
    voices: Voices,
    outcomes: Mapping[RowId, RowOutcome],
    uow: UnitOfWork,
) -> dict[Person, list[int]]:
    roster, actor = voices.roster, _actor(catalogue, page)
    names = _named(catalogue, page)
    found_by: dict[Person, list[int]] = {}
    for at, row in enumerate(page.rows):
        if outcomes.get((page.submission, page.sheet, row)) is not RowOutcome.ACCEPTED:
            continue
        by = roster.named(names[at]) if names[at] else None
        if by is None or by.number == worklist.person:  # signed in his name, and yet not handed in by him
            by = voices.handed_in.get(page.submission)
        token = parse_token(page.tokens[at]) if page.tokens else None
        if by is None or by.number == worklist.person or by.number not in roster.people:
            continue
        if token is not None and by.number == _holder(catalogue, page, token[0], roster, uow):
            continue  # it has become his own since the sheet was written
        cell = page.cells[actor.code][at] if actor is not None and names[at] and actor.code in page.cells else row
        found_by.setdefault(by, []).append(cell)
    return found_by


def _since_handed_on(
    catalogue: Catalogue,
    page: Extract,
    whose: Person,
    roster: Roster,
    outcomes: Mapping[RowId, RowOutcome],
    uow: UnitOfWork,
) -> Iterator[Finding]:
    """Yield what is told those who have by their area what *whose* has filled in a worklist of before."""
    moved: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for token, row in zip(page.tokens, page.rows, strict=False):
        at = parse_token(token)
        taken = outcomes.get((page.submission, page.sheet, row)) is RowOutcome.ACCEPTED
        holder = _holder(catalogue, page, at[0], roster, uow) if at is not None and taken else ""
        if at is not None and holder in roster.people and not _has_his(whose, holder, roster):
            moved[holder].append((at[0], row))
    for number, rows in moved.items():
        yield found(
            "worklist.since_handed_on",
            submission=page.submission,
            file=page.file,
            sheet=page.sheet,
            cell=cell_name(rows[0][1]),
            form=page.form,
            value=whose.name,
            which="、".join(key for key, _ in rows),
            count=len(rows),
            by=whose.name,
            name=roster.people[number].name,
            **{SAID_BY: number},
        )


def _has_his(person: Person, holder: str, roster: Roster) -> bool:
    """Tell whether *person* is the *holder* of the work, by number, or stands in for him."""
    theirs = roster.everyone.get(holder)
    stand_in = roster.stand_in_of(theirs) if theirs is not None else None
    return person.number in (holder, stand_in.number if stand_in is not None else holder)


def _holder(catalogue: Catalogue, page: Extract, key: str, roster: Roster, uow: UnitOfWork) -> str:
    """Return the staff number of who has the page's step in the area of the record *key*, "" where the area names nobody."""
    area = _area_of(catalogue, page, key, roster, uow)
    stage = catalogue.register_of(page.form).stage_of(page.form)
    return area.served_by.get(stage.role, "") if area is not None and stage is not None else ""


def _area_of(catalogue: Catalogue, page: Extract, key: str, roster: Roster, uow: UnitOfWork) -> Area | None:
    state = uow.records.find(catalogue.register_of(page.form).code, key)
    return roster.areas.get(state.area) if state else None


def _actor(catalogue: Catalogue, page: Extract) -> Field | None:
    return catalogue.form(page.form).meaning(FieldRole.ACTOR)


def _named(catalogue: Catalogue, page: Extract) -> list[str]:
    actor = _actor(catalogue, page)
    raws = page.values.get(actor.code, ()) if actor is not None else ()
    return [as_written(raw).strip() for raw in raws] or [""] * len(page.rows)
