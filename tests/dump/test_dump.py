"""Two plays of the demo give the same dump, and whatever a person would see to be otherwise is a line that differs."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from difflib import ndiff
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from .outbox import dump

ROOT = Path(__file__).parents[2]


def _said(outbox: Path) -> dict[str, str]:
    return dict(dump(outbox))


def _changed(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]


def _book() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "客户"
    for row in (["许可证号", "客户名称", "数量"], ["131123100018", "惠民超市", 3], ["131123100026", "平安街烟酒店", 5]):
        sheet.append(row)
    sheet["B2"].fill = PatternFill("solid", fgColor="FFF9E3")
    sheet.add_table(Table(displayName="t1", ref="A1:C3"))
    sheet.add_data_validation(DataValidation("list", formula1='"甲,乙"', sqref="B2:B3"))
    chart = BarChart()
    chart.title = "按数量"
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    book.create_sheet("_ruwang").sheet_state = "veryHidden"
    book["_ruwang"]["A1"] = "kind"
    return book


def _outbox(folder: Path, change: Callable[[Workbook], object] = lambda _: None) -> Path:
    book = _book()
    change(book)
    (folder / "worklists").mkdir(parents=True)
    book.save(folder / "worklists" / "K02.xlsx")
    return folder


def _mail(text: str = "1 件待办", moment: str = "20261128161446", attached: bytes | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "营销部 <r@localhost>", "k02@example.com", "【营销部】1 件待办"
    message["Date"] = f"Sat, 28 Nov 2026 16:14:{moment[-2:]} +0800"
    message["Message-ID"] = f"<1.K02.{moment}@ruwang.invalid>"
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    if attached is not None:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename="任务表.xlsx")
    return message.as_bytes()


def _with_mail(folder: Path, name: str, content: bytes) -> Path:
    (folder / "mail").mkdir(parents=True)
    (folder / "mail" / name).write_bytes(content)
    return folder


def test_two_plays_of_the_demo_have_the_same_dump(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "demo"]
    plays = [
        subprocess.Popen([*command, str(tmp_path / name)], cwd=ROOT, stdout=subprocess.DEVNULL)
        for name in ("one", "the other")
    ]
    assert [play.wait() for play in plays] == [0, 0]
    one, other = (_said(tmp_path / name / "outbox") for name in ("one", "the other"))
    assert sorted(one) == sorted(other)
    assert {name: _changed(text, other[name]) for name, text in one.items() if text != other[name]} == {}
    assert {"master.xlsx.txt", "index.html.txt", "exceptions/all.xlsx.txt"} <= set(one)
    assert "惠民超市" in one["master.xlsx.txt"]
    assert "veryHidden" in one["master.xlsx.txt"]
    assert any(name.startswith("mail/k02@example.com, run 1/") for name in one)
    assert str(tmp_path) not in "".join(one.values())


def test_another_fill_is_the_line_of_its_cell_alone(tmp_path: Path) -> None:
    office = _outbox(tmp_path / "office")
    for name, fill in (("before", "FFF9E3"), ("after", "F0F0F0")):
        shutil.copytree(office, tmp_path / name)
        path = tmp_path / name / "worklists" / "K02.xlsx"
        book = openpyxl.load_workbook(path)
        book["客户"]["B2"].fill = PatternFill("solid", fgColor=fill)
        book.save(path)
    before, after = (_said(tmp_path / name)["worklists/K02.xlsx.txt"] for name in ("before", "after"))
    assert _changed(before, after) == [
        '- B2: "惠民超市" | font Calibri 11 theme 1; fill solid #FFF9E3',
        '+ B2: "惠民超市" | font Calibri 11 theme 1; fill solid #F0F0F0',
    ]


CHANGES: dict[str, tuple[Callable[[Workbook], object], str]] = {
    "value": (lambda book: book["客户"].__setitem__("C2", 4), "C2: 4"),
    "the text of a number": (lambda book: book["客户"].__setitem__("C2", "3"), 'C2: "3"'),
    "format": (lambda book: setattr(book["客户"]["C2"], "number_format", "0.00"), "format '0.00'"),
    "font": (lambda book: setattr(book["客户"]["A1"], "font", Font(bold=True, color="FF0000")), "bold #FF0000"),
    "wrap": (lambda book: setattr(book["客户"]["A1"], "alignment", Alignment(wrap_text=True)), "wrap"),
    "lock": (lambda book: setattr(book["客户"]["A2"], "protection", Protection(locked=False)), "unlocked"),
    "comment": (lambda book: setattr(book["客户"]["A2"], "comment", Comment("重填", "Ruwang")), 'Ruwang: "重填"'),
    "link": (lambda book: setattr(book["客户"]["A2"], "hyperlink", "https://example.com"), "link to"),
    "width": (lambda book: setattr(book["客户"].column_dimensions["B"], "width", 30), "width 30"),
    "hidden column": (lambda book: setattr(book["客户"].column_dimensions["B"], "hidden", True), "hidden"),
    "height": (lambda book: setattr(book["客户"].row_dimensions[9], "height", 40), "row 9: height 40"),
    "frozen": (lambda book: setattr(book["客户"], "freeze_panes", "B2"), "frozen at B2"),
    "filter": (lambda book: setattr(book["客户"].auto_filter, "ref", "A1:C3"), "autoFilter ref='A1:C3'"),
    "table": (lambda book: setattr(book["客户"].tables["t1"], "displayName", "t9"), "displayName='t9'"),
    "validation": (
        lambda book: book["客户"].add_data_validation(DataValidation("whole", formula1="1", sqref="C2")),
        "sqref='C2' type='whole'",
    ),
    "conditional": (
        lambda book: book["客户"].conditional_formatting.add(
            "C2:C3", CellIsRule(operator="lessThan", formula=["4"], fill=PatternFill("solid", bgColor="FFC8CD"))
        ),
        "FFC8CD",
    ),
    "merged": (lambda book: book["客户"].merge_cells("A5:B5"), "merged ['A5:B5']"),
    "print": (lambda book: setattr(book["客户"].page_setup, "orientation", "landscape"), "landscape"),
    "print titles": (lambda book: setattr(book["客户"], "print_title_rows", "1:1"), "print titles $1:$1"),
    "name": (
        lambda book: book.defined_names.add(DefinedName("options", attr_text="客户!$A$1")),
        "name options = 客户!$A$1",
    ),
    "chart": (lambda book: setattr(book["客户"]._charts[0], "title", "按业态"), 't "按业态"'),
    "protection": (lambda book: setattr(book["客户"].protection, "sheet", True), "sheetProtection"),
    "hidden sheet": (lambda book: book["_ruwang"].__setitem__("A1", "report"), 'A1: "report"'),
    "sheet state": (lambda book: setattr(book["_ruwang"], "sheet_state", "hidden"), "_ruwang (hidden)"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_person_would_see_differs(what: str, tmp_path: Path) -> None:
    change, new = CHANGES[what]
    before, after = _said(_outbox(tmp_path / "before")), _said(_outbox(tmp_path / "after", change))
    lines = _changed(before["worklists/K02.xlsx.txt"], after["worklists/K02.xlsx.txt"])
    assert any(line[0] == "+" and new in line for line in lines), lines
    assert len(lines) <= 12, lines


def test_a_mail_is_known_again_though_sent_at_another_moment(tmp_path: Path) -> None:
    one = _with_mail(tmp_path / "one", "k02-1.eml", _mail())
    other = _with_mail(tmp_path / "other", "k02-2.eml", _mail(moment="20261128170059"))
    assert _said(one) == _said(other)


def test_another_word_in_a_mail_differs_in_both_bodies(tmp_path: Path) -> None:
    one = _said(_with_mail(tmp_path / "one", "k02.eml", _mail()))["mail/k02@example.com, run 1.txt"]
    other = _said(_with_mail(tmp_path / "other", "k02.eml", _mail("2 件待办")))["mail/k02@example.com, run 1.txt"]
    assert "Subject: 【营销部】1 件待办" in one
    assert [line for line in _changed(one, other) if line[0] == "+"] == ["+ 2 件待办", "+ <p>2 件待办</p>"]


def test_an_attached_workbook_is_dumped_too(tmp_path: Path) -> None:
    content = (_outbox(tmp_path / "a book") / "worklists" / "K02.xlsx").read_bytes()
    said = _said(_with_mail(tmp_path / "outbox", "k02.eml", _mail(attached=content)))
    assert "任务表.xlsx" in said["mail/k02@example.com, run 1.txt"]
    assert '"惠民超市"' in said["mail/k02@example.com, run 1/1 任务表.xlsx.txt"]


def test_files_of_one_name_are_numbered_as_the_runs_took_them(tmp_path: Path) -> None:
    archive = tmp_path / "office" / "outbox" / "archive"
    (archive / "runs").mkdir(parents=True)
    hashes = [hashlib.sha256(content).hexdigest() for content in (b"first", b"second", b"third")]
    for name, content in ((f"a.{hashes[2][:12]}.xlsx", b"third"), (f"a.{hashes[1][:12]}.xlsx", b"second")):
        (archive / name).write_bytes(content)
    (archive / "a.xlsx").write_bytes(b"first")
    note = {
        "started": "2026-11-28T08:14:46.726305+00:00",
        "modified": "2026-11-28T08:14:46+00:00",
        "files": hashes,
        "place": str(archive.parent),
    }
    (archive / "runs" / "1.json").write_text(json.dumps(note), encoding="utf-8")
    said = _said(archive.parent)
    assert json.loads(said["archive/runs/1.json.txt"]) == {
        "started": "<clock>",
        "modified": "<clock>",
        "files": ["<sha256 of a.xlsx>", "<sha256 of a~2.xlsx>", "<sha256 of a~3.xlsx>"],
        "place": "<office>/outbox",
    }
    assert set(said) == {"archive/runs/1.json.txt", *(f"archive/{name}.xlsx.txt" for name in ("a", "a~2", "a~3"))}
