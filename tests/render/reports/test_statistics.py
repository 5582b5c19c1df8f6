"""The pages of statistics as somebody opens them: no chart of one bar, no table that says nothing, figures that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.office import Office
from pipeline.render.reports.master import master
from schemas.language import Kind
from schemas.language.work import FigureCell, FigureRows, Measure, Statistic, rate
from tests.render.offices import office, shop
from tests.render.opened import opened, pages, shown
from tests.tools.shop import SHOPS, words

MONTHS = Statistic("by_month", words("按月"), words("月份"), (Measure(words("户数")),), lambda held, today: [])


def counting(statistic: Statistic, *rows: list[FigureCell]) -> Office:
    """An office without shops whose *statistic* has *rows*."""
    drawn = office(register=replace(SHOPS, statistics=(statistic,)))
    figures: dict[str, FigureRows] = {statistic.code: rows} if rows else {}
    return replace(drawn, figures=figures)


@pytest.mark.parametrize(
    ("rows", "charts"),
    [
        ([["2026-10", 3], ["2026-11", 5]], 1),
        ([["2026-11", 5]], 0),
        ([["2026-09", 0], ["2026-10", None], ["2026-11", 5]], 0),  # three rows, and one bar
    ],
)
def test_a_chart_has_bars_to_compare(rows: list[list[FigureCell]], charts: int) -> None:
    sheet = opened(master(counting(MONTHS, *rows)))["统计"]
    assert shown(sheet)[0] == "月份 | 户数"
    assert len(sheet._charts) == charts


def test_one_row_with_two_measures_has_no_chart_either() -> None:
    two = replace(MONTHS, measures=(Measure(words("户数")), Measure(words("完成"))))
    assert len(opened(master(counting(two, ["2026-11", 5, 4])))["统计"]._charts) == 0


def test_where_nothing_can_be_counted_there_is_no_page_of_counts() -> None:
    assert "统计" not in pages(opened(master(counting(MONTHS))))


def test_of_the_counts_of_a_register_those_in_which_somebody_has_something_are_shown() -> None:
    sheet = opened(master(office(shop("1", "done"), shop("2", "done"))))["统计"]
    headings = [str(row[0].value) for row in sheet.iter_rows() if row[0].value and row[0].font.size == 12]
    # nothing waits for anybody: no table of people
    assert headings == ["店铺：按当前状态", "店铺：按所在辖区"]


def test_figures_have_separators_and_no_more_decimals_than_they_need() -> None:
    money = Measure(words("金额"), Kind.NUMBER)
    hours, mean = replace(money, label=words("小时")), replace(money, label=words("平均"))
    measures = (Measure(words("户数")), money, hours, mean, rate("占比", "Share"))
    statistic = replace(MONTHS, measures=measures)
    rows: list[list[FigureCell]] = [
        ["2026-10", 12345, 1200000.0, 1.5, 1 / 3, 0.25],
        ["2026-11", 7, 15.0, 1234.0, 2.0, 0.5],
    ]
    sheet = opened(master(counting(statistic, *rows)))["统计"]
    (ref,) = (table.ref for table in sheet.tables.values())
    assert [cell.number_format for cell in sheet[ref][1]][1:] == ["#,##0", "#,##0", "#,##0.0", "#,##0.00", "0.0%"]
    widths = [sheet.column_dimensions[letter].width for letter in "BC"]
    assert widths[1] > len("1,200,000.0")  # the figure is to be seen, not ####


def test_the_bars_of_shares_are_labelled_as_shares() -> None:
    shares = replace(MONTHS, measures=(rate("占比", "Share"),))
    sheet = opened(master(counting(shares, ["2026-10", 0.25], ["2026-11", 0.5])))["统计"]
    (chart,) = sheet._charts
    assert chart.series[0].dLbls.numFmt == "0.0%;;"
