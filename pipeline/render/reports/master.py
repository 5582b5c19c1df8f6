"""The office's state → the master workbook: a page a register, changes, open exceptions, statistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.office import Office
from pipeline.domain.partition import MasterPartition as Divided
from pipeline.domain.partition import PartitionRange
from pipeline.domain.record import FieldChange, RecordState
from pipeline.render.reports.balance_check import reconciliation
from pipeline.render.reports.contents import Listed, contents
from pipeline.render.reports.exceptions import findings_table
from pipeline.render.reports.field_column import in_words, shown, to_cells
from pipeline.render.reports.fold_columns import folded
from pipeline.render.reports.master_partition import index, of_part, what_it_holds
from pipeline.render.reports.record_columns import as_of, lateness, marks, name_of_area, state_name
from pipeline.render.reports.scheduled_changes import coming_changes
from pipeline.render.reports.set_up_page import set_up
from pipeline.render.reports.statistics import statistics
from pipeline.render.wording import IGNORED, caption
from pipeline.render.xlsx.in_batches import in_batches
from pipeline.render.xlsx.measure import column_widths
from pipeline.render.xlsx.safe_text import header_labels, sheet_titles
from pipeline.render.xlsx.workbook import (
    Book,
    Cell,
    FilledColumn,
    SheetElement,
    Table,
    TableColumn,
    WorkbookSheet,
    WriteWorkbook,
)
from pipeline.render.xlsx.write_workbook import write
from schemas.language import FieldRole, Kind, Procedure, Register


def master(office: Office, write: WriteWorkbook = write, parts: Sequence[Divided] = ()) -> bytes:
    """Return the master workbook: the procedures with their registers and statistics, then the roster, then what came
    about and what is open: pages on which something stands. Of several procedures it begins with its contents.

    A register of which there are *parts* has a page that leads to them.
    """
    language = office.language
    divided: dict[str, list[Divided]] = defaultdict(list)
    for part in parts:
        divided[part.register].append(part)
    roster = [register for each in office.catalogue.procedures if each.roster for register in each.registers]
    pages = [page for procedure in office.procedures for page in _pages(office, procedure, divided)]
    pages += [
        Listed(_register_sheet(office, each), records=count)
        for each in roster
        if (count := len(office.entries[each.code]))
    ]
    pages += map(Listed, _general(office))
    sheets = [each.sheet for each in pages]
    if len(office.procedures) > 1:
        sheets.insert(0, contents(office, pages))
    registers = [register.code for each in office.procedures for register in each.registers]
    added = office.additions.sheets
    brought = _carried(office, sheets, [*registers, *(each.code for each in roster)], added)
    return write(Book(tuple(sheets), brought, footer=caption("page", language), added=added))


def _pages(office: Office, procedure: Procedure, divided: Mapping[str, Sequence[Divided]]) -> Iterator[Listed]:
    """The registers of one procedure, then its statistics."""
    title = procedure.title.to(office.language)
    for register in procedure.registers:
        parts = divided.get(register.code)
        if not office.entries[register.code]:
            continue
        sheet = index(office, register, parts) if parts else _register_sheet(office, register)
        yield Listed(sheet, title, len(office.entries[register.code]), office.late_in(register))
    words = caption("statistics", office.language)
    name = f"{words} {title}" if len(office.procedures) > 1 else words
    if tables := statistics(office, procedure.registers):
        yield Listed(WorkbookSheet(name, tables, heading=name, subheading=as_of(office)), title)


def _general(office: Office) -> Iterator[WorkbookSheet]:
    """What came about and what is open, of all procedures."""
    waiting = [found for found in office.findings if found.to_mend]
    findings, changes = findings_table(office, waiting), _changes(office)
    yield _page(office, "exceptions_open", (findings,), len(findings.rows))
    if changes.rows:
        yield _page(office, "changes", (changes,), len(changes.rows))
    if office.pending:
        yield _page(office, "coming", (coming_changes(office),), len(office.pending))
    if (balanced := reconciliation(office)) is not None:
        yield balanced
    if office.lately:
        ignored = _ignored(office)
        yield _page(office, "ignored", (ignored,), len(ignored.rows))


def part_of_master(office: Office, part: Divided, write: WriteWorkbook = write) -> bytes:
    """Return *part* as a workbook: it may be edited as the master may. Sheets of the staff's own are in the master."""
    whole = _register_sheet(office, office.register(part.register), part.extent)
    sheets = (of_part(whole, office, part),)
    brought = {**_carried(office, sheets, [part.register], ()), **what_it_holds(part)}
    return write(Book(sheets, brought, footer=caption("page", office.language)))


def _carried(
    office: Office, sheets: Sequence[WorkbookSheet], registers: Collection[str], added: Collection[str]
) -> dict[str, str]:
    """What makes an edited master understood: see ``domain.metadata``."""
    pairs = {
        embedded_metadata.KIND: embedded_metadata.REPORT,
        embedded_metadata.STATE: str(office.position),
        embedded_metadata.DAY: office.today.isoformat(),
        embedded_metadata.LANGUAGE: office.language,
    }
    titles = sheet_titles(sheet.title for sheet in sheets)
    for title, sheet in zip(titles, sheets, strict=True):
        table = next(iter(sheet.parts), None)
        if isinstance(table, Table) and table.name in registers:
            labels = header_labels(column.label for column in table.columns)
            ours = [label for label, column in zip(labels, table.columns, strict=True) if column.shows]
            theirs = [label for label, column in zip(labels, table.columns, strict=True) if not column.shows]
            pairs[embedded_metadata.sheet_entry(title)] = table.name
            pairs[embedded_metadata.columns_entry(title)] = "\n".join(ours)
            if theirs:
                pairs[embedded_metadata.added_entry(title)] = "\n".join(theirs)
            pairs |= embedded_metadata.setup_entries(
                title,
                [label for label, column in zip(labels, table.columns, strict=True) if column.hidden or column.folded],
                {labels[at]: texts for at, texts in table.filters.items()},
                dict(zip(labels, column_widths(table), strict=True)),
            )
    pairs[embedded_metadata.SHEETS] = "\n".join(titles)
    if added:
        pairs[embedded_metadata.ADDED_SHEETS] = "\n".join(added)
    return pairs


def _ignored(office: Office) -> Table:
    """What reading left out, and why: nothing is left out silently."""
    language = office.language
    columns = (
        TableColumn(caption("found_on", language), Kind.DATE),
        *(TableColumn(caption(code, language)) for code in ("file", "sheet")),
        TableColumn(caption("row", language), Kind.INTEGER),
        *(TableColumn(caption(code, language)) for code in ("reason", "text")),
    )
    rows: list[list[Cell]] = [
        [each.day, each.name, row["sheet"], row["row"], IGNORED[row["reason"]].to(language), row["text"]]
        for each in office.lately
        for row in each.ignored
    ]
    return Table("ignored", columns, rows, freeze=1)


def _page(office: Office, title: str, parts: tuple[SheetElement, ...], count: int | None = None) -> WorkbookSheet:
    total = "" if count is None else caption("total", office.language, count=count)
    words = caption(title, office.language)
    return WorkbookSheet(words, parts, heading=words, subheading=f"{as_of(office)}    {total}".rstrip())


def _register_sheet(office: Office, register: Register, extent: PartitionRange | None = None) -> WorkbookSheet:
    title = register.title.to(office.language)
    record_set = office.entries[register.code] if extent is None else office.entries[register.code].within(extent)
    setup = office.additions.pages.get(register.code)

    def part(entries: Sequence[RecordState]) -> Table:
        table = register_table(office, register, entries)
        return set_up(table, [entry.key for entry in entries], setup) if setup else table

    count, version = record_set.version()
    late = office.late_in(register, extent)  # the clock makes late, too
    table = folded(in_batches(part, record_set.each, count, f"{version}/{late}"), register)
    return WorkbookSheet(
        title,
        (table,),
        heading=f"{title} · {caption('master', office.language)}",
        subheading=f"{as_of(office)}    {caption('total', office.language, count=table.height)}",
    )


def register_table(office: Office, register: Register, entries: Collection[RecordState]) -> Table:
    """Return *entries* of *register* as the master shows them: what identifies a record, where it stands, all its
    fields, where it came from. ``TableColumn.shows`` tells what each column holds.
    """
    language = office.language
    title = register.meaning(FieldRole.TITLE)
    first = [register.key, *([title] if title and title is not register.key else [])]
    given = [*(each.field for each in register.running), *(each.field for each in register.derived)]
    shown_before = {field.code for field in (*first, *given)}
    columns: list[FilledColumn] = [(shown(field, language), to_cells(field, entries, language)) for field in first]
    if register.states:
        columns += _standing(office, register, entries)
    for field in (*given, *(field for field in register.fields if field.code not in shown_before)):
        column = shown(field, language)
        columns.append((column, to_cells(field, entries, language)))
        if field.serves:
            names = [office.person_name(str(entry.values.get(field.code, ""))) for entry in entries]
            columns.append((TableColumn(caption("person", language, label=column.label), shows="@person"), names))
    columns.append(
        (TableColumn(caption("source", language), shows="@source"), [str(entry.source) for entry in entries])
    )
    columns.append((TableColumn(caption("notes", language), shows="@notes"), [_notes(entry) for entry in entries]))
    return Table.of_columns(register.code, columns, marks=marks(office, entries), freeze=len(first))


def _notes(entry: RecordState) -> str:
    return "\n".join(f"{label}: {text}" for label, text in entry.notes.items())


def _standing(office: Office, register: Register, entries: Iterable[RecordState]) -> list[FilledColumn]:
    language = office.language

    def column(
        code: str, cell: Callable[[RecordState], Cell], kind: Kind = Kind.TEXT, *, marked: bool = False
    ) -> FilledColumn:
        return TableColumn(caption(code, language), kind, marked=marked, shows=f"@{code}"), [
            cell(entry) for entry in entries
        ]

    return [
        column("state", lambda entry: state_name(register, entry, language)),
        column("owner", lambda entry: office.person_name(entry.owner) if entry.owner else None),
        column("due", lambda entry: entry.due, Kind.DATE, marked=True),
        column("lateness", lambda entry: lateness(office, entry), marked=True),
        column("since", lambda entry: entry.since, Kind.DATE),
        column("area", lambda entry: name_of_area(office, entry.area)),
        column("why", lambda entry: entry.why),
        column("sent_back_why", lambda entry: entry.reason, marked=True),
    ]


def _changes(office: Office) -> Table:
    language = office.language
    columns = (
        TableColumn(caption("on", language), Kind.DATE),
        TableColumn(caption("register", language)),
        TableColumn(caption("key", language), Kind.CODE),
        *(TableColumn(caption(code, language)) for code in ("record", "field", "before", "after", "actor", "source")),
    )
    return Table("changes", columns, [_change(office, change) for change in office.changes], freeze=1)


def _change(office: Office, change: FieldChange) -> list[Cell]:
    language = office.language
    register = office.register(change.register)
    field = register.get(change.field)
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
