from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cell import Raw
from pipeline.validate.dates import date_converter
from pipeline.validate.outcome import DITTO, Repaired, WrongValue

TODAY = date(2026, 11, 23)
convert = date_converter(TODAY)
begins, ends = date_converter(TODAY, 0), date_converter(TODAY, 1)

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
        ("至2029-03-04", None, "2029-03-04"),
        ("2024-03-05起", "2024-03-05", None),
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
    assert date_converter(TODAY, 1, whole=True)(raw) == WrongValue("value.date_one_end")
