"""What LibreOffice makes of a workbook: skipped where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def libreoffice_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile a session: making one takes longer than converting."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def as_pdf(tmp_path: Path, libreoffice_profile: Path) -> Callable[[bytes], bytes]:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")

    def convert(content: bytes) -> bytes:
        book = tmp_path / "book.xlsx"
        book.write_bytes(content)
        profile = f"-env:UserInstallation=file://{libreoffice_profile}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return book.with_suffix(".pdf").read_bytes()

    return convert
