"""Old formats that no Python library writes: LibreOffice makes them of .xlsx, all in one call."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.score.generate import CONVERTED
from tests.score.truth import Case

MISSING = "LibreOffice (soffice) is not installed: no .xls and .et among the files"


def with_old_formats(cases: Sequence[Case]) -> list[Case]:
    """Return *cases* with those of the old formats converted; without them where LibreOffice is missing."""
    office = shutil.which("soffice")
    old = [case for case in cases if case.kind in CONVERTED]
    made = _convert(office, old) if office and old else {}
    return [
        replace(case, content=made[case.seed]) if case.kind in CONVERTED else case
        for case in cases
        if case.kind not in CONVERTED or case.seed in made
    ]


def _convert(office: str, cases: Sequence[Case]) -> dict[int, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for case in cases:
            (place / f"{case.seed}.xlsx").write_bytes(case.content)
        subprocess.run(
            [
                office, "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}", "--convert-to", "xls",
                "--outdir", str(place / "old"), *(str(place / f"{case.seed}.xlsx") for case in cases),
            ],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        return {case.seed: (place / "old" / f"{case.seed}.xls").read_bytes() for case in cases}
