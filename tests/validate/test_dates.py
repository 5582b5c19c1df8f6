from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cell import Raw
from pipeline.validate.dates import Ends, date_converter
from pipeline.validate.outcome import DITTO, Repaired, WrongValue

TODAY = date(2026, 11, 23)
convert = date_converter(TODAY)
begins, ends = date_converter(TODAY, Ends(0)), date_converter(TODAY, Ends(1))

PLAIN = [
    "{y}年{m}月{d}日", "{y}年{m}月{d}号", "{y} 年 {m} 月 {d} 日", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}-{m}-{d}", "{y}{m:02}{d:02}",
    "{y}-{m:02}-{d:02}", "{y}-{m:02}-{d:02} 00:00:00", "{y}-{m:02}-{d:02}T08:30:00", "{y}/{m}/{d} 9:05", "{y}. {m}. {d}.",
    " {y}.{m:02}.{d:02}\u3000", "'{y}-{m}-{d}", "{y}年{m}月{d}日（星期一）", "{y}－{m}－{d}", "{y} {m} {d}",
]  # fmt: skip
JOINS = ["至", "到", "~", "～", "-", "–", "—", "--", " 至 ", " - "]
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
full_width = str.maketrans("0123456789/", "０１２３４５６７８９／")


@given(days, st.sampled_from(PLAIN), st.booleans())
@settings(max_examples=200)
def test_every_plain_writing_of_a_day_means_that_day_silently(day: date, pattern: str, wide: bool) -> None:
    written = pattern.format(y=day.year, m=day.month, d=day.day)

    assert convert(written.translate(full_width) if wide else written) == day.isoformat()


@given(
    st.dates(date(1957, 1, 1), date(2056, 12, 31)),
    st.sampled_from(["{y:02}-{m}-{d}", "{y:02}.{m}.{d}", "{y:02}年{m}月{d}日"]),
)
@settings(max_examples=50)
def test_a_short_year_is_the_nearest_within_thirty_years_ahead_and_is_told(day: date, pattern: str) -> None:
    outcome = convert(pattern.format(y=day.year % 100, m=day.month, d=day.day))

    assert outcome == Repaired(day.isoformat(), "repair.date", day.isoformat())


@given(days, days, st.sampled_from(PLAIN[:8]), st.sampled_from(JOINS))
@settings(max_examples=200)
def test_a_range_gives_each_field_its_end(first: date, last: date, pattern: str, join: str) -> None:
    written = join.join(pattern.format(y=day.year, m=day.month, d=day.day) for day in (first, last))

    assert (begins(written), ends(written)) == (first.isoformat(), last.isoformat())


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        (date(2025, 3, 3), "2025-03-03"),
        (datetime(2025, 3, 3, 23, 59), "2025-03-03"),
        (20250303, "2025-03-03"),
        (20250303.0, "2025-03-03"),
        ("二〇二五年三月三日", "2025-03-03"),
        ("二零二五年十二月三十一日", "2025-12-31"),
    ],
)
def test_other_plain_writings(raw: Raw, iso: str) -> None:
    assert convert(raw) == iso


@pytest.mark.parametrize(
    ("raw", "iso"), [(45719, "2025-03-03"), (45719.75, "2025-03-03"), ("45719", "2025-03-03"), ("250303", "2025-03-03")]
)
def test_a_bare_day_number_is_understood_and_told(raw: Raw, iso: str) -> None:
    assert convert(raw) == Repaired(iso, "repair.date", iso)


@pytest.mark.parametrize(
    "raw",
    ["2025-02-30", "2025-13-01", "2025年3月", "2025.3", 2025.3, 2025, "202503", "200612", "3/4/2025", "长期", "3月3日",
     "0025-03-03", "2205-03-03", 12, 99999, -45719, True, time(8, 30), "2024-03-05至2029-03-04", "2025-03-03 见备注"],
)  # fmt: skip
def test_what_is_no_complete_day_is_a_fault(raw: Raw) -> None:
    assert convert(raw) == WrongValue("value.date")


@pytest.mark.parametrize("raw", [None, "", "  ", "无", "/", "-", "——", "暂无"])
def test_nothing_is_nothing(raw: Raw) -> None:
    assert convert(raw) is None


def test_ditto() -> None:
    assert convert("同上") is DITTO


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("自2024年3月5日起至2029年3月4日止", "2024-03-05", "2029-03-04"),
        ("20240305-20290304", "2024-03-05", "2029-03-04"),
        ("至2029-03-04", WrongValue("value.date"), "2029-03-04"),  # a column of its own that speaks of the other end
        ("2024-03-05起", "2024-03-05", WrongValue("value.date")),
        ("2029-03-04", "2029-03-04", "2029-03-04"),  # in a column of its own a single date is its date
        ("2024-03-05至2029-02-30", "2024-03-05", WrongValue("value.date")),
        ("2024-03-05至长期", "2024-03-05", WrongValue("value.date")),
        ("长期", WrongValue("value.date"), WrongValue("value.date")),
    ],
)
def test_ranges_with_one_end_open_or_wrong(written: str, first: object, last: object) -> None:
    assert (begins(written), ends(written)) == (first, last)


@pytest.mark.parametrize("raw", ["2029-03-04", date(2029, 3, 4), "29-3-4", 45719])
def test_a_single_date_in_a_cell_for_both_ends_is_not_guessed(raw: Raw) -> None:
    assert date_converter(TODAY, Ends(1, whole=True))(raw) == WrongValue("value.date_one_end")


@pytest.mark.parametrize(
    "raw",
    ["2026。11。3", "2026，11，3", "2026、11、3", "2026·11·3", "26。11。3", "2026--11--03", "2026:11:03", "2026-11-03。", "2026-11-03；",
     "2026年11月3日上午", "2026年11月3日 下午3:20", "2026-11-3日九点半", "2026.11.3 14.30", "2026年11月3日14时30分", "2026-11-03 14:30（周二）",
     "2026年11月3日（二）", "2026-11-03 Tue", "3-Nov-2026", "Nov 3, 2026", "3 November 2026", "2026-Nov-3", "二〇二六年十一月3日",
     "贰零贰陆年壹拾壹月零叁日", "20261103093015", 20261103093015, "202611030930", "登记日期：2026-11-03", "公元2026年11月3日", "于2026年11月3日"],
)  # fmt: skip
def test_a_day_written_loosely_is_understood_and_told(raw: Raw) -> None:
    assert convert(raw) == Repaired("2026-11-03", "repair.date", "2026-11-03")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-02T16:00:00.000Z", "2026-11-03"),
        ("2026-11-02T16:00Z", "2026-11-03"),
        ("2026-11-02 18:30:00+02:00", "2026-11-03"),
        ("Mon, 02 Nov 2026 16:00:00 GMT", "2026-11-03"),
        ("Tue Nov 03 2026 00:00:00 GMT+0800 (中国标准时间)", "2026-11-03"),
        ("Tue Nov 03 00:00:00 CST 2026", "2026-11-03"),
    ],
)
def test_a_moment_of_another_zone_is_the_day_that_it_is_in_the_office(written: str, day: str) -> None:
    assert convert(written) == Repaired(day, "repair.date", day)


def test_the_same_day_in_both_zones_is_silent_and_an_office_elsewhere_has_its_own_clock() -> None:
    assert convert("2026-11-03T00:00:00+08:00") == "2026-11-03"
    assert convert("2026-11-02T15:59:59Z") == "2026-11-02"
    assert date_converter(TODAY, zone="UTC")("2026-11-02T16:00:00Z") == "2026-11-02"


BLANKS = [
    "    年   月   日",
    "____年__月__日",
    "20 年 月 日",
    "20__年__月__日",
    "年月日",
    "—年—月—日",
    "XXXX年XX月XX日",
    "____",
    "- -",
    "……",
]


@pytest.mark.parametrize("raw", [*BLANKS, "自    年  月  日至    年  月  日"])
def test_a_place_to_write_in_is_a_blank(raw: str) -> None:
    assert (convert(raw), begins(raw), date_converter(TODAY, Ends(1, whole=True))(raw)) == (None, None, None)


def test_a_printed_year_alone_is_a_blank_and_told() -> None:
    assert convert("2026年__月__日") == Repaired(None, "repair.blank", "")


@pytest.mark.parametrize("raw", ["至今", "在岗", "长期", "永久", "（长期有效）", "今"])
def test_an_end_that_is_open_stays_blank_and_is_told_only_where_there_may_be_none(raw: str) -> None:
    assert date_converter(TODAY, Ends(side=1, open=True))(raw) == Repaired(None, "repair.open_end", "")
    assert convert(raw) == ends(raw) == WrongValue("value.date")
    both = Ends(1, side=1, open=True)
    assert date_converter(TODAY, both)(f"2024-03-05至{raw.strip('（）')}") == Repaired(None, "repair.open_end", "")


@pytest.mark.parametrize(
    ("side", "written", "good"),
    [
        (1, "2030-03-04止", True),
        (1, "至2030年3月4日", True),
        (1, "2030年3月4日前", True),
        (1, "2030.3.4（到期）", True),
        (1, "2030年3月4日到期", True),
        (1, "截止日期：2030-03-04", True),
        (1, "2030-03-04起", False),
        (1, "自2030年3月4日", False),
        (0, "自2030年3月4日", True),
        (0, "2030年3月4日起", True),
        (0, "2030-03-04止", False),
        (0, "2030年3月4日前", False),
        (0, "自2030-03-04止", False),
    ],
)
def test_words_around_a_day_agree_with_its_column(side: Literal[0, 1], written: str, good: bool) -> None:
    outcome = date_converter(TODAY, Ends(side, side=side))(written)
    value = outcome.value if isinstance(outcome, Repaired) else outcome

    assert value == ("2030-03-04" if good else WrongValue("value.date"))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2030-03-04止", None, "2030-03-04"),
        ("自2025年3月5日", "2025-03-05", None),
        ("2030年3月4日到期", None, "2030-03-04"),
        ("2025。3。5至2030。3。4", "2025-03-05", "2030-03-04"),
        ("2025-03-05 2030-03-04", "2025-03-05", "2030-03-04"),
        ("2025年3月5日起，至2030年3月4日止", "2025-03-05", "2030-03-04"),
    ],
)
def test_a_cell_for_both_ends_says_which_end_it_gives(written: str, first: object, last: object) -> None:
    outcomes = [date_converter(TODAY, Ends(end, whole=True, side=end))(written) for end in (0, 1)]

    assert [each.value if isinstance(each, Repaired) else each for each in outcomes] == [first, last]


@pytest.mark.parametrize(
    "raw", ["12:10:11", "2026-11-03左右", "2026年11月31日", "2026-11-03/2026-11-05", "12,11,3", "九点半"]
)
def test_what_may_be_another_day_is_a_fault(raw: str) -> None:
    assert convert(raw) == WrongValue("value.date")


MONTHS = ["2020年1月", "2020 年 1 月份", "2020-01", "2020/1", "2020.01", "2020.1", "202001", 202001, 2020.01, "二〇二〇年一月", "Jan 2020", "January, 2020",
          "2020年01月起", "20年1月"]  # fmt: skip


@pytest.mark.parametrize("raw", MONTHS)
def test_a_month_is_its_first_day_where_something_begins(raw: Raw) -> None:
    begins = date_converter(TODAY, Ends(side=0, month=True))
    assert begins(raw) == Repaired("2020-01-01", "repair.date", "2020-01-01")


@pytest.mark.parametrize(
    ("raw", "day"),
    [("2024年2月", "2024-02-29"), ("2026.12", "2026-12-31"), ("2026年6月止", "2026-06-30"), (2026.2, "2026-02-28")],
)
def test_a_month_is_its_last_day_where_something_ends(raw: Raw, day: str) -> None:
    ends = date_converter(TODAY, Ends(side=1, open=True, month=True))
    assert ends(raw) == Repaired(day, "repair.date", day)


@pytest.mark.parametrize("raw", [*MONTHS, "2025年3月"])
def test_a_month_is_no_day_on_which_something_happened(raw: Raw) -> None:
    assert date_converter(TODAY)(raw) == WrongValue("value.date")
    assert date_converter(TODAY, Ends(side=0))(raw) == WrongValue("value.date")


@pytest.mark.parametrize(
    "raw",
    [
        2020.1,  # a workbook drops the 0 of 2020.10
        "200612",  # the 12th of June 2020, or December 2006
        *(
            "2020.13",
            "2020.0",
            "2020年13月",
            "2020",
            2020,
            "1月",
            "20.1",
            "2020年1月止",
            "2020.100",
            "1899.1",
            2020.123,
        ),
    ],
)
def test_what_may_be_another_month_or_none_is_asked(raw: Raw) -> None:
    assert date_converter(TODAY, Ends(side=0, month=True))(raw) == WrongValue("value.date")
