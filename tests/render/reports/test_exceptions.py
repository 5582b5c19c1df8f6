from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from pipeline.domain import embedded_metadata
from pipeline.domain.answer import token_of
from pipeline.domain.finding import Finding, OpenFinding
from pipeline.render.reports.exceptions import exceptions
from schemas.language import Field, Localized, Rule, Severity
from tests.render.offices import office, with_fields
from tests.render.opened import carries, cell, opened, pages, shown
from tests.tools.paper import Printed

ToPdf = Callable[[bytes], bytes]

SHORT = Rule(
    "tel.short", Severity.ERROR, Localized("{label}“{value}”太短", "{label} too short"), Localized("重填", "Again")
)
ODD = Rule("tel.odd", Severity.WARNING, Localized("{label}“{value}”少见", "{label} is odd"), Localized("核对", "Check"))
TIDY = Rule("tel.tidy", Severity.REPAIR, Localized("已改为{after}", "Now {after}"), Localized("核对", "Check"))
REGISTER = with_fields(Field("second_tel", Localized("备用电话", "Second phone"), rules=(SHORT, ODD, TIDY)))


def found(number: int, rule: Rule, value: str, cell_name: str, owner: str = "K1", **details: str) -> OpenFinding:
    finding = Finding(
        rule.code,
        rule.severity,
        "h",
        "来件.xlsx",
        "表1",
        cell_name,
        "opening",
        "second_tel",
        value,
        "001",
        tuple(details.items()),
    )
    return OpenFinding(number, finding, owner, date(2026, 11, 20))


OFFICE = office(
    findings=[
        found(1, ODD, "999", "E4"),
        found(2, SHORT, "=1", "E5", owner="K2"),
        found(3, SHORT, "12", "E6"),
        found(4, TIDY, "1 2 3", "E7", after="123"),
    ],
    register=REGISTER,
)
COLUMNS = ["程度", "问题", "怎样改", "单元格", "栏目", "表中写法", "由谁处理", "发现日", "已过天数"]


def test_each_finding_is_a_row_errors_first() -> None:
    sheet = opened(exceptions(OFFICE, None))["异常表"]
    assert shown(sheet, COLUMNS)[1:] == [
        "错误 | 备用电话“=1”太短 | 重填 | E5 | 备用电话 | =1 | 李二 | 2026-11-20 | 3",
        "错误 | 备用电话“12”太短 | 重填 | E6 | 备用电话 | 12 | 王一 | 2026-11-20 | 3",
        "提醒 | 备用电话“999”少见 | 核对 | E4 | 备用电话 | 999 | 王一 | 2026-11-20 | 3",
    ]
    assert cell(sheet, "表中写法").data_type == "s"
    assert cell(sheet, "程度", 1).fill.fgColor.rgb != cell(sheet, "程度", 3).fill.fgColor.rgb


def test_a_person_gets_his_own() -> None:
    sheet = opened(exceptions(OFFICE, "K2"))["异常表"]
    assert shown(sheet, ["文件", "工作表", "单元格"])[1:] == ["来件.xlsx | 表1 | E5"]
    assert sheet["A1"].value == "异常表：李二"


def test_repairs_are_told_with_before_and_after() -> None:
    book = opened(exceptions(OFFICE, "K1"))
    assert pages(book) == ["异常表", "已代为修正"]
    assert shown(book["已代为修正"], ["单元格", "表中写法", "新值"])[1:] == ["E7 | 1 2 3 | 123"]


def test_a_repair_into_an_option_is_told_in_the_readers_language() -> None:
    repaired = found(1, TIDY, "农村", "E7", **{"after@zh": "乡村", "after@en": "Rural"})
    for language, page, label, after in (("zh", "已代为修正", "新值", "乡村"), ("en", "Repairs", "After", "Rural")):
        here = office(findings=[repaired], register=REGISTER, language=language)  # type: ignore[arg-type]
        assert shown(opened(exceptions(here, None))[page], [label])[1:] == [after]


def test_the_cell_leads_to_the_original_in_the_archive() -> None:
    here = replace(OFFICE, archived={"h": "archive/2026-11/a#1 100%41.xlsx"})
    book = opened(exceptions(here, None))
    for page in ("异常表", "已代为修正"):
        linked = cell(book[page], "单元格")
        assert linked.hyperlink
        assert linked.hyperlink.target.replace("\\", "/") == "../archive/2026-11/a%231%20100%2541.xlsx"
        assert linked.hyperlink.location == f"'表1'!{linked.value}"
    assert cell(opened(exceptions(OFFICE, None))["异常表"], "单元格").hyperlink is None


def test_nobody_gets_an_empty_list() -> None:
    assert exceptions(OFFICE, "B1") is None
    assert exceptions(office(), None) is None


def test_the_clerks_are_those_of_nobody() -> None:
    loose = office(findings=[found(1, SHORT, "1", "E5", owner="")], register=REGISTER)
    assert shown(opened(exceptions(loose, ""))["异常表"], ["由谁处理"])[1:] == ["办公室"]


def test_in_english_and_known_when_it_is_dropped_back() -> None:
    book = opened(exceptions(office(findings=OFFICE.findings, register=REGISTER, language="en"), "K2"))
    assert shown(book["Exceptions"], ["Severity", "What is wrong", "How to mend"])[1:] == [
        "Error | Second phone too short | Again"
    ]
    assert carries(book) == {embedded_metadata.KIND: embedded_metadata.EXCEPTIONS, embedded_metadata.PERSON: "K2"}


def test_libreoffice_opens_it(as_pdf: ToPdf) -> None:
    content = exceptions(OFFICE, None)
    assert content == exceptions(OFFICE, None)
    assert content
    assert as_pdf(content).startswith(b"%PDF")


def test_what_says_the_same_of_one_column_is_one_line_with_its_cells_and_records() -> None:
    def of(number: int, rule: Rule, cell_name: str, key: str, **other: str) -> OpenFinding:
        each = found(number, rule, "", cell_name)
        return replace(each, finding=replace(each.finding, key=key, **other))

    findings = [
        *(of(row, SHORT, f"AI{row}", f"00{row}") for row in (5, 6, 7, 8, 12)),
        of(13, SHORT, "AJ5", "005"),  # another column
        of(14, SHORT, "AI9", "009", sheet="表2"),
        of(15, ODD, "AI6", "006"),
    ]
    sheet = opened(exceptions(office(findings=findings, register=REGISTER), None))["异常表"]
    assert shown(sheet, ["程度", "工作表", "单元格", "编号"])[1:] == [
        "错误 | 表1 | AI5–AI8、AI12 | 005、006、007、008、0012",
        "错误 | 表1 | AJ5 | 005",
        "错误 | 表2 | AI9 | 009",
        "提醒 | 表1 | AI6 | 006",
    ]


def test_what_is_wrong_how_to_mend_it_and_where_are_printed_beside_each_other(
    print_all: Callable[[Mapping[str, bytes]], dict[str, Printed]],
) -> None:
    long = found(1, SHORT, "号" * 60, "AI5")
    named = replace(
        long, finding=replace(long.finding, file="武强镇新入网客户登记表-十一月.xlsx", sheet="新入网户登记表")
    )
    content = exceptions(office(findings=[named], register=REGISTER), None)
    assert content
    paper = print_all({"exceptions": content})["exceptions"]
    (text,) = (text.replace(" ", "") for text in paper.texts())
    assert all(label in text for label in ("程度", "问题", "怎样改", "处理", "文件", "工作表", "单元格"))
    assert paper.least_letters() >= 7

    sheet = opened(content)["异常表"]
    out_of_sight = {
        found_at.value
        for found_at in next(row for row in sheet.iter_rows() if row[0].value == "程度")
        if sheet.column_dimensions[found_at.column_letter].hidden
    }
    assert "发现日" in out_of_sight
    assert not {"问题", "怎样改", "处理", "文件", "单元格"} & out_of_sight


def test_a_long_column_left_blank_is_several_lines_of_which_each_names_all_that_it_answers() -> None:
    several = [found(row, SHORT, "", f"AI{row}") for row in range(5, 2005)]
    findings = [replace(each, finding=replace(each.finding, key=f"{each.number:012}")) for each in several]
    sheet = opened(exceptions(office(findings=findings, register=REGISTER), None))["异常表"]
    (head,) = (one for row in sheet.iter_rows() for one in row if one.value == embedded_metadata.TOKEN_LABEL)
    held = [str(sheet.cell(row, head.column).value) for row in range(head.row + 1, sheet.max_row + 1)]
    tokens = [token for line in held for token in line.split()]
    assert sorted(tokens) == sorted(token_of(each.finding) for each in findings)
    assert 1 < len(held) < 50
