"""A worklist that cannot be read at all is told to whom it belongs: nobody else waits for it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.tools.office import Office

PEOPLE = [("QH01", "花策", "企划专员"), ("QH02", "齐经理", "企划部经理")]


@pytest.mark.parametrize(
    ("name", "whose"),
    [("QH01-花策.xlsx", "花策"), ("QH01-花策 - 副本(2).xlsx", "花策"), ("花策的表.xlsx", None)],
)
def test_a_worklist_that_was_spoilt_is_told_to_whose_it_is(tmp_path: Path, name: str, whose: str | None) -> None:
    office = Office(tmp_path, ["leave"], PEOPLE)
    office.run("2026-11-02 09:00")
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook")
    office.put(name, broken.getvalue())
    office.run("2026-11-02 10:00")
    (row,) = [row for row in office.open_exceptions() if row["文件"] == name]
    assert (row["程度"], row["由谁处理"] if whose else None) == ("错误", whose)
    assert any(name in mail for mail in office.mails("QH01")) is bool(whose)
