from html import escape

import pytest

from pipeline.domain.cell import Broken
from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.packages import LIST, zipped
from tests.read.sheets import KNOWN, records, rules

_SPACES = {
    **{name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")},
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def cell(text: str, about: str = "") -> str:
    if not text:
        return f"<table:table-cell {about}/>"
    return f'<table:table-cell office:value-type="string" {about}><text:p>{escape(text)}</text:p></table:table-cell>'


def row(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def rows(table: str) -> str:
    return "".join(row(*(cell(each.strip()) for each in line.split("|"))) for line in table.splitlines())


def again(axis: str, times: int) -> str:
    return f'table:number-{axis}-repeated="{times}"'


def ods(*content: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{url}"' for name, url in _SPACES.items())
    xml = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="表">'
        f"{''.join(content)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": _MANIFEST,
            "content.xml": xml.encode(),
        }
    )


def read(*content: str) -> Reading:
    return read_file("来件.ods", ods(*content), "hash", KNOWN)


def keys(reading: Reading) -> list[object]:
    return [each["no"] for extract in reading.extracts for each in records(extract)]


@pytest.mark.parametrize("times", [1, 3])
def test_a_stray_cell_in_the_last_corner_is_told_and_the_sheet_read(times: int) -> None:
    gap = row(cell("", again("columns", 16_384)), about=again("rows", 1_048_572 - times + 1))
    stray = row(cell("", again("columns", 16_383)), cell("手滑"), about=again("rows", times))
    reading = read(rows(LIST), gap, stray)
    assert keys(reading) == ["900002", "900003"]
    assert rules(reading) == [("cell.stray", f"XFD{1_048_577 - times}")]
    assert reading.findings[0].value == "手滑"


def test_a_stray_error_is_left_out_like_any_other() -> None:
    gap = row(cell("", again("columns", 16_384)), about=again("rows", 1_048_572))
    reading = read(rows(LIST), gap, row(cell("", again("columns", 9_000)), cell("#N/A", 'calcext:value-type="error"')))
    assert rules(reading) == [("cell.stray", "MHE1048576")]


def test_a_sheet_filled_all_over_is_refused() -> None:
    reading = read(rows(LIST), row(cell("x", again("columns", 16_384)), about=again("rows", 1_048_573)))
    assert rules(reading) == [("file.bomb", "")]


def test_errors_and_formulas_never_calculated_are_seen_at_their_cells() -> None:
    broken = cell("#REF!", 'calcext:value-type="error"'), cell("", 'table:formula="of:=[.A1]&amp;1"')
    (extract,) = read(rows("店铺编码 | 店铺名称 | 掌柜"), row(cell("900002"), *broken)).extracts
    assert (extract.values["name"], extract.values["keeper"]) == ([Broken("#REF!")], [Broken("=[.A1]&1")])
