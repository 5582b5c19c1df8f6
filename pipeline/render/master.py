"""The office's state → the master workbook: a page a register, changes, open exceptions, statistics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.domain import carried
from pipeline.domain.office import Office
from pipeline.domain.record import Change, Entry
from pipeline.render.exceptions import findings_table
from pipeline.render.field_column import in_words, shown, to_cell
from pipeline.render.standing import as_of, lateness, mark, name_of_area, owner_name, state_name
from pipeline.render.statistics import statistics
from pipeline.render.wording import caption
from pipeline.render.workbook import Book, Cell, Column, Mark, Part, Sheet, Table
from pipeline.render.write_workbook import write
from schemas.form import Field, Kind, Language, Means, Register


def master(office: Office) -> bytes:
    """Return the master workbook: registers of work first, then the roster's, then what came about and what is open."""
    language = office.language
    roster = {register.code for each in office.catalogue.procedures if each.roster for register in each.registers}
    registers = sorted(office.catalogue.registers, key=lambda register: register.code in roster)
    counted = [register for register in registers if register.states]
    sheets = [_register_sheet(office, register) for register in registers]
    sheets.insert(len(counted), _page(office, "statistics", statistics(office, counted)))
    changes = _changes(office)
    findings = findings_table(office, office.findings)
    sheets.append(_page(office, "exceptions_open", (findings,), len(findings.rows)))
    sheets.append(_page(office, "changes", (changes,), len(changes.rows)))
    return write(Book(tuple(sheets), {carried.KIND: carried.REPORT}, footer=caption("page", language)))


def _page(office: Office, title: str, parts: tuple[Part, ...], count: int | None = None) -> Sheet:
    total = "" if count is None else caption("total", office.language, count=count)
    words = caption(title, office.language)
    return Sheet(words, parts, heading=words, subheading=f"{as_of(office)}    {total}".rstrip())


def _register_sheet(office: Office, register: Register) -> Sheet:
    title = register.title.to(office.language)
    entries = office.entries.get(register.code, {})
    return Sheet(
        title,
        (_RegisterTable(office, register).build(entries),),
        heading=f"{title} · {caption('master', office.language)}",
        subheading=f"{as_of(office)}    {caption('total', office.language, count=len(entries))}",
    )


class _RegisterTable:
    """One register as a table: what identifies a record, where it stands, all its fields, where it came from."""

    def __init__(self, office: Office, register: Register) -> None:
        self._office = office
        self._language: Language = office.language
        self._register = register
        title = register.meaning(Means.TITLE)
        self._first = [register.key, *([title] if title and title is not register.key else [])]
        self._given: list[Field] = [running.field for running in register.running]
        self._given += [derived.field for derived in register.derived]
        shown_before = {field.code for field in (*self._first, *self._given)}
        self._rest = [field for field in register.fields if field.code not in shown_before]

    def build(self, entries: Mapping[str, Entry]) -> Table:
        """Return the table of *entries*."""
        columns = [
            *(shown(field, self._language) for field in self._first),
            *(self._standing_columns() if self._register.states else ()),
            *(shown(field, self._language) for field in self._given),
            *(column for field in self._rest for column in self._columns(field)),
            Column(caption("source", self._language)),
            Column(caption("notes", self._language)),
        ]
        marks: dict[int, Mark] = {}
        rows: list[list[Cell]] = []
        for row, entry in enumerate(entries.values()):
            rows.append(self._row(entry))
            if (found := mark(entry, self._office.today)) is not None:
                marks[row] = found
        return Table(self._register.code, tuple(columns), rows, marks=marks, freeze=len(self._first))

    def _standing_columns(self) -> tuple[Column, ...]:
        def say(code: str, kind: Kind = Kind.TEXT, *, marked: bool = False) -> Column:
            return Column(caption(code, self._language), kind, marked=marked)

        return (
            say("state"),
            say("owner"),
            say("due", Kind.DATE, marked=True),
            say("lateness", marked=True),
            say("since", Kind.DATE),
            say("area"),
            say("why"),
            say("sent_back_why", marked=True),
        )

    def _columns(self, field: Field) -> Iterable[Column]:
        column = shown(field, self._language)
        yield column
        if field.serves:
            yield Column(caption("person", self._language, label=column.label))

    def _row(self, entry: Entry) -> list[Cell]:
        office, language = self._office, self._language
        row = [to_cell(field, entry.values.get(field.code), language) for field in self._first]
        if self._register.states:
            row += [
                state_name(self._register, entry, language),
                owner_name(office, entry.owner) if entry.owner else None,
                entry.due,
                lateness(entry, office.today, language),
                entry.since,
                name_of_area(office, entry.area),
                entry.why,
                entry.reason,
            ]
        row += [to_cell(field, entry.values.get(field.code), language) for field in self._given]
        for field in self._rest:
            value = entry.values.get(field.code)
            row.append(to_cell(field, value, language))
            if field.serves:
                row.append(office.person_name(str(value)) if value else None)
        row += [str(entry.source), "\n".join(f"{label}: {text}" for label, text in entry.notes.items())]
        return row


def _changes(office: Office) -> Table:
    language = office.language
    columns = (
        Column(caption("on", language), Kind.DATE),
        Column(caption("register", language)),
        Column(caption("key", language), Kind.CODE),
        *(Column(caption(code, language)) for code in ("record", "field", "before", "after", "actor", "source")),
    )
    return Table("changes", columns, [_change(office, change) for change in office.changes], freeze=1)


def _change(office: Office, change: Change) -> list[Cell]:
    language = office.language
    register = office.register(change.register)
    field = next((field for field in register.fields if field.code == change.field), None)
    return [
        change.on,
        register.title.to(language),
        change.key,
        change.title,
        field.label.to(language) if field else change.field or caption("opened", language),
        in_words(field, change.before, language) if field else "",
        in_words(field, change.after, language) if field else "",
        change.actor,
        str(change.source),
    ]
