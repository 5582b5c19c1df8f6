from __future__ import annotations

import pytest
from lxml import etree

from pipeline.render.xlsx.safe_text import MAX_TEXT, cell_text, looks_live, sheet_titles, unique


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("普通文字", "普通文字"),
        ("a\x01b\x1fc", "a␁b␟c"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud83d of a sign", "half \ufffd of a sign"),
        ("not a character \uffff", "not a character \ufffd"),
    ],
)
def test_nothing_that_a_workbook_refuses_is_left(raw: str, kept: str) -> None:
    assert cell_text(raw) == kept


@pytest.mark.parametrize("sign", ["字", "😀"])
def test_text_over_the_limit_is_cut_visibly(sign: str) -> None:
    cut = cell_text(sign * 40_000)
    assert cut.endswith("…")
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert cut[:-1] == sign * (len(cut) - 1)


def test_text_at_the_limit_is_whole() -> None:
    assert cell_text("字" * MAX_TEXT) == "字" * MAX_TEXT


@pytest.mark.parametrize("text", ["=1+1", "+86 139", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_known(text: str) -> None:
    assert looks_live(cell_text(text))


@pytest.mark.parametrize("text", ["1=1", "武强镇", "", " =1", "139-3281"])
def test_plain_text_gets_no_quote(text: str) -> None:
    assert not looks_live(text)


def test_sheet_titles_are_fit_and_differ() -> None:
    titles = sheet_titles(["核实", "a/b[c]:*?\\", "核实", "'", "字" * 40, "字" * 40, "Rev", "REV"])
    assert titles == ["核实", "a b c", "核实 (2)", "Sheet", "字" * 30 + "…", "字" * 26 + "… (2)", "Rev", "REV (2)"]


def test_a_numbered_name_does_not_take_another_ones() -> None:
    assert unique(["a", "a (2)", "a"], 31) == ["a", "a (2)", "a (3)"]


@pytest.mark.parametrize("odd", [*range(0x20), 0x7F, 0xD800, 0xFFFE, 0xFFFF])
def test_a_title_of_a_record_s_own_holds_nothing_that_xml_does_not_take(odd: int) -> None:
    (title,) = sheet_titles([f"惠民{chr(odd)}超市"])
    assert etree.fromstring(f'<sheet name="{title}"/>').get("name") == title
    assert title.startswith("惠民") and title.endswith("超市")
