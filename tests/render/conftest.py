"""What LibreOffice makes of a workbook: skipped where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.tools.paper import Printed


@pytest.fixture(scope="session")
def libreoffice_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile a session: making one takes longer than converting."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def print_all(tmp_path: Path, libreoffice_profile: Path) -> Callable[[Mapping[str, bytes]], dict[str, Printed]]:
    """Print workbooks, by name, in one call: starting LibreOffice takes longer than converting."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")

    def convert(books: Mapping[str, bytes]) -> dict[str, Printed]:
        folder = tmp_path / "on_paper"
        folder.mkdir(exist_ok=True)
        paths = []
        for name, content in books.items():
            paths.append(folder / f"{name}.xlsx")
            paths[-1].write_bytes(content)
        profile = f"-env:UserInstallation=file://{libreoffice_profile}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {path.stem: Printed(path.with_suffix(".pdf")) for path in paths}

    return convert


@pytest.fixture
def as_pdf(print_all: Callable[[Mapping[str, bytes]], dict[str, Printed]]) -> Callable[[bytes], bytes]:
    return lambda content: print_all({"book": content})["book"].content
