"""Two people at a desk: one types with LibreOffice, the other with openpyxl, where there is no LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import openpyxl

_SYSTEM_PYTHON = "/usr/bin/python3"
Typed = Sequence[tuple[str, str, str]]
"""Sheet, cell, text."""


class Editor(Protocol):
    def edit(self, source: Path, target: Path, typed: Typed) -> None:
        """Open *source*, type, save it as *target*."""

    def close(self) -> None:
        """Leave the desk."""


class Calc:
    """LibreOffice, kept open between workbooks."""

    def __init__(self) -> None:
        script = str(Path(__file__).with_name("type_in_calc.py"))
        self._office = subprocess.Popen(
            [_SYSTEM_PYTHON, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    @staticmethod
    def missing() -> str:
        """Say why LibreOffice cannot be had here; "" when it can."""
        if shutil.which("soffice") is None:
            return "LibreOffice (soffice) is not installed"
        asked = [_SYSTEM_PYTHON, "-c", "import uno"]
        try:
            subprocess.run(asked, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return "LibreOffice's Python bridge (python3-uno) is not installed"
        return ""

    def edit(self, source: Path, target: Path, typed: Typed) -> None:
        assert self._office.stdin is not None and self._office.stdout is not None
        job = {"source": str(source), "target": str(target), "typed": [list(each) for each in typed]}
        self._office.stdin.write(json.dumps(job) + "\n")
        self._office.stdin.flush()
        assert self._office.stdout.readline() == "done\n", f"LibreOffice could not edit {source.name}"

    def close(self) -> None:
        assert self._office.stdin is not None
        self._office.stdin.close()
        self._office.wait(timeout=60)


def press_keys(source: Path, sheet: str, typed: Sequence[tuple[str, str]]) -> list[str]:
    """Type into cells of *source* key by key, in LibreOffice; return what then stands in each, as it is shown."""
    job = json.dumps({"source": str(source), "sheet": sheet, "typed": [list(each) for each in typed]})
    script = str(Path(__file__).with_name("press_keys.py"))
    done = subprocess.run([_SYSTEM_PYTHON, script], input=job, capture_output=True, text=True, check=True, timeout=180)
    shown: list[str] = json.loads(done.stdout)
    return shown


class Openpyxl:
    """The plain way."""

    def edit(self, source: Path, target: Path, typed: Typed) -> None:
        book = openpyxl.load_workbook(source)
        for sheet, name, text in typed:
            cell = book[sheet][name]
            try:
                cell.value = date.fromisoformat(text)  # a person's 2026-11-03 becomes a date
            except ValueError:
                cell.value = text or None
        book.save(target)

    def close(self) -> None:
        pass
