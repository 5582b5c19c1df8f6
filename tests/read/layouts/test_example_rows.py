import io

import openpyxl
import pytest

from pipeline.domain.extract import Reading
from pipeline.domain.rulebook import Rulebook
from pipeline.read.read_file import read_file
from pipeline.render.reports.template import template
from pipeline.settings.known_forms import known_forms
from schemas.language import Form, Layout
from schemas.language.catalogue import load_catalogue
from tests.read.sheets import KNOWN, SHOP, as_bytes, read, records, rules

LABELS = "序号 | 店铺编码 | 店铺名称 | 掌柜 | 镇街"


def shops(reading: Reading) -> list[object]:
    return [shop.get("no") for extract in reading.extracts for shop in records(extract)]


def printed(typed: dict[str, str], *, copied: bool = False) -> Reading:
    """Return what comes of our template with *typed* over its example, as a copy without our metadata if *copied*."""
    book = openpyxl.load_workbook(io.BytesIO(template(SHOP, Layout.LIST, "zh", "营销部")))
    page = book.worksheets[0]
    header = next(row for row in page.iter_rows() if row[1].value == "店铺编码*")
    for cell in header:
        label = str(cell.value).rstrip("*")
        if label in typed:
            page.cell(header[0].row + 1, cell.column).value = typed[label]
    assert page.cell(header[0].row + 1, 1).value == "示例"
    if copied:
        for other in book.worksheets[1:]:
            book.remove(other)
    return read_file("登记.xlsx", as_bytes(book), "hash", KNOWN)


@pytest.mark.parametrize("copied", [False, True])
def test_a_customer_typed_over_the_printed_example_is_data(copied: bool) -> None:
    typed = {"店铺编码": "900777", "店铺名称": "新店", "掌柜": "张三"}
    assert shops(printed(typed, copied=copied)) == ["900777"]


@pytest.mark.parametrize("copied", [False, True])
def test_the_printed_example_itself_is_none(copied: bool) -> None:
    reading = printed({}, copied=copied)
    assert shops(reading) == []
    assert "row.example" not in dict(rules(reading))


EVERY = load_catalogue()
LISTED = [each for each in EVERY.forms if Layout.LIST in each.layouts]


@pytest.mark.parametrize("form", LISTED, ids=lambda form: form.code)
def test_the_example_of_each_form_is_known_again(form: Form) -> None:
    """Months, days, moments and numbers stand in its cells as such, not as the declaration writes them."""
    book = template(form, Layout.LIST, "zh", "营销部")
    reading = read_file("登记.xlsx", book, "hash", known_forms(EVERY))
    assert not [each for each in reading.findings if each.rule == "row.example"]
    assert not any(len(extract) for extract in reading.extracts)


def test_the_printed_example_half_typed_over_is_told() -> None:
    assert ("row.example", "B5") in [
        (rule, cell) for rule, cell in rules(printed({"店铺名称": "新店"})) if rule == "row.example"
    ]


def test_somebody_elses_example_is_left_out_and_told() -> None:
    reading = read(f"{LABELS}\n示例 | 900555 | 某店 | 某人 | 东镇\n1 | 900002 | 乙店 | 李 | 东镇")
    assert shops(reading) == ["900002"]
    assert rules(reading) == [("row.example", "B2")]
    assert [(each.row, each.reason) for each in reading.ignored] == [(2, "example")]


def test_what_is_said_of_an_example_names_what_made_it_one_and_what_stands_in_it() -> None:
    """The advice speaks of words that stand in the row; without a number the row is known by what else it says."""
    reading = read(
        "序号 | 店铺编码 | 店铺名称 | 掌柜 | 镇街\n样例1 | | 某店 | 张 | 东镇\n1 | 900002 | 乙店 | 李 | 东镇"
    )
    (finding,) = reading.findings
    worded = Rulebook(EVERY).word(finding, "zh")
    assert "“样例1”" in worded.sentence and "“样例1”" in worded.fix
    assert "（）" not in worded.sentence


@pytest.mark.parametrize(
    "title", ["样表", "示例", "样例1", "登记表（样表）", "登记表示例", "填写范例", "模板示例", "Example", "样表-登记"]
)
def test_a_sheet_that_only_shows_how_is_left_out_listed_and_told(title: str) -> None:
    text = f"{LABELS}\n1 | {{}} | 甲店 | 张 | 东镇"
    reading = read({"登记": text.format("900001"), title: text.format("900999")})
    assert shops(reading) == ["900001"]
    assert rules(reading) == [("sheet.sample", "")]
    assert reading.findings[0].sheet == title
    assert [(each.sheet, each.row, each.reason) for each in reading.ignored] == [(title, 2, "example")]
    assert not reading.refused


@pytest.mark.parametrize("title", ["样板店", "样品登记", "示例街道"])
def test_other_names_are_no_example(title: str) -> None:
    assert shops(read({title: f"{LABELS}\n1 | 900001 | 甲店 | 张 | 东镇"})) == ["900001"]


def test_a_full_sheet_under_the_name_of_an_example_is_data() -> None:
    rows = "\n".join(f"{at} | 90000{at} | 甲店 | 张 | 东镇" for at in range(1, 8))
    assert len(shops(read({"样表": f"{LABELS}\n{rows}"}))) == 7
