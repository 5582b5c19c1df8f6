"""What worklists that come back may not say, and what they no longer say: rows of others, rows that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.checked import Checked
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.intake.senders import Voices
from pipeline.intake.taken import Intake
from pipeline.merge.keep_rows_whole import row_of
from pipeline.merge.match_records import RowOutcome
from pipeline.merge.worklist_rows import foreign_rows, missing_rows
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Form, Register


def refuse_foreign_rows(
    register: Register, checked: Sequence[tuple[Form, Checked]], uow: UnitOfWork, voices: Voices
) -> None:
    """Keep out of *checked* the rows of worklists that are not their owner's to fill, and say so."""
    stages = {row_of(record) for _, each in checked for record in each.records if not record.partial}
    for form, each in checked:
        ours = [record for record in each.records if record.submission in voices.worklists]
        if ours:
            entries = uow.records.get(register.code, keys={record.key for record in ours})
            rows, findings = foreign_rows(register, form, ours, voices.worklists, entries, voices.roster, stages)
            each.records = [record for record in each.records if row_of(record) not in rows]
            each.rejected |= rows
            each.findings += findings


def tell_missing_rows(
    register: Register, extracts: Mapping[str, list[Extract]], uow: UnitOfWork, voices: Voices
) -> Iterator[Finding]:
    """Yield a finding for each row that a worklist was handed out with and came back without."""
    for submission, worklist in voices.worklists.items():
        forms = {form.code for form in register.forms}.intersection(worklist.forms.values())
        came = [each for code in forms for each in extracts.get(code, ()) if each.submission == submission]
        if not forms or not came:
            continue
        seen = {each.sheet: each.tokens for each in came}
        keys = {
            row[0] for rows in worklist.rows.values() for token in rows if (row := embedded_metadata.parse_token(token))
        }
        entries = uow.records.get(register.code, keys=keys)
        yield from missing_rows(register, worklist, submission, came[0].file, seen, entries)


def emptied_rows(
    register: Register, extracts: Mapping[str, Sequence[Extract]], intake: Intake, voices: Voices
) -> frozenset[str]:
    """Return the keys of records whose row stood filled on a worklist, since it was refused, and came back blank: whoever has
    emptied it says no longer what was wrong.
    """
    return frozenset(
        metadata[0]
        for form in (stage.form for stage in register.stages)
        for extract in extracts.get(form, ())
        if not extract.partial and (worklist := voices.worklists.get(extract.submission)) is not None
        for token, row in zip(extract.tokens, extract.rows, strict=False)
        if token in worklist.refused.get(extract.sheet, ())
        and (metadata := embedded_metadata.parse_token(token)) is not None
        and (place := (extract.submission, extract.sheet, row)) in intake.to_do
        and intake.outcomes.get(place) is RowOutcome.UNCHANGED
    )
