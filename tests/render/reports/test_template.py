from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.domain import embedded_metadata
from pipeline.render.reports.template import DRAWN_ROWS, PREPARED_ROWS, template
from schemas.language import Field, Form, Kind, Layout, Localized, Option
from schemas.language.catalogue import load_catalogue
from tests.render.opened import carries, cell, dropdown, message, opened, pages, shown

ToPdf = Callable[[bytes], bytes]

FORM = Form(
    "visit",
    Localized("走访表", "Visit"),
    (
        Field(
            "no",
            Localized("店号", "No"),
            Kind.CODE,
            key=True,
            required=True,
            example="007",
            help=Localized("三位", "3 digits"),
        ),
        Field(
            "mood",
            Localized("态度", "Mood"),
            Kind.CHOICE,
            options=(Option("good", Localized("好", "Good")), Option("bad", Localized("差", "Bad"))),
            example="好",
        ),
        Field("why", Localized("缘故", "Why"), required_when=(("mood", ("bad",)),)),
        Field("day", Localized("日期", "Day"), Kind.DATE, example="2026-11-02", aliases=("哪天",)),
        Field("visits", Localized("次数", "Visits"), Kind.INTEGER, example="3"),
    ),
    "",
    number="ZF-01",
)


def blank(layout: Layout = Layout.LIST, language: str = "zh") -> Worksheet:
    book = opened(template(FORM, layout, language, "某县营销部"))  # type: ignore[arg-type]
    return book[pages(book)[0]]


def test_a_list_has_title_number_labels_and_one_example_that_says_so() -> None:
    sheet = blank()
    assert sheet["A1"].value == "走访表"
    assert sheet["A2"].value == "某县营销部    表号：ZF-01"
    rows = shown(sheet)
    assert rows[:3] == ["序号 | 店号* | 态度 | 缘故 | 日期 | 次数", "示例 | 007 | 好 |  | 2026-11-02 | 3", "1"]
    assert rows[-1] == str(DRAWN_ROWS)
    assert cell(sheet, "店号*").font.italic
    assert not cell(sheet, "店号*", 2).font.italic


def test_cells_take_what_their_kind_needs_down_to_the_last_prepared_row() -> None:
    sheet = blank()
    assert cell(sheet, "店号*", DRAWN_ROWS).number_format == "@"
    assert cell(sheet, "日期", DRAWN_ROWS).number_format == "yyyy-mm-dd"
    for column, format in ((cell(sheet, "店号*"), "@"), (cell(sheet, "日期"), "yyyy-mm-dd")):  # below what is drawn
        assert sheet.column_dimensions[column.column_letter].number_format == format
    last = cell(sheet, "态度").row + PREPARED_ROWS
    assert dropdown(sheet, sheet.cell(last, cell(sheet, "态度").column)) == '"好,差"'
    assert dropdown(sheet, sheet.cell(last, cell(sheet, "缘故").column)) is None


def test_a_selected_cell_says_what_to_write() -> None:
    sheet = blank()
    assert message(sheet, cell(sheet, "店号*", 2)) == "三位\n举例: 007"
    assert message(sheet, cell(sheet, "缘故", 2)) == "文字\n态度为差时必填"
    assert message(sheet, cell(sheet, "日期", 2)).startswith("日期，如")


def test_the_page_of_explanations_has_every_field() -> None:
    book = opened(template(FORM, Layout.LIST, "zh", "某县营销部"))
    assert shown(book["填表说明"], ["栏目名", "必填", "可选内容", "举例", "也认的栏名"])[1:] == [
        "店号 | 是 |  | 007",
        "态度 | 否 | 好、差 | 好",
        "缘故 | 否",
        "日期 | 否 |  | 2026-11-02 | 哪天",
        "次数 | 否 |  | 3",
    ]


def test_a_card_has_label_and_value_cells() -> None:
    sheet = blank(Layout.CARD)
    labels = [each.value for row in sheet.iter_rows() for each in row if each.value]
    assert labels[3:] == ["店号*", "态度", "缘故", "日期", "次数"]
    assert sheet["B4"].number_format == "@"
    assert dropdown(sheet, sheet["D4"]) == '"好,差"'


def test_it_is_known_again_whatever_its_name() -> None:
    assert carries(opened(template(FORM, Layout.LIST, "zh", ""))) == {
        embedded_metadata.KIND: embedded_metadata.TEMPLATE,
        embedded_metadata.sheet_entry("走访表"): "visit",
        embedded_metadata.skip_entry("填表说明"): "",
        embedded_metadata.skip_entry("_options"): "",
    }


def test_english() -> None:
    sheet = blank(language="en")
    assert shown(sheet)[:2] == ["No | No* | Mood | Why | Day | Visits", "Example | 007 | Good |  | 2026-11-02 | 3"]
    assert dropdown(sheet, cell(sheet, "Mood", 2)) == '"Good,Bad"'


@pytest.mark.parametrize("form", load_catalogue().handed_in, ids=lambda form: form.code)
def test_every_declared_form_has_its_templates(form: Form) -> None:
    for layout in form.layouts:
        content = template(form, layout, "zh", "某县营销部")
        assert content == template(form, layout, "zh", "某县营销部")
        book = opened(content)
        values = {str(each.value) for row in book.worksheets[0].iter_rows() for each in row if each.value}
        assert {field.label.zh + ("*" if field.required else "") for field in form} <= values


@pytest.mark.parametrize("layout", [Layout.LIST, Layout.CARD])
def test_libreoffice_opens_it(layout: Layout, as_pdf: ToPdf) -> None:
    assert as_pdf(template(FORM, layout, "zh", "某县营销部")).startswith(b"%PDF")
