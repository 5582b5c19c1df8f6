"""Pages that the program writes are as the program writes them."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands.describe_procedures import procedures_page
from pipeline.commands.describe_rules import findings_page
from pipeline.settings import load_settings
from schemas.language.catalogue import load_catalogue

DOCS = Path(__file__).parents[2] / "docs"
ROOT = DOCS.parent
PAGES = [*sorted(ROOT.glob("README*.md")), ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
NAMED = re.compile(r"`((?:pipeline|schemas|tests)/[\w./-]*)`")
"""A module or folder as a page names it, from the root."""
TO_BE_WRITTEN = {"schemas/visits/__init__.py"}
"""What the README has its reader write."""


def test_the_page_of_findings_is_what_the_rules_say() -> None:
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == findings_page(load_catalogue()), "run: make docs"


def test_the_chapters_of_procedures_are_what_is_declared() -> None:
    page = (DOCS / "procedures.md").read_text(encoding="utf-8")
    assert page == procedures_page(load_catalogue(), page), "run: make docs"


def test_every_procedure_has_a_chapter_of_ten_lines_and_a_diagram() -> None:
    page = (DOCS / "procedures.md").read_text(encoding="utf-8")
    for procedure in load_catalogue().procedures:
        if procedure.roster:
            continue
        _, _, rest = page.partition(f"## {procedure.title.zh} · {procedure.title.en}\n")
        text, _, diagram = rest.partition("```mermaid\n")
        assert 0 < len([line for line in text.splitlines() if line]) <= 10, procedure.code
        assert diagram.startswith("stateDiagram-v2\n"), procedure.code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_and_folder_that_a_page_names_exists(page: Path) -> None:
    named = set(NAMED.findall(page.read_text(encoding="utf-8"))) - TO_BE_WRITTEN
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_the_architecture_fits_on_two_pages_and_names_its_modules() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    assert len(NAMED.findall(text)) > 20
    assert "```mermaid" in text


def glossary() -> list[list[str]]:
    """The rows of docs/words.md: word, Chinese word, meaning, where in the code."""
    lines = (DOCS / "words.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    assert rows[0] == ["word", "中文", "meaning", "where in the code"]
    return rows[2:]


def defined() -> set[str]:
    """The classes and functions at the top of all modules."""
    sources = [path for package in ("pipeline", "schemas") for path in (ROOT / package).rglob("*.py")]
    nodes = [node for path in sources for node in ast.parse(path.read_text(encoding="utf-8")).body]
    return {node.name for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}


def test_the_glossary_is_sorted_and_explains_each_word_once() -> None:
    words = [row[0] for row in glossary()]
    assert len(words) > 20
    assert words == sorted(set(words), key=str.lower)
    assert [row for row in glossary() if len(row) != 4 or not row[2]] == []


def test_what_the_glossary_names_in_the_code_is_there() -> None:
    there = defined()
    named = [(row[0], name) for row in glossary() for name in re.findall(r"`([^`]+)`", row[3])]
    assert len(named) >= len(glossary())
    assert [(w, name) for w, name in named if not (ROOT / name).exists() and name not in there] == []


def test_both_pages_of_operations_have_the_same_commands_settings_and_units() -> None:
    english, chinese = (
        [
            "\n".join(line.partition(" #")[0].rstrip() for line in block.splitlines())  # remarks are in their language
            for block in re.findall(
                r"^```(?:sh|toml|ini)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
            )
        ]
        for page in (DOCS / "ops.md", DOCS / "zh" / "运维.md")
    )
    assert len(english) > 10
    assert english == chinese


@pytest.mark.parametrize("page", ["ops.md", "zh/运维.md"])
def test_what_the_page_of_operations_calls_and_sets_is_there(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    calls = re.findall(r"pipeline ([a-z]+)((?: --[a-z-]+)*)", re.sub(r"/\S+/bin/pipeline", "pipeline", text))
    verbs = {verb: main.commands[verb] for verb, _ in calls}
    unknown = [
        (verb, option)
        for verb, options in calls
        for option in options.split()
        if option not in {name for each in verbs[verb].params for name in each.opts}
    ]
    assert len(verbs) >= 5
    assert unknown == []
    settings = tomllib.loads(re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[0])
    assert load_settings(settings, environ={}, folder=DOCS).settings.file_mode == "640"


@pytest.mark.parametrize("page", ["ops.md", "zh/运维.md"])
def test_cron_and_the_timer_call_the_same_bare_command_whose_exit_code_is_what_they_end_with(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    cron = re.findall(r"^[\d/*-]+ \S+ \S+ \S+ \S+ +ruwang +(.*)$", text, re.MULTILINE)
    (started,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    assert [each.replace("wuqiang", "%i").replace("anping", "%i") for each in cron] == [started] * 2
    assert re.fullmatch(r"/srv/ruwang/venv/bin/pipeline run --config \S+", started), (
        "nothing around it: no flock, no pipe"
    )
    assert "SuccessExitStatus=75\n" in text, "a run that gives way to another is no failure"
