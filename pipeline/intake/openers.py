"""Sheets that begin records and are signed by nobody of the office: taken, and told to who watches over the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.checked import RowId
from pipeline.domain.extract import Extract
from pipeline.domain.finding import FOR_PERSON, Finding
from pipeline.domain.place import cell_name
from pipeline.domain.rulebook import found
from pipeline.intake.finding_assignee import readers_of
from pipeline.intake.senders import Voices
from pipeline.merge.match_records import RowOutcome
from pipeline.validate.as_written import as_written
from schemas.language import Catalogue, FieldRole


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
    """Yield, a form and name, that rows which begin records name as who filled them nobody whom the roster knows. Of a stage
    that expects a role each row is told of; a strict one refuses it.
    """
    roster = voices.roster
    for form, pages in extracts.items() if roster.people else ():
        register = catalogue.register_of(form)
        stage = register.stage_of(form)
        if stage is None or stage.state or stage.strict or stage.expects_role:
            continue
        brought = [page for page in pages if not page.partial and page.submission not in voices.worklists]
        for name, signed in _signed(catalogue, form, brought, outcomes).items():
            if any(name in (each.name, each.number) for each in roster.everyone.values()):
                continue
            if signed.page.submission in voices.actors:
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
            }
            for number in readers_of("", register, roster):
                yield found("sheet.opened_by_nobody", **about, **({FOR_PERSON: number} if number else {}))


def _signed(
    catalogue: Catalogue, form: str, pages: Sequence[Extract], outcomes: Mapping[RowId, RowOutcome]
) -> dict[str, _Signed]:
    """Return by name where rows of *pages* that were taken bear it."""
    fields = catalogue.form(form)
    named = fields.meaning(FieldRole.ACTOR) or fields.meaning(FieldRole.SUBMITTER)
    if named and any(stage.whom == named.code for stage in catalogue.register_of(form).stages):
        return {}  # whoever is to do a step and is unknown is told where the step is assigned
    found_by: dict[str, _Signed] = {}
    for page in pages if named else ():
        code = named.code if named else ""
        cells = page.cells.get(code, ())
        for row, raw, cell in zip(page.rows, page.values.get(code, ()), cells, strict=False):
            name = as_written(raw).strip()
            if name and outcomes.get((page.submission, page.sheet, row)) is RowOutcome.ACCEPTED:
                found_by.setdefault(name, _Signed(page, code, cell)).rows += 1
    return found_by
