"""What the README says is what happens: its procedure runs as it stands there, its settings are all there are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import openpyxl
import pytest

from pipeline.cli.main import main
from pipeline.settings import load_settings
from tests.tools.command import pipeline

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


LINKING = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs" / "zh").glob("*.md")),
]


@pytest.mark.parametrize("page", LINKING, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [target.partition("#") for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    targets = [(page.parent / target if target else page, chapter) for target, _, chapter in links]
    assert [str(target) for target, _ in targets if not target.exists()] == []
    named = [(target, chapter) for target, chapter in targets if chapter]
    assert [(target.name, chapter) for target, chapter in named if chapter not in anchors(target)] == []


def chapters(page: Path) -> list[tuple[int, str]]:
    """The headings of a page, with their level, in order; what stands in a block of code is none."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [(len(signs), words) for signs, words in re.findall(r"^(#+) (.+)$", text, re.MULTILINE)]


def anchors(page: Path) -> set[str]:
    """What a link may name after ``#``: headings in small letters, blanks as hyphens, without other signs."""
    return {re.sub(r"[^\w-]", "", words.lower().replace(" ", "-")) for _, words in chapters(page)}


def test_both_readmes_have_the_same_chapters_pictures_and_code() -> None:
    english, chinese = ROOT / "README.md", ROOT / "README.zh-CN.md"
    assert len(chapters(english)) > 6
    assert [level for level, _ in chapters(english)] == [level for level, _ in chapters(chinese)]
    for pattern in (r"!\[[^\]]*\]\(([^)]+)\)", r"^```python\n(.*?)^```"):
        told = [
            re.findall(pattern, page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
            for page in (english, chinese)
        ]
        assert told[0] == told[1] != []


@pytest.mark.parametrize("path", ["README.md", "README.zh-CN.md"])
def test_every_command_is_told_in_both_readmes(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    told = set(re.findall(r"pipeline ([a-z]+)", text))
    assert set(main.list_commands(click.Context(main))) - {"demo", "procedures", "run"} <= told
    assert {"make demo"} <= set(re.findall(r"make (?:--silent )?[a-z]+", text))


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/zh/管理员.md"])
@pytest.mark.parametrize("code", [0, 1, 2, 4, 75])
def test_the_line_for_cron_keeps_the_exit_code_and_says_nothing_of_its_own(
    tmp_path: Path, page: str, code: int
) -> None:
    line = re.search(r"```cron\n(.*)\n```", (ROOT / page).read_text(encoding="utf-8"))
    assert line
    command = line[1].split(maxsplit=5)[5].replace("/srv/ruwang", str(tmp_path))
    program = tmp_path / ".venv" / "bin" / "pipeline"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\n[ "$*" = run ] && exit {code}\nexit 99\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (code, "")


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_whoever_does_the_first_steps_of_the_first_day_has_a_set_up_that_lacks_its_people_alone(
    tmp_path: Path, page: str
) -> None:
    """What is typed before the first sheet is filled, as it stands there, on a day in November: in December the holidays of the next
    year are asked for, too.
    """
    on = ("--today", "2026-11-23")
    text = (ROOT / page).read_text("utf-8")
    toml = re.search(r"^   ```toml\n(.*?)^   ```", text, re.DOTALL | re.MULTILINE)
    second = re.search(r"^2\. .*$", text, re.MULTILINE)
    assert toml and second
    (tmp_path / "pipeline.toml").write_text(toml[1].replace("   ", ""), "utf-8")
    typed = re.findall(r"`((?:mkdir|pipeline) [a-z]+)`", second[0])
    assert typed == ["mkdir inbox", "pipeline doctor", "pipeline template"]
    (tmp_path / "inbox").mkdir()
    assert pipeline(tmp_path, "doctor", *on).returncode == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["inbox", "pipeline.toml"]
    assert pipeline(tmp_path, "template").returncode == 0
    blank = {path.stem for path in (tmp_path / "outbox" / "templates").rglob("*.xlsx")}
    assert {"人员表", "辖区表", "新入网户登记表"} <= blank
    assert pipeline(tmp_path, "run", *on).returncode == 0
    said = pipeline(tmp_path, "doctor", *on)
    assert [line.split()[0] for line in said.stdout.splitlines() if "有问题" in line] == ["人员与辖区"]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_each_figure_beside_other_ways_stands_on_the_page_that_is_named(page: str) -> None:
    """So that the table ages with the scoreboard and the bench: whoever makes these anew is told to mend it."""
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", (ROOT / page).read_text("utf-8"), re.M
    )
    rows = [row for row in rows if "frictionless" not in row[3]]
    assert len(rows) == 7
    score, bench = ((ROOT / "docs" / name).read_text("utf-8") for name in ("score.md", "performance.md"))
    taken = re.findall(r"Right records accepted \|.*?\(([\d.]+)%\).*?\(([\d.]+)%\).*?\(([\d.]+)%\)", score)
    found = re.findall(r"Faults found .*?\(([\d.]+)%\).*?\(([\d.]+)%\).*?\(([\d.]+)%\)", score)
    for row, (ours, frictionless, pandera) in zip(rows, [*taken[:2], found[0]], strict=False):
        assert [each.removesuffix(" %") for each in row[1:4]] == [
            f"{float(each):.0f}" for each in (ours, pandera, frictionless)
        ]
    (false,) = re.findall(r"^\| False errors \| (\S+) \| (\S+) \| (\S+) \|$", score.partition("## Only")[0], re.M)
    assert rows[3][1:4] == (false[0], false[2], false[1])
    (plain,) = re.findall(r"plain script, 2000 sheets of 20 rows +\S+ +(\S+) +(\S+)", bench)
    (first,) = re.findall(r"first load, 40,000 customers from empty +\S+ +(\S+) +(\S+)", bench)
    assert [re.match(r"[\d.]+", each)[0] for row in rows[5:] for each in row[1:3]] == [
        first[0],
        plain[0],
        first[1],
        plain[1],
    ]  # type: ignore[index]
