"""A sheet that somebody added to the master, made to hurt: the run goes on, the register stands, the master opens."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.run import run
from pipeline.outside.workers.config import Readers
from pipeline.outside.workers.pool import OWN
from pipeline.outside.workers.read_all import read_all
from pipeline.read.read_file import read_file
from pipeline.render.xlsx.import_sheets import import_sheets
from pipeline.settings import Settings
from tests.fuzz.judge import KNOWN
from tests.fuzz.mutate import cut, explode, explode_all, explode_text, flip, laugh, multiply, unclose
from tests.intake.test_master_customizations import add_sheet
from tests.intake.test_master_diff import DAY, KEY, master, settings  # noqa: F401
from tests.read.packages import added, patched
from tests.tools.customers import customers, told

STYLES, TYPES = "xl/styles.xml", "[Content_Types].xml"
TITLE = "我的汇总"


def sheet_of(content: bytes) -> str:
    """The part of the sheet that was added: the last one."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    return max(sheets, key=lambda name: (len(name), name))


def in_sheet(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: patched(content, sheet_of(content), lambda xml: swap(xml, old, new))


def swap(xml: bytes, old: bytes, new: bytes) -> bytes:
    changed, times = re.subn(old, new, xml, count=1, flags=re.DOTALL)
    assert times
    return changed


def entity(content: bytes) -> bytes:
    content = in_sheet(rb"<worksheet ", b'<!DOCTYPE worksheet [<!ENTITY e "text">]><worksheet ')(content)
    return in_sheet(rb"<v>12</v>", b"<v>12&e;</v>")(content)


def styles(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: patched(content, STYLES, lambda xml: swap(xml, old, new))


def relations_torn(content: bytes) -> bytes:
    name = sheet_of(content).replace("worksheets/", "worksheets/_rels/") + ".rels"
    return patched(content, name, lambda xml: xml[: len(xml) // 2])


def chart_torn(content: bytes) -> bytes:
    return patched(content, "xl/charts/chart1.xml", lambda xml: xml[: len(xml) // 2])


def pictures(content: bytes) -> bytes:
    """A picture of 24 MB: with it every next master, every backup and every mail would grow."""
    drawing = "xl/drawings/_rels/drawing1.xml.rels"
    listed = (
        b'<Relationship Id="rIdP" Target="/xl/media/image9.png"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    content = patched(content, drawing, lambda xml: swap(xml, b"</Relationships>", listed))
    return added(content, "xl/media/image9.png", random.Random(1).randbytes(24 << 20))


HURT: Mapping[str, Callable[[bytes], bytes]] = {
    "an entity": entity,
    "a style that is no number": in_sheet(rb's="\d+"', b's="x"'),
    "a style of many digits": in_sheet(rb's="\d+"', b's="%s"' % (b"9" * 5000)),
    "no styles that could be read": styles(rb"</styleSheet>", b""),
    "styles with entities": styles(rb"<styleSheet", b'<!DOCTYPE s [<!ENTITY e "text">]><styleSheet'),
    "a font that is no number": styles(rb'(<cellXfs.*)fontId="\d+"', rb'\1fontId="x"'),
    "a font of many digits": styles(rb'(<cellXfs.*)fontId="\d+"', rb'\1fontId="%s"' % (b"9" * 5000)),
    "a width that is no number": in_sheet(rb'<col width="33"', b'<col width="x"'),
    "a column that is no number": in_sheet(rb'min="1"', b'min="x"'),
    "a sheet of 24 MB": in_sheet(
        rb"</sheetData>",
        b'<row r="9"><c r="A9" t="inlineStr"><is><t>text</t></is></c></row>' * 350_000 + b"</sheetData>",
    ),
    "torn relations": relations_torn,
    "a torn chart": chart_torn,
    "a picture of 24 MB": pictures,
    "a shared text that is none": in_sheet(rb't="inlineStr"><is>.*?</is>', b't="s"><v>x</v>'),
    "nested without end": in_sheet(rb"</sheetData>", b"</sheetData>" + b"<a>" * 3000 + b"</a>" * 3000),
}


@pytest.mark.parametrize("name", HURT)
def test_a_sheet_made_to_hurt_stops_no_run(settings: Settings, name: str) -> None:  # noqa: F811
    path = master(settings)
    add_sheet(path)
    content = HURT[name](path.read_bytes())
    assert content != path.read_bytes()
    path.write_bytes(content)

    for _ in range(2):
        run(settings, today=DAY)

        assert customers(settings)[KEY]["客户名称"] == "惠民超市"
        assert path.stat().st_size < 5 << 20
    book = openpyxl.load_workbook(path)
    assert TITLE in book.sheetnames or told(settings), "it is there, or somebody is told why not"
    archived = [each for each in (settings.outbox / "archive").rglob("*") if each.is_file()]
    assert content in [each.read_bytes() for each in archived], "as it was handed in it can be had again"


def test_the_hurt_is_the_only_thing_that_hurts(settings: Settings, tmp_path: Path) -> None:  # noqa: F811
    add_sheet(master(settings))
    run(settings, today=DAY)
    assert openpyxl.load_workbook(master(settings))[TITLE]["B2"].value == 12


def test_whatever_is_damaged_in_a_master_its_sheets_never_spoil_the_next(settings: Settings) -> None:  # noqa: F811
    path = master(settings)
    clean = path.read_bytes()
    add_sheet(path)
    files = [(f"{number}.xlsx", damaged(path.read_bytes(), number), str(number)) for number in range(40)]
    readings = list(read_all(files, KNOWN, read_file, Readers(1), OWN))
    assert len(readings) == len(files)
    came = [reading.master.sheets for reading in readings if reading.master and reading.master.sheets]
    assert len(came) > 5, "too much damage"
    for sheets in came:
        openpyxl.load_workbook(io.BytesIO(import_sheets(clean, sheets)))


def damaged(content: bytes, number: int) -> bytes:
    """Damage one of the parts that a sheet takes along, or is."""
    rng = random.Random(number)
    victim = rng.choice([sheet_of(content), STYLES, TYPES, "xl/drawings/drawing1.xml", "xl/charts/chart1.xml"])
    how = rng.choice([explode, explode_all, explode_text, multiply, unclose, laugh, flip, cut])
    return patched(content, victim, lambda xml: how(rng, xml))
