"""Writes a package to begin a procedure with: declarations that load and pass their check, samples, and a test that passes."""

from __future__ import annotations

import re
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path
from string import Template

from schemas.language import Catalogue, Localized

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_FILES = {"__init__.py.txt": "__init__.py", "samples.py.txt": "samples.py", "test.py.txt": "test_{code}.py"}


def refused(code: str, catalogue: Catalogue, packages: Collection[str]) -> Localized | None:
    """Return why *code* can be no new procedure's among those of *catalogue* and the names of *packages*, None when it can."""
    if not _CODE.fullmatch(code):
        return Localized(
            f"“{code}”不能作流程代码：用小写英文字母开头，只含小写字母、数字和下划线，如 key_loans",
            f"“{code}” is no code of a procedure: small letters, digits and _ , a letter first, like key_loans",
        )
    taken = {each.code for each in catalogue.procedures} | {each.code for each in catalogue.registers} | set(packages)
    if code in taken:
        return Localized(f"已有 {code}，换一个代码", f"there is a {code}: take another code")
    return None


def write_starter(code: str, folder: Path) -> list[Path]:
    """Write the package of procedure *code* into *folder*; return its files. Raise FileExistsError where it is there."""
    package = folder / code
    package.mkdir(parents=True)
    written = []
    for name, to in _FILES.items():
        text = (files("pipeline.commands") / "starter_files" / name).read_text("utf-8")
        path = package / to.format(code=code)
        path.write_text(Template(text).substitute(code=code, staff=f"{code.replace('_', '')[:2].upper()}01"), "utf-8")
        written.append(path)
    return written
