"""How many records stand where: counts by state, person, area and the fields a register names, each with a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pipeline.domain.duties import overdue
from pipeline.domain.office import Office
from pipeline.domain.record import Entry
from pipeline.render.field_column import in_words
from pipeline.render.standing import name_of_area, owner_name
from pipeline.render.wording import caption
from pipeline.render.workbook import Cell, Chart, Column, Table
from schemas.form import Field, Kind, Register

_MOST_BARS = 25
"""A chart with more bars cannot be read: the table has them all."""


def statistics(office: Office, registers: Iterable[Register]) -> tuple[Table, ...]:
    """Return the tables of *registers*, in the order of their states and options, people and areas most first."""
    return tuple(table for register in registers for table in _of(office, register))


def _of(office: Office, register: Register) -> Iterable[Table]:
    entries = list(office.entries.get(register.code, {}).values())
    open_ = [entry for entry in entries if register.waiting_for(entry.state)]
    language = office.language
    yield _count(
        office, register, caption("state", language), entries, lambda entry: entry.state,
        [(state.code, state.words.to(language)) for state in register.states],
    )  # fmt: skip
    yield _count(
        office, register, caption("owner", language), open_, lambda entry: entry.owner,
        [(number, owner_name(office, number)) for number, _ in Counter(entry.owner for entry in open_).most_common()],
        late=True,
    )  # fmt: skip
    yield _count(
        office, register, caption("area", language), entries, lambda entry: entry.area,
        [
            (code, name_of_area(office, code) or caption("nowhere", language))
            for code, _ in Counter(entry.area for entry in entries).most_common()
        ],
        late=True,
    )  # fmt: skip
    for code in register.count_by:
        field = register.field(code)
        yield _count(
            office, register, field.label.to(language), entries, _value_of(field),
            [*_answers(office, field, entries), ("", caption("unknown", language))],
        )  # fmt: skip


def _value_of(field: Field) -> Callable[[Entry], str]:
    return lambda entry: str(entry.values.get(field.code, ""))


def _answers(office: Office, field: Field, entries: Sequence[Entry]) -> list[tuple[str, str]]:
    if field.options:
        return [(option.code, option.words.to(office.language)) for option in field.options]
    found = Counter(entry.values[field.code] for entry in entries if field.code in entry.values)
    return [(str(value), in_words(field, value, office.language)) for value, _ in found.most_common()]


def _count(
    office: Office,
    register: Register,
    label: str,
    entries: Sequence[Entry],
    group: Callable[[Entry], str],
    names: Sequence[tuple[str, str]],
    *,
    late: bool = False,
) -> Table:
    """Count *entries* by *group*; *names* gives the rows in order. Blank groups are left out when nothing is in them."""
    language = office.language
    counts = Counter(group(entry) for entry in entries)
    overdue_counts = Counter(group(entry) for entry in entries if overdue(entry, office.today))
    rows: list[list[Cell]] = [
        [name, counts[code], *([overdue_counts[code]] if late else [])] for code, name in names if code or counts[code]
    ]
    columns = [Column(label), Column(caption("count", language), Kind.INTEGER)]
    if late:
        columns.append(Column(caption("overdue_count", language), Kind.INTEGER))
    heading = caption("by", language, register=register.title.to(language), label=label)
    chart = Chart(heading, tuple(range(1, len(columns)))) if len(rows) <= _MOST_BARS else None
    return Table("counts", tuple(columns), rows, heading=heading, chart=chart)
