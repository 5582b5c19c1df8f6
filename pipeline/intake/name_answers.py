"""What a label or an answer was said to mean in a return that came back → a row of the register of names.

The rows join the paper on which they were chosen, so that they are judged, merged and undone like all that it says. What
is taken here is known before the papers of the run are read to the end: the very paper is read by its own answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.domain.answer import NOT_OURS, NameAnswer
from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract, Reading
from pipeline.domain.finding import Finding
from pipeline.domain.place import parse_cell
from pipeline.domain.record import RecordState
from pipeline.domain.rulebook import found
from pipeline.intake.learned_names import Entries, is_dropped, learned, meaning_of
from pipeline.read.recognise.labels import normalise
from pipeline.validate.as_written import as_written
from pipeline.validate.texts import clean_text
from schemas.language import Catalogue, FieldRole, Form, Language, Layout, Register


@dataclass(slots=True)
class TakenNames:
    """``entries`` are the register's records with what was said; ``extracts`` and ``findings`` join their papers, by
    submission.
    """

    entries: dict[str, RecordState]
    extracts: dict[str, Extract] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakeNames:
    """Takes answers on *day*. ``asked`` are the findings that are open, by their tokens."""

    catalogue: Catalogue
    register: Register
    asked: Mapping[str, Finding]
    day: date
    language: Language

    def take(self, entries: Entries, readings: Iterable[tuple[str, Reading]]) -> TakenNames:
        """Return what the *readings*, each with whose folder it lay in, say that names mean. Of two answers the later
        stands, as in any register that people are known by.
        """
        taken = TakenNames(dict(entries))
        for sender, reading in readings:
            chosen = Counter(self._column(answer) for answer in reading.names)
            said_by = sender or self._signed(reading)
            for answer in reading.names:
                wrong = self._take(answer, reading, taken, said_by, twice=chosen[self._column(answer)] > 1)
                if wrong is not None:
                    taken.findings.setdefault(answer.submission, []).append(wrong)
        return taken

    def _take(
        self, answer: NameAnswer, reading: Reading, taken: TakenNames, said_by: str, *, twice: bool
    ) -> Finding | None:
        form = self._form(answer)
        means = meaning_of(form, answer.name.field, answer.meaning) if form is not None else None
        if form is None or means is None:
            return self._wrong("answer.not_offered", answer)
        name = answer.name
        known = learned(self.catalogue, taken.entries, self.day).get((name.form, name.field, normalise(name.written)))
        if known is not None and known.means == means:
            return None  # somebody else has said the same
        question = self.asked.get(answer.token)
        if question is None:
            return self._wrong("answer.over", answer)
        if not name.field and means and (twice or self._is_held(reading, question, means)):
            return self._wrong("answer.taken", answer)
        self._enter(answer, form, means, taken, said_by)
        return None

    def _enter(self, answer: NameAnswer, form: Form, means: str, taken: TakenNames, said_by: str) -> None:
        asked = form.get(answer.name.field)
        option = asked.option(means) if asked else None
        meant = option.words if option else form.field(means).label if means else NOT_OURS
        shown: dict[FieldRole, Raw] = {
            FieldRole.NAME_FORM: form.title.to(self.language),
            FieldRole.NAME_FIELD: asked.label.to(self.language) if asked else None,
            FieldRole.NAME_WRITTEN: clean_text(answer.name.written),
            FieldRole.NAME_MEANS: meant.to(self.language),
            FieldRole.SUBMITTER: said_by or None,
            FieldRole.STARTS: datetime(self.day.year, self.day.month, self.day.day),
        }
        base = self.register.base
        key = self._key(answer, form, taken.entries)
        values: dict[str, Raw] = {base.key.code: key, **self._by_code(shown)}
        extract = taken.extracts.setdefault(
            answer.submission,
            Extract(base.code, answer.submission, answer.file, answer.sheet, Layout.LIST, [], {}, {}),
        )
        cell = parse_cell(answer.cell)
        extract.rows.append(cell)
        for code, raw in values.items():
            extract.values.setdefault(code, []).append(raw)
            extract.cells.setdefault(code, []).append(cell)
        stored = {code: self._stored(raw) for code, raw in values.items() if raw is not None}
        taken.entries[key] = RecordState(self.register.code, key, stored)

    def _key(self, answer: NameAnswer, form: Form, entries: Entries) -> str:
        """Return the key of the record: a name that was taken back is learned anew, its history remains."""
        asked = form.get(answer.name.field)
        said = {
            FieldRole.NAME_FORM: form.title.zh,
            FieldRole.NAME_FIELD: asked.label.zh if asked else "",
            FieldRole.NAME_WRITTEN: clean_text(answer.name.written),
        }
        numbered = self.register.numbered
        prefix = numbered.prefix if numbered else None
        first = key = prefix(self._by_code(said)) if prefix else "·".join(said.values())
        number = 1
        while key in entries and is_dropped(self.register, entries[key], self.day):
            number += 1
            key = f"{first}·{number}"
        return key

    def _by_code(self, said: Mapping[FieldRole, Raw]) -> dict[str, Raw]:
        fields = {means: self.register.base.meaning(means) for means in said}
        return {field.code: said[means] for means, field in fields.items() if field is not None}

    def _column(self, answer: NameAnswer) -> tuple[str, ...]:
        """Return what two answers of one paper must not share: the column that a label is said to be."""
        form, question = self._form(answer), self.asked.get(answer.token)
        means = meaning_of(form, "", answer.meaning) if form and question and not answer.name.field else None
        return ("column", answer.name.form, question.sheet, means) if means and question else ("", answer.token)

    def _is_held(self, reading: Reading, question: Finding, code: str) -> bool:
        """Tell whether a column of the sheet on which it was asked holds the field *code* already."""
        sheet = question.sheet.rpartition("/")[2]
        return any(
            each.form == question.form and each.sheet.rpartition("/")[2] == sheet and code in each.values
            for each in reading.extracts
        )

    def _form(self, answer: NameAnswer) -> Form | None:
        return next((each for each in self.catalogue.forms if each.code == answer.name.form), None)

    def _signed(self, reading: Reading) -> str:
        """Return whose name stands first where the paper names who has filled it; "" where it names nobody."""
        for extract in reading.extracts:
            form = self.catalogue.form(extract.form)
            named = form.meaning(FieldRole.SUBMITTER) or form.meaning(FieldRole.ACTOR)
            raws: Sequence[Raw] = extract.values.get(named.code, ()) if named is not None else ()
            if name := next((text for raw in raws if (text := as_written(raw).strip())), ""):
                return name
        return ""

    def _wrong(self, rule: str, answer: NameAnswer) -> Finding:
        return found(
            rule,
            submission=answer.submission,
            file=answer.file,
            sheet=answer.sheet,
            cell=answer.cell,
            value=answer.meaning,
            written=answer.name.written,
            names=self.register.base.title,
        )

    @staticmethod
    def _stored(raw: Raw) -> str:
        return raw.date().isoformat() if isinstance(raw, datetime) else str(raw)
