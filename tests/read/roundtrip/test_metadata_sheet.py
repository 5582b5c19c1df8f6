from openpyxl import Workbook

from pipeline.domain import embedded_metadata
from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.sheets import KNOWN, as_bytes, ignored, records, rules, workbook

WORKLIST = """
走访任务 | | | | | | | |
到期日 | 店铺编码 | 店铺名称 | 掌柜 | 镇街 | 走访结论 | 走访日期 | 走访者 | #ruwang
2025-03-07 | 900002 | 甲 | 张三 | 东镇 | 正常 | @2025-03-05 | 丙 | 900002@7
2025-03-08 | 900003 | 乙 | 王 | 西镇 | | | | 900003@4
 | | | | | | | | 900004@5
"""


def carrying(book: Workbook, **pairs: str) -> bytes:
    sheet = book.create_sheet(embedded_metadata.SHEET)
    sheet.sheet_state = "veryHidden"
    for key, value in pairs.items():
        sheet.append([key.replace("__", ":"), value])
    return as_bytes(book)


def read_carrying(sheets: dict[str, str], **pairs: str) -> Reading:
    return read_file("改了名.xlsx", carrying(workbook(sheets), **pairs), "hash", KNOWN)


def test_a_worklist_gives_the_stage_and_corrections_of_what_was_known() -> None:
    reading = read_carrying(
        {"概况": "店铺编码 | 店铺名称 | 掌柜\n1 | 2 | 3", "走访": WORKLIST},
        kind=embedded_metadata.WORKLIST,
        sheet__走访="visit",
    )
    stage, base = reading.extracts
    assert (stage.form, stage.prefilled, stage.partial) == ("visit", True, False)
    assert (base.form, base.prefilled, base.partial) == ("shop", True, True)
    assert stage.rows == base.rows
    assert stage.tokens == base.tokens == ["900002@7", "900003@4"]
    assert records(stage)[1] == {"no": "900003", "town": "西镇"}
    assert records(base)[0] == {"no": "900002", "name": "甲", "keeper": "张三"}
    assert reading.metadata[embedded_metadata.KIND] == embedded_metadata.WORKLIST
    assert rules(reading) == []


def test_a_worklist_that_shows_the_examples_is_still_read() -> None:
    text = WORKLIST.replace("900002 | 甲 | 张三 | 东镇 | 正常", "900001 | 样板店 | 甲乙 | 东镇 | 正常")
    reading = read_carrying({"走访": text}, kind=embedded_metadata.WORKLIST, sheet__走访="visit")
    assert len(reading.extracts[0]) == 2
    assert not ignored(reading)


def test_a_worklist_without_its_hidden_column_is_a_finding() -> None:
    reading = read_carrying(
        {"走访": WORKLIST.replace("#ruwang", "")}, kind=embedded_metadata.WORKLIST, sheet__走访="visit"
    )
    assert [found for found, _ in rules(reading)] == ["worklist.damaged"]
    assert reading.refused


def test_a_report_is_not_read() -> None:
    reading = read_carrying({"店铺": "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张"}, kind=embedded_metadata.REPORT)
    assert [found for found, _ in rules(reading)] == ["file.own_report"]
    assert not reading.extracts and not reading.refused


def test_a_returned_sheet_is_read_without_its_explanation() -> None:
    sheets = {
        "退回说明": "店铺编码 | 店铺名称 | 掌柜\n900002 | 错 | 错",
        "表": "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张",
    }
    reading = read_carrying(sheets, kind=embedded_metadata.RETURN, submission="earlier", skip__退回说明="")
    assert [extract.sheet for extract in reading.extracts] == ["表"]
    assert reading.metadata[embedded_metadata.SUBMISSION] == "earlier"


def test_a_filled_template_is_read_like_any_sheet() -> None:
    sheets = {"表": "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张", "图例": "黄色 | 要填"}
    reading = read_carrying(sheets, kind=embedded_metadata.TEMPLATE)
    assert [(extract.form, len(extract), extract.prefilled) for extract in reading.extracts] == [("shop", 1, False)]
    assert rules(reading) == []
