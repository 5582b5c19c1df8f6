"""Every dependency has its reason and is used; the page says what is so; a known fault stops the check."""

from __future__ import annotations

import ast
import re
from importlib.metadata import packages_distributions

import pytest

from tests.supply.audit import judge
from tests.supply.licences import PAGE, ROOT, declared, licence, page
from tests.supply.reasons import COME_ALONG, DEVELOPS, RUNS, TOOLS, UNSEEN


def imported(*folders: str) -> set[str]:
    """Return the top-level modules that the sources below *folders* import, also late."""
    found: set[str] = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module.partition(".")[0])
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_has_a_reason_and_every_reason_a_dependency() -> None:
    runs, develops, tools = declared()
    assert {each.name for each in runs} == set(RUNS)
    assert {each.name for each in develops} == set(DEVELOPS)
    assert {each.name for each in tools} == set(TOOLS)


def test_what_a_run_depends_on_is_imported_and_nothing_else_is() -> None:
    modules = imported("pipeline", "schemas")
    held = packages_distributions()
    used = {normal(name) for module in modules for name in held.get(module, ())} - {"ruwang"}
    assert set(COME_ALONG.values()) <= used
    assert used - set(COME_ALONG) | UNSEEN == {normal(name) for name in RUNS}


def test_every_version_has_an_upper_end_or_is_a_table_of_data() -> None:
    open_ended = {each.name for each in declared()[0] if "<" not in each.versions}
    assert open_ended == {"tzdata"}


@pytest.mark.parametrize(
    ("lock", "held"),
    [
        ("requirements-run.lock", {*RUNS} - {"distributed"}),
        ("requirements.lock", {*RUNS, *DEVELOPS}),
        ("requirements-tools.lock", {*TOOLS}),
    ],
)
def test_every_locked_version_has_its_hashes(lock: str, held: set[str]) -> None:
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / lock).read_text("utf-8"))
    locked = [block for block in blocks if "==" in block.splitlines()[0]]
    assert {normal(name) for name in held} <= {normal(re.split(r"[\[=]", block)[0]) for block in locked}
    assert [block.splitlines()[0] for block in locked if "--hash=sha256:" not in block] == []


def test_the_page_of_dependencies_is_what_is_so_and_each_licence_is_known() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make docs"
    assert [each.name for each in declared()[0] if licence(each.name) == "?"] == []


def test_a_known_fault_is_named_with_the_version_that_mends_it_and_stops_the_check() -> None:
    ill = {"name": "jinja2", "version": "3.1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"]}]}
    well = {"name": "click", "version": "8.3.0", "vulns": []}
    code, said = judge({"dependencies": [ill, well, {"name": "ours", "skip_reason": "not on PyPI"}]})
    assert code == 1
    assert said.splitlines() == [
        "jinja2 3.1.0: PYSEC-1, mended in 3.1.6",
        "audit: 2 packages asked about, 1 faults known, 1 could not be asked about",
    ]


def test_where_nobody_can_be_asked_it_is_said_and_the_check_goes_on() -> None:
    code, said = judge({"dependencies": [{"name": "click", "skip_reason": "not found"}]})
    assert (code, said) == (0, "audit skipped: nobody here knows any of 1 packages")
