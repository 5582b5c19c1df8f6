"""How many records stand where: counts by state, person, area and the fields a register names, each with a chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.domain.office import Office
from pipeline.domain.record_set import RecordCount
from pipeline.render.reports.field_column import in_words
from pipeline.render.reports.record_columns import name_of_area, owner_name
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Cell, Chart, Table, TableColumn
from pipeline.render.xlsx.workbook_style import CHART_COLOURS, COUNT_FORMAT, PERCENT_FORMAT
from schemas.language import Field, Kind, Language, Localized, Register
from schemas.language.work import FigureCell, FigureRows, Measure, Statistic

_MOST_BARS = 25
"""A chart with more bars cannot be read: the table has them all."""


def statistics(office: Office, registers: Iterable[Register]) -> tuple[Table, ...]:
    """Return the tables of *registers*: first what each declares, then its records by state, people and areas; none of
    which all is 0.
    """
    every = list(registers)
    declared = [table for register in every for table in _declared(office, register)]
    counts = (table for register in every if register.states for table in _of(office, register))
    return (*declared, *(table for table in counts if any(row[1] for row in table.rows)))


def _declared(office: Office, register: Register) -> Iterable[Table]:
    for statistic in register.statistics:
        rows = office.figures.get(statistic.code)
        if rows:
            yield figures_table(statistic, rows, office.language)


def figures_table(statistic: Statistic, rows: FigureRows, language: Language) -> Table:
    """Return the *rows* of *statistic* as a table, with a chart of the measures that can share an axis."""
    cells = [[_cell(value, language) for value in row] for row in rows]
    columns = (
        TableColumn(statistic.group.to(language)),
        *(
            TableColumn(each.label.to(language), each.kind, number_format=_format(each, [row[at] for row in cells]))
            for at, each in enumerate(statistic.measures, 1)
        ),
    )
    first = statistic.measures[0]
    alike = [at for at, each in enumerate(statistic.measures, 1) if each.percent == first.percent][: len(CHART_COLOURS)]
    title = statistic.title.to(language)
    chart = _chart(title, alike, cells) if statistic.chart else None
    return Table("figures", columns, cells, heading=title, chart=chart)


def _chart(title: str, values: Sequence[int], cells: Sequence[Sequence[Cell]]) -> Chart | None:
    """Return the chart of the columns *values*; None where it would have one bar, which compares nothing, or too many."""
    with_bars = sum(any(_is_drawn(row[at]) for at in values) for row in cells)
    return Chart(title, tuple(values)) if with_bars > 1 and len(cells) <= _MOST_BARS else None


def _is_drawn(cell: Cell) -> bool:
    return isinstance(cell, int | float) and cell > 0


def _format(measure: Measure, cells: Sequence[Cell]) -> str:
    """Return how a column of *cells* is shown: all with as many decimals as the longest of them needs, two at the most."""
    if measure.percent:
        return PERCENT_FORMAT
    numbers = [each for each in cells if isinstance(each, int | float)]
    decimals = next((count for count in (0, 1) if all(round(each, count) == each for each in numbers)), 2)
    return COUNT_FORMAT + (f".{'0' * decimals}" if decimals else "")


def _cell(value: FigureCell, language: Language) -> Cell:
    if isinstance(value, Localized):
        return value.to(language)
    return round(value, 4) if isinstance(value, float) else value


def _of(office: Office, register: Register) -> Iterable[Table]:
    record_set = office.entries[register.code]
    overdue, language = office.overdue_rules[register.code], office.language
    states = record_set.count("state")
    owners = record_set.count("owner", register.in_hand, overdue)
    areas = record_set.count("area", overdue=overdue) if register.lies_somewhere else {}
    yield _count(
        office, register, caption("state", language), states,
        [(state.code, state.words.to(language)) for state in register.states],
    )  # fmt: skip
    yield _count(
        office, register, caption("owner", language), owners,
        [(number, owner_name(office, number)) for number in owners],
        late=True,
    )  # fmt: skip
    if register.lies_somewhere:
        yield _count(
            office, register, caption("area", language), areas,
            [(code, name_of_area(office, code) or caption("nowhere", language)) for code in areas],
            late=True,
        )  # fmt: skip
    for code, values in record_set.count_values(register.count_by).items():
        field = register.field(code)
        yield _count(
            office, register, field.label.to(language), values,
            [*_answers(office, field, values), ("", caption("unknown", language))],
        )  # fmt: skip


def _answers(office: Office, field: Field, found: Iterable[str]) -> list[tuple[str, str]]:
    if field.options:
        return [(option.code, option.words.to(office.language)) for option in field.options]
    return [(value, in_words(field, value, office.language)) for value in found if value]


def _count(
    office: Office,
    register: Register,
    label: str,
    counts: Mapping[str, RecordCount],
    names: Sequence[tuple[str, str]],
    *,
    late: bool = False,
) -> Table:
    """Show *counts*; *names* gives the rows in order. Blank groups are left out when nothing is in them."""
    language = office.language
    none = RecordCount(0)
    rows: list[list[Cell]] = [
        [name, counts.get(code, none).records, *([counts.get(code, none).late] if late else [])]
        for code, name in names
        if code or code in counts
    ]
    counted = [caption("count", language), *([caption("overdue_count", language)] if late else [])]
    columns = (TableColumn(label), *(TableColumn(each, Kind.INTEGER, number_format=COUNT_FORMAT) for each in counted))
    heading = caption("by", language, register=register.title.to(language), label=label)
    return Table("counts", columns, rows, heading=heading, chart=_chart(heading, range(1, len(columns)), rows))
