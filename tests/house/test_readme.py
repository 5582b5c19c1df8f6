"""What the README says is what happens: its procedure runs as it stands there, its settings are all there are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipeline.settings import load_settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

# A process of its own: the catalogue is read once a process, and the new package must be there before.
PLAY = """
import sys
from datetime import date
from pathlib import Path
import schemas
schemas.__path__.append(sys.argv[1])
from pipeline.commands.demo import filled
from pipeline.render.reports.template import template
from pipeline.commands.run import run
from pipeline.settings import load_settings as load
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language import Layout
from schemas.language.sample import Filled

folder = Path(sys.argv[2])
settings = load({}, environ={}, folder=folder).settings.model_copy(update={"settle_seconds": 0})
settings.inbox.mkdir()
form = catalogue().form("visit_log")
typed = {"visit_no": "V001", "visited": "惠民超市", "visit_day": "2026-11-02", "outcome": "有需求"}
wrong = {"visit_no": "V002", "visited": "平安烟酒", "visit_day": "2027-01-01", "outcome": "正常"}
drop = Filled("拜访.xlsx", form.code, (typed, wrong))
blank = template(form, Layout.LIST, "zh", settings.office_name)
(settings.inbox / drop.name).write_bytes(filled(blank, form, drop))
run(settings, today=date(2026, 11, 3))
"""


def block(heading: str) -> str:
    """The first Python block below a heading."""
    found = re.search(rf"## {heading}.*?```python\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def test_the_procedure_of_the_readme_runs_as_it_stands_there(tmp_path: Path) -> None:
    package = tmp_path / "declared" / "visits"
    package.mkdir(parents=True)
    source = block("Add a form, and a procedure")
    assert len(source.splitlines()) < 30
    (package / "__init__.py").write_text(source, encoding="utf-8")
    office = tmp_path / "office"
    office.mkdir()

    subprocess.run([sys.executable, "-c", PLAY, str(package.parent), str(office)], check=True, cwd=ROOT)

    sheet = openpyxl.load_workbook(office / "outbox" / "master.xlsx")["拜访"]
    shown = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    (visit,) = [row for row in shown if "V001" in row]
    assert "有需求" in visit and "已登记" in visit
    wrong = openpyxl.load_workbook(office / "outbox" / "exceptions" / "all.xlsx").worksheets[0]
    assert any("2027-01-01" in [str(cell) for cell in row] for row in wrong.iter_rows(values_only=True))


@pytest.mark.parametrize("path", ["README.md", "README.zh-CN.md"])
def test_every_setting_stands_in_the_table_and_no_other(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    told = set()
    for line in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE):
        names = re.findall(r"`([^`]+)`", line)
        told |= {names[0].partition(".")[0] + name if name.startswith(".") else name for name in names}
    there_are = {shown.name for shown in load_settings({}, environ={}, folder=ROOT / "docs").shown()}
    secrets = {"smtp.password", "worklist_passwords"}  # told as variables of the environment
    assert {name.partition(".<")[0] for name in told} == (there_are - secrets)


@pytest.mark.parametrize("path", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_leads_somewhere(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (ROOT / target).exists()] == []
