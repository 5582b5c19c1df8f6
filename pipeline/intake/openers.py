"""Sheets that begin records, signed by nobody of the office, or by somebody whose step it was not: taken, and told who watches over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.checked import RowId
from pipeline.domain.duties import managing_roles
from pipeline.domain.extract import Extract
from pipeline.domain.finding import FOR_PERSON, Finding
from pipeline.domain.place import cell_name
from pipeline.domain.roster import Person, Roster
from pipeline.domain.rulebook import found
from pipeline.intake.finding_assignee import readers_of
from pipeline.intake.senders import Voices
from pipeline.merge.match_records import RowOutcome
from pipeline.validate.as_written import as_written
from schemas.language import Catalogue, FieldRole, Register, Stage


@dataclass
class _Signed:
    """The first cell in which a name stands, and how many rows bear it in all."""

    page: Extract
    code: str
    cell: int
    rows: int = field(default=0)


def tell_of_openers(
    catalogue: Catalogue,
    extracts: Mapping[str, Sequence[Extract]],
    voices: Voices,
    outcomes: Mapping[RowId, RowOutcome],
) -> Iterator[Finding]:
    """Yield, a form and name, that rows which begin records name as who filled them nobody whom the roster knows, or somebody
    without the role that is asked for (``Stage.expects_role``). A strict stage refuses him.
    """
    roster = voices.roster
    for form, pages in extracts.items() if roster.people else ():
        register = catalogue.register_of(form)
        stage = register.stage_of(form)
        if stage is None or stage.state or stage.strict:
            continue
        brought = [page for page in pages if not page.partial and page.submission not in voices.worklists]
        for name, signed in _signed(catalogue, form, brought, outcomes).items():
            rule = _told(stage, name, register, roster)
            if rule == "sheet.opened_by_nobody" and signed.page.submission in voices.actors:
                continue  # told with who brought it
            about = {
                "submission": signed.page.submission,
                "file": signed.page.file,
                "sheet": signed.page.sheet,
                "cell": cell_name(signed.cell),
                "form": form,
                "field": signed.code,
                "value": name,
                "count": signed.rows,
                "stage": stage.title,
                "role": roster.role_words(stage.role),
            }
            for number in readers_of("", register, roster) if rule else ():
                yield found(rule, **about, **({FOR_PERSON: number} if number else {}))


def _told(stage: Stage, name: str, register: Register, roster: Roster) -> str:
    """Return the rule by which *name* is told of, "" where nothing is to be said."""
    people = [each for each in roster.everyone.values() if name in (each.name, each.number)]
    if not people:
        return "sheet.opened_by_nobody"
    theirs = stage.expects_role and roster.with_role(stage.role)
    return "sheet.opened_by_another" if theirs and not any(_may_open(each, stage, register) for each in people) else ""


def _may_open(person: Person, stage: Stage, register: Register) -> bool:
    return person.has_role(stage.role, *managing_roles(register))


def _signed(
    catalogue: Catalogue, form: str, pages: Sequence[Extract], outcomes: Mapping[RowId, RowOutcome]
) -> dict[str, _Signed]:
    """Return by name where rows of *pages* that were taken bear it."""
    fields = catalogue.form(form)
    named = fields.meaning(FieldRole.ACTOR) or fields.meaning(FieldRole.SUBMITTER)
    found_by: dict[str, _Signed] = {}
    for page in pages if named else ():
        code = named.code if named else ""
        cells = page.cells.get(code, ())
        for row, raw, cell in zip(page.rows, page.values.get(code, ()), cells, strict=False):
            name = as_written(raw).strip()
            if name and outcomes.get((page.submission, page.sheet, row)) is RowOutcome.ACCEPTED:
                found_by.setdefault(name, _Signed(page, code, cell)).rows += 1
    return found_by
