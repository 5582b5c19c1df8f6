"""Statistics that are the same in every office: how many records by month, with columns that have names, or months as columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.language.field import Kind, Option
from schemas.language.words import Localized
from schemas.language.work import (
    FigureCell,
    FigureRows,
    Measure,
    RecordView,
    RegisterView,
    Statistic,
    by_month,
    month_of,
)

MONTH = Localized("月份", "Month")
TOTAL = Localized("合计", "Total")
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class CountedColumn:
    """A column with a name: the sum of what ``of`` says of each record; True counts one."""

    label: Localized
    of: Callable[[RecordView], float]
    kind: Kind = Kind.INTEGER


def each_answer(field: str, *options: Option) -> tuple[CountedColumn, ...]:
    """Return a column for each of *options*, called as it is worded: how many records hold it in *field*."""

    def holding(code: str) -> Callable[[RecordView], float]:
        return lambda record: record.get(field) == code

    return tuple(CountedColumn(each.words, holding(each.code)) for each in options)


def sum_of(field: str, label: Localized) -> CountedColumn:
    """Return the column of the sum of the numbers in *field*."""
    return CountedColumn(label, lambda record: float(record.get(field) or 0), Kind.NUMBER)


def counted_by_month(
    code: str, title: Localized, register: str, day: str, *columns: CountedColumn, months: int = 12
) -> Statistic:
    """Return the statistic of *register* with a row a month, the last *months* of those in which field *day* of a record lies:
    how many there are in all, then the named *columns*.
    """

    def rows(held: RegisterView, today: date) -> FigureRows:
        found = by_month(held[register].values(), day, today, months)
        return [[month, len(those), *(_sum(column, those) for column in columns)] for month, those in found.items()]

    return Statistic(code, title, MONTH, (Measure(TOTAL), *(Measure(each.label, each.kind) for each in columns)), rows)


def across_months(
    code: str, title: Localized, register: str, day: str, by: str, group: Localized, options: Sequence[Option] = ()
) -> Statistic:
    """Return the statistic of *register* with the twelve months of this year as columns, by the month of field *day*, and a row
    for each value of field *by* (*group*), worded as its *options* are.
    """
    words = {each.code: each.words for each in options}
    measures = (*(Measure(Localized(f"{at} 月", name)) for at, name in enumerate(_ENGLISH, 1)), Measure(TOTAL))

    def rows(held: RegisterView, today: date) -> FigureRows:
        counts: dict[str, list[int]] = defaultdict(lambda: [0] * 12)
        for each in held[register].values():
            month = month_of(each.get(day))
            if each.get(by) and month[:4] == f"{today.year:04d}":
                counts[str(each.get(by))][int(month[5:]) - 1] += 1
        found: list[list[FigureCell]] = []
        for name, those in sorted(counts.items()):
            found.append([words.get(name, name), *those, sum(those)])
        return found

    return Statistic(code, title, group, measures, rows, chart=False)


def _sum(column: CountedColumn, records: Sequence[RecordView]) -> int | float:
    whole = sum(column.of(each) for each in records)
    return int(whole) if column.kind is Kind.INTEGER else round(whole, 6)
