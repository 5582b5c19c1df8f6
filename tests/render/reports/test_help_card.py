"""The help cards: a page of A4 for each kind of reader, as it is printed, and no data when it comes back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import openpyxl
import pytest

from pipeline.render.reports.help_card import help_card
from pipeline.render.reports.help_words import HELP_CARDS, HelpCard
from pipeline.render.xlsx.workbook_style import FONT_SIZE
from schemas.language import Language, Localized
from tests.tools.office import Office

READERS = {"录入员", "客户经理", "市场经理", "管理员"}
A4_UPRIGHT_BETWEEN_MARGINS = 210 - 2 * 0.4 * 25.4  # millimetres
PIXEL = 25.4 / 96


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = Office(tmp_path, ["new_customer"], [("K01", "王建国", "客户经理")])
    found.run("2026-11-02 09:00")
    return found


def cards(office: Office) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in (office.settings.outbox / "help").iterdir()}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("card", HELP_CARDS, ids=lambda card: card.reader.en)
def test_each_is_one_page_of_a4_in_letters_that_can_be_read(
    card: HelpCard, language: Language, as_pdf: Callable[[bytes], bytes]
) -> None:
    made = help_card(card, "某某县烟草专卖局（分公司）营销部", language)
    printed = as_pdf(made)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    width, height = (float(each) for each in re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)[0])
    assert (round(width), round(height)) == (595, 842)
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    columns = sum(7 * each.width * (each.max - each.min + 1) for each in sheet.column_dimensions.values()) * PIXEL
    sizes = {cell.font.size for row in sheet.iter_rows() for cell in row if cell.value}
    assert min(sizes) == FONT_SIZE
    assert min(sizes) * min(1, A4_UPRIGHT_BETWEEN_MARGINS / columns) >= 9


def test_the_first_run_writes_one_for_each_reader_and_no_later_one_does(office: Office) -> None:
    first = cards(office)
    assert set(first) == READERS
    for reader, content in first.items():
        page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert page["A1"].value == f"一页通：{reader}"
        said = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
        assert {"早上收到什么", "怎样交", "遇到这些情况"} <= set(said)
    written = office.run("2026-11-03 09:00").outputs
    assert [path for path in written if path.startswith("help/")] == []
    assert cards(office) == first


def test_an_office_that_speaks_english_has_them_in_english(tmp_path: Path) -> None:
    office = Office(tmp_path, ["new_customer"], [("K01", "王建国", "客户经理")], language="en")
    office.run("2026-11-02 09:00")
    assert set(cards(office)) == {"Clerk", "Account manager", "Market manager", "Administrator"}


def test_one_dropped_into_the_inbox_by_mistake_is_no_data(office: Office) -> None:
    before = {page: office.master(page) for page in office.pages() if page == "人员"}
    (office.settings.inbox / "客户经理.xlsx").write_bytes(cards(office)["客户经理"])
    summary = office.run("2026-11-03 09:00")
    assert summary.rows.read == 0
    assert before and {page: office.master(page) for page in before} == before
    told = openpyxl.load_workbook(office.settings.outbox / "exceptions" / "all.xlsx").worksheets[0]
    assert any(cell.value == "这是本程序生成的报表，没有读取" for row in told.iter_rows() for cell in row)


def test_the_page_of_the_office_leads_to_all_of_them(office: Office) -> None:
    root = lxml.html.fromstring((office.settings.outbox / "index.html").read_bytes().decode())
    links = [unquote(link) for link in root.xpath('//section[@id="help"]//a/@href')]
    assert links == [f"help/{reader}.xlsx" for reader in ("录入员", "客户经理", "市场经理", "管理员")]
    assert all((office.settings.outbox / link).is_file() for link in links)


def texts(card: HelpCard) -> Iterator[Localized]:
    yield from (each for advice in (*card.morning, *card.what_if) for each in advice)
    yield from card.handing_in


@pytest.mark.parametrize("card", HELP_CARDS, ids=lambda card: card.reader.en)
def test_every_sentence_is_said_in_both_languages_and_five_cases_are_told(card: HelpCard) -> None:
    assert len(card.what_if) == 5
    for each in texts(card):
        assert re.search(r"[\u4e00-\u9fff]", each.zh) and not re.search(r"[\u4e00-\u9fff]", each.en), each
