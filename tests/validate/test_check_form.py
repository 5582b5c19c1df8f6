from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from time import process_time

import pytest
from pandera.errors import SchemaErrors

from pipeline.domain.cell import Broken
from pipeline.domain.place import pack
from pipeline.validate import check_form
from schemas.language import Layout, Severity
from schemas.language.context import Context
from tests.validate.visits import FORM, FULL, TODAY, Breaking, columns, filled, judge, only, sheet, told


def test_a_row_as_a_clerk_writes_it_enters_without_a_word() -> None:
    checked = judge(
        columns(
            {
                "编号": [" a１2 "],
                "态度": ["满意"],
                "电话": ["139 3281 0018"],
                "起止": ["2024年3月5日至2029.3.4"],
                "人数": [12.0],
                "花费": ["1,200.50元"],
                "地点": ["东村，西村 东村"],
                "日期": [datetime(2026, 11, 2, 9, 30)],
                "走访人": ["王\u3000一\xa0"],
                "理由": ["/"],
            }
        )
    )

    (record,) = checked.records
    assert record.key == "A12"
    assert record.values == {
        "number": "A12",
        "mood": "good",
        "tel": "13932810018",
        "begins": "2024-03-05",
        "ends": "2029-03-04",
        "guests": 12,
        "spent": 1200.5,
        "places": "东村、西村",
        "done": "2026-11-02",
        "who": "王一",
    }
    assert record.cells["begins"] == record.cells["ends"] == pack(1, 3)
    assert (checked.findings, checked.rejected, record.repaired) == ([], set(), False)


def test_good_rows_enter_and_bad_ones_say_where_they_fail() -> None:
    checked = judge(
        sheet(
            """
            | 编号 | 态度 | 人数 | 日期       | 走访人 |
            | 1    | 满意 | 3    | 2026-11-02 | 王一   |
            | 2    | 满意 | 十几 | 2026-11-02 | 王一   |
            | 3    | 凑合 | 31   | 2026-13-02 |        |
            | 4    | 满意 | 30   | 2026-11-23 | 王一   |
            """,
            file="镇.xlsx",
            sheet="一月",
        )
    )

    assert [record.key for record in checked.records] == ["1", "4"]
    assert told(checked) == [
        ("C3", "guests", "value.number"),
        ("B4", "mood", "value.choice"),
        ("C4", "guests", "value.range"),
        ("D4", "done", "value.date"),
        ("E4", "who", "value.missing"),
    ]
    assert {(found.file, found.sheet, found.submission) for found in checked.findings} == {("镇.xlsx", "一月", "sha")}
    assert [(found.key, found.value) for found in checked.findings[:2]] == [("2", "十几"), ("3", "凑合")]
    assert checked.rejected == {("sha", "一月", pack(2, 0)), ("sha", "一月", pack(3, 0))}


def test_a_warning_is_told_and_its_row_enters() -> None:
    checked = judge(filled(颜色="怪色"))

    assert (only(checked).rule, only(checked).severity) == ("visit.odd", Severity.WARNING)
    assert checked.records[0].values["colour"] == "怪色"


def test_what_was_interpreted_is_told_with_before_and_after() -> None:
    checked = judge(filled(编号=131123100018.0, 态度="好", 日期="26-11-2"))

    assert [(found.rule, found.value, dict(found.details)) for found in checked.findings] == [
        ("repair.code", "131123100018", {"after": "131123100018"}),
        ("repair.choice", "好", {"after@zh": "满意", "after@en": "Content"}),
        ("repair.date", "26-11-2", {"after": "2026-11-02"}),
    ]
    assert checked.records[0].repaired
    assert checked.records[0].key == "131123100018"


@pytest.mark.parametrize(
    ("cells", "place", "rule"),
    [
        ({"起": "2026-12-01", "止": "2020-01-01"}, "F2", "date.expired"),  # nor is its order told
        ({"起": "2026-12-01", "止": "明年"}, "F2", "value.date"),
        ({"日期": "27-1-1"}, "C2", "date.future"),  # nor that the year was guessed
        ({"日期": Broken("#N/A")}, "C2", "value.error_cell"),  # nor that it is missing
        ({"日期": Broken("=A1+1")}, "C2", "value.uncalculated"),
        ({"日期": "无"}, "C2", "value.missing"),
        ({"颜色": "怪得说不出的颜色"}, "E2", "value.length"),
        ({"花费": 100000}, "E2", "value.range"),
        ({"电话": "1393281001"}, "E2", "phone.format"),
        ({"起": "2026-12-02", "止": "2026-12-01"}, "F2", "date.order"),
        ({"编号": 131123198001010013}, "A2", "value.digits_lost"),
        ({"编号": None}, "A2", "value.missing"),
    ],
)
def test_one_cause_is_one_finding(cells: dict[str, object], place: str, rule: str) -> None:
    checked = judge(filled(**cells))

    assert (only(checked).cell, only(checked).rule) == (place, rule)
    assert checked.records == []


def test_a_range_with_one_date_in_a_cell_for_both_is_asked_about_once() -> None:
    found = only(judge(filled(起止="2029-03-04")))

    assert (found.cell, found.rule, found.value) == ("E2", "value.date_one_end", "2029-03-04")


def test_a_range_with_a_short_year_is_one_repair() -> None:
    checked = judge(filled(起止="24.3.5-29.3.4"))

    assert dict(only(checked).details) == {"after": "2024-03-05至2029-03-04"}
    assert checked.records[0].values["ends"] == "2029-03-04"


def test_an_answer_that_asks_for_a_reason_must_have_one() -> None:
    checked = judge(filled(态度="不满意", 理由="-"))

    assert (only(checked).cell, only(checked).rule) == ("E2", "value.missing_when")
    assert dict(only(checked).details)["because@zh"] == "态度为“不满意”"
    assert judge(filled(态度="不满意", 理由="等太久")).findings == []
    assert judge(filled(态度="满意", 理由=None)).findings == []


def test_a_required_column_that_the_sheet_lacks_keeps_its_rows_out_and_is_not_told_again() -> None:
    checked = judge(sheet("| 编号 | 态度 | 日期 |\n| 1 | 满意 | 2026-11-02 |"))

    assert (checked.records, checked.findings) == ([], [])
    assert len(checked.rejected) == 1


def test_ditto_repeats_the_cell_above_within_one_list() -> None:
    table = """
        | 编号 | 态度 | 日期       | 走访人 |
        | 1    | 差   | 2026-11-02 | 王一   |
        | 2    | 同上 | 〃         | "      |
        | 3    | 满意 | 同上       | 同上   |
        """
    first = judge(
        columns({"编号": ["0"], "理由": ["慢"], **{label: [text] for label, text in FULL.items()}}), sheet(table)
    )
    rows = {record.key: record.values for record in first.records}

    assert rows["3"]["done"] == "2026-11-02"
    assert rows["3"]["who"] == "王一"
    assert ("B3", "mood", "repair.ditto") in told(first)
    assert ("B3", "reason", "value.missing_when") not in told(first)
    assert {(found.key, found.rule) for found in first.findings if found.severity is Severity.ERROR} == {
        ("1", "value.missing_when"),
        ("2", "value.missing_when"),
    }


@pytest.mark.parametrize(
    ("extract", "cell"),
    [
        (filled(走访人="同上"), "D2"),  # nothing stands above on this sheet
        (columns({"编号": ["1", "同上"], **{label: [text] * 2 for label, text in FULL.items()}}), "A3"),
        (
            columns(
                {"编号": ["1", "2"], **{k: [v, v] for k, v in FULL.items()}, "走访人": ["王一", "同上"]},
                layout=Layout.CARD,
            ),
            "D3",
        ),
    ],
)
def test_ditto_without_a_cell_to_repeat_is_a_fault(extract: object, cell: str) -> None:
    checked = judge(filled(), extract)  # type: ignore[arg-type]

    assert (only(checked).cell, only(checked).rule) == (cell, "value.ditto")


def test_a_correction_needs_its_key_alone_and_holds_only_what_is_written() -> None:
    checked = judge(sheet("| 编号 | 走访人 |\n| 1 |  |\n|  | 王一 |", partial=True))

    (record,) = checked.records
    assert (record.values, record.partial) == ({"number": "1"}, True)
    assert told(checked) == [("A3", "number", "value.missing")]


def test_rows_of_a_worklist_that_nobody_filled_wait_and_half_filled_ones_say_what_lacks() -> None:
    checked = judge(
        sheet(
            """
            | 编号 | 态度 | 理由 | 日期       | 走访人 |
            | 1    |      |      | 2026-11-23 | 王一   |
            | 2    | 差   |      | 2026-11-23 |        |
            | 3    | 满意 |      | 2026-11-23 | 王一   |
            | 4    | 凑合 |      | 2026-11-23 | 王一   |
            | 5    |      |      |            |        |
            """,
            prefilled=True,
            tokens=["1@5", "2@6", "3@7", "4@8", "5@9"],
        )
    )

    assert checked.waiting == {("sha", "表1", pack(1, 0)), ("sha", "表1", pack(5, 0))}
    assert [(record.key, record.token) for record in checked.records] == [("3", "3@7")]
    assert told(checked) == [
        ("B2", "mood", "worklist.row_unfinished"),
        ("B3", "mood", "repair.choice"),
        ("C3", "reason", "worklist.row_half_filled"),
        ("B5", "mood", "value.choice"),
    ]


def test_corrections_on_a_worklist_wait_while_all_is_blank_beside_the_key() -> None:
    table = "| 编号 | 颜色 |\n| 1 |  |\n| 2 | 红 |"
    checked = judge(sheet(table, partial=True, prefilled=True))

    assert checked.waiting == {("sha", "表1", pack(1, 0))}
    assert [record.values for record in checked.records] == [{"number": "2", "colour": "红"}]


def test_unknown_columns_go_with_the_record_as_written() -> None:
    (record,) = judge(filled(门牌=12.0, 装修=" 新 ", 电梯=None, 建成=date(2020, 5, 1))).records

    assert record.notes == {"门牌": "12", "装修": "新", "建成": "2020-05-01"}


def test_records_keep_the_order_of_sheets_and_rows() -> None:
    full = {label: [text] * 2 for label, text in FULL.items()}
    checked = judge(columns({"编号": ["9", "3"], **full}), columns({"编号": ["5", "1"], **full}, sheet="表2"))

    assert [(record.key, record.sheet) for record in checked.records] == [
        ("9", "表1"),
        ("3", "表1"),
        ("5", "表2"),
        ("1", "表2"),
    ]


def test_a_ticked_box_is_not_the_number_one() -> None:
    checked = judge(columns({"编号": ["1", "2"], **{k: [v] * 2 for k, v in FULL.items()}, "人数": [1, True]}))

    assert [record.values["guests"] for record in checked.records] == [1]
    assert (only(checked).cell, only(checked).value) == ("E3", "TRUE")


def test_nothing_to_judge_is_no_error() -> None:
    assert judge().records == []
    assert judge(sheet("| 编号 |")).findings == []


def test_a_cell_that_serves_many_rows_is_spoken_of_once_and_keeps_them_all_out() -> None:
    extract = columns({"编号": ["1", "2", "3"], **{k: [v] * 3 for k, v in FULL.items()}, "日期": ["明天"] * 3})
    extract.cells["done"] = [pack(9, 1)] * 3
    checked = judge(extract)

    assert told(checked) == [("B10", "done", "value.date")]
    assert (len(checked.rejected), checked.records) == (3, [])


def test_two_sheets_with_the_same_fault_at_the_same_cell_are_both_told() -> None:
    full = {label: [text] for label, text in FULL.items()}
    checked = judge(*(columns({"编号": ["7"], **full, "人数": [31]}, sheet=name) for name in "甲乙"))

    assert [(found.sheet, found.cell) for found in checked.findings] == [("甲", "E2"), ("乙", "E2")]


def test_a_check_that_breaks_is_the_declarations_fault_and_no_cells() -> None:
    form = replace(FORM, model=f"{Breaking.__module__}:{Breaking.__qualname__}")

    with pytest.raises(SchemaErrors):
        check_form(form, [filled()], Context(TODAY))


@pytest.mark.parametrize(
    "text",
    ["-" * 30_000 + "1x", "1" * 30_000, "( " * 15_000, "a" + "\n " * 15_000 + "b", "☑" * 30_000, " , " * 9_999 + "."],
)
def test_a_cell_as_long_as_excel_allows_is_judged_at_once(text: str) -> None:
    started = process_time()
    judge(filled(**{field.label.zh: text for field in FORM}))

    assert process_time() - started < 2
