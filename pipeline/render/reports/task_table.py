"""The table of one task on a worklist: where the record stands, what is asked, what is known, and the hidden token."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from pipeline.domain import embedded_metadata
from pipeline.domain.duties import Task
from pipeline.domain.office import Office
from pipeline.domain.roster import Person
from pipeline.render.reports.field_column import asked, in_words, locked, to_cells
from pipeline.render.reports.record_columns import coming, lateness, marks
from pipeline.render.reports.refused_cells import RefusedCells
from pipeline.render.wording import caption
from pipeline.render.xlsx.measure import column_widths
from pipeline.render.xlsx.paper import A4_HOLDS, fitting, on_paper
from pipeline.render.xlsx.workbook import Access, Cell, FilledColumn, Table, TableColumn
from schemas.language import Field, FieldRole, Kind
from schemas.language.field import SIGNING


class TaskTable:
    """What is known stays open as far as it fits on the page, what the steps before have said first; the rest is folded. A row
    that was refused stands as it was filled, what is wrong in red.
    """

    def __init__(self, office: Office, task: Task, person: Person) -> None:
        self._office = office
        self.task = task
        self._people = office.roster.callable_names()
        self.signature = person.name if office.roster.named(person.name) == person else person.number
        """What stands beforehand as who did it: the reader's own name, or his number where two bear it."""
        register = task.register
        self._base = register.base
        self._form = office.catalogue.form(task.stage.form)
        self._refused = RefusedCells(office, task)
        self.tokens = self._refused.tokens
        self.refused_tokens = self._refused.refused_tokens
        self._renewed = {code for code in task.stage.renews if self._base.get(code) is not None}
        self._asked = [
            field for field in self._form if self._base.get(field.code) is None or field.code in self._renewed
        ]
        own = [field for field in self._asked if not field.key and field.code not in self._renewed]
        of_deed = [field for field in own if field.means not in SIGNING]
        self.signed = self._form.meaning(FieldRole.ACTOR) if of_deed else None
        """The field that names who did it; None where a row that is signed and dated says all: nothing is done unasked."""
        self._known = [
            field
            for field in register.fields
            if self._base.get(field.code) is None
            and self._form.get(field.code) is None
            and any(field.code in entry.values for entry in task.entries)
        ]
        self._first = [field for field in self._base if field.key or field.means is FieldRole.TITLE]
        self._rest = [field for field in self._base if field not in self._first and field.code not in self._renewed]
        self._rest.sort(key=_where_first)
        if register.only_shown:  # only to be looked at: what none of them holds is no use
            self._rest = [field for field in self._rest if any(field.code in entry.values for entry in task.entries)]

    def only_shown(self) -> dict[str, dict[str, str]]:
        """Return what stands in the columns that nobody fills, by label and token: whoever writes there is told."""
        only_shown = (*self._standings(), *self._reasons(), *self._knowns())
        return embedded_metadata.quoted_columns(((column.label, cells) for column, cells in only_shown), self.tokens)

    def build(self) -> Table:
        """Return the table."""
        entries = self.task.entries
        columns: list[tuple[str, FilledColumn]] = [
            *(("", column) for column in self._standings()),
            *((field.code, self._base_column(field)) for field in self._first),
            *(("", column) for column in self._reasons()),
            *((field.code, self._asked_column(field)) for field in self._asked),
        ]
        asked_for = len(columns)
        columns += [
            *(("", column) for column in self._knowns()),
            *((field.code, self._base_column(field)) for field in self._rest),
        ]
        places = {code: at for at, (code, _) in enumerate(columns) if code}
        wrong = self._refused.comments(places)
        folded = _folded([column for _, column in columns], asked_for, {column for _, column in wrong})
        token = TableColumn(embedded_metadata.TOKEN_LABEL, Kind.CODE, Access.LOCKED, hidden=True)
        return Table.of_columns(
            self._form.code,
            [*folded, (token, list(self.tokens))],
            marks=marks(self._office, entries),
            comments=self._last_time(places) | wrong,
            wrong=frozenset(wrong),
            freeze=2 + len(self._first),
        )

    def _standings(self) -> list[FilledColumn]:
        entries = self.task.entries
        standing = [
            "，".join(
                filter(None, (back, lateness(self._office, entry), *coming(self._office, entry, known=bool(back))))
            )
            for back, entry in zip(self._refused.marks(), entries, strict=True)
        ]
        return [
            (self._standing("due", Kind.DATE), [entry.due for entry in entries]),
            (self._standing("lateness"), standing),
        ]

    def _knowns(self) -> list[FilledColumn]:
        language, entries = self._office.language, self.task.entries
        return [(locked(field, language), to_cells(field, entries, language)) for field in self._known]

    def _standing(self, code: str, kind: Kind = Kind.TEXT) -> TableColumn:
        return TableColumn(caption(code, self._office.language), kind, Access.LOCKED, marked=True)

    def _reasons(self) -> list[FilledColumn]:
        reasons = [
            "\n".join(filter(None, (entry.reason, refused)))
            for entry, refused in zip(self.task.entries, self._refused.reasons(), strict=True)
        ]
        return [(self._standing("sent_back_why"), reasons)] if any(reasons) else []

    def _base_column(self, field: Field) -> FilledColumn:
        language, entries = self._office.language, self.task.entries
        known = to_cells(field, entries, language)
        if field.key or self.task.register.only_shown or self.task.register.barring(field.code):
            return locked(field, language), known
        own = self._form.get(field.code)
        column = asked(own or field, self._form if own else self._base, language, Access.CORRECT)
        return column, self._refused.filled(field, known)

    def _asked_column(self, field: Field) -> FilledColumn:
        language, entries = self._office.language, self.task.entries
        if field.code in self._renewed:
            known = to_cells(field, entries, language)
            lacks = any(cell in (None, "") for cell in known)
            return asked(field, self._form, language, Access.CORRECT, lacks=lacks), self._refused.filled(field, known)
        blank: list[Cell] = [self.signature if field is self.signed else None] * len(entries)
        column = asked(field, self._form, language, people=self._people)
        return column, self._refused.filled(field, blank, begins_blank=True)

    def _last_time(self, places: dict[str, int]) -> dict[tuple[int, int], str]:
        """What was answered before a record was sent back, as comments: the answer has to be given anew."""
        language = self._office.language
        return {
            (row, places[field.code]): caption("last_time", language, value=in_words(field, value, language))
            for row, entry in enumerate(self.task.entries)
            for field in self._asked
            if field.code not in self._renewed and entry.reason and (value := entry.values.get(field.code)) is not None
        }


def _where_first(field: Field) -> int:
    """Where somebody is and how he is reached comes before what else is known of him: it stays open."""
    return 0 if field.means is FieldRole.ADDRESS else 1 if field.kind is Kind.PHONE else 2


def _folded(columns: Sequence[FilledColumn], first: int, seen: Set[int]) -> list[FilledColumn]:
    """Return *columns*, of those from *first* on the ones folded that an A4 page has no room for, but for those to be *seen*."""
    asked_for, known = (
        column_widths(Table.of_columns("", part, marks={})) for part in (columns[:first], columns[first:])
    )
    room = A4_HOLDS - on_paper(asked_for)
    fits = first + fitting(known, room)
    return [
        (replace(column, folded=at >= fits and at not in seen), cells) for at, (column, cells) in enumerate(columns)
    ]
