"""The dependencies as ``pyproject.toml`` declares them, their licences as they are installed, and the page of both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from tests.supply.reasons import DEVELOPS, RUNS, TOOLS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "dependencies.md"
_NAME = re.compile(r"([A-Za-z0-9._-]+)(\[[^]]*\])?(.*)")
_SHORT = {
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}


@dataclass(frozen=True, slots=True)
class Dependency:
    """One line of ``pyproject.toml``."""

    name: str
    versions: str


def declared() -> tuple[list[Dependency], list[Dependency], list[Dependency]]:
    """Return what a run needs, what those need who work on it, and the tools that are installed when they are called."""
    held = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = held["project"]["optional-dependencies"].values()
    runs = [*held["project"]["dependencies"], *(each for extra in extras for each in extra)]
    groups = held["dependency-groups"]
    develops = [*(each for each in groups["dev"] if isinstance(each, str)), *groups["build"]]
    return list(map(_parse, runs)), list(map(_parse, develops)), list(map(_parse, groups["tools"]))


def _parse(line: str) -> Dependency:
    found = _NAME.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return Dependency(found[1], found[3])


def licence(name: str) -> str:
    """Return the licence of an installed package, as short as it can be said; "?" when it does not say."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return "?"
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [str(each).rpartition(" :: ")[2] for each in about.get_all("Classifier") or ()]
    known = [_SHORT[each] for each in classifiers if each in _SHORT]
    if known:
        return known[0]
    return (str(about.get("License") or "").strip().splitlines() or ["?"])[0]


def page() -> str:
    """Return the page of dependencies."""
    runs, develops, tools = declared()
    return "\n".join(
        [
            "# Dependencies",
            "",
            "Written by `make docs` from `pyproject.toml`, `tests/supply/reasons.py` and what the packages say of themselves.",
            "Versions are locked with hashes (`make lock`): in `requirements-run.lock` what a run needs, in `requirements.lock` that and",
            "what those need who work on it; `make check` asks whether anything ill is known of them. A dependency without a reason, or that nothing imports, fails the tests.",
            "",
            "## Of a run",
            "",
            *_table(runs, RUNS),
            "",
            "## Of those who work on it",
            "",
            *_table(develops, DEVELOPS),
            "",
            "Installed only when they are called, from `requirements-tools.lock`:",
            "",
            *(f"- {each.name} {each.versions}: {TOOLS.get(each.name, '')}" for each in tools),
            "",
        ]
    )


def _table(dependencies: list[Dependency], reasons: Mapping[str, str]) -> Iterator[str]:
    yield "| package | versions | licence | reason |"
    yield "|---|---|---|---|"
    for each in dependencies:
        yield f"| {each.name} | {each.versions} | {licence(each.name)} | {reasons.get(each.name, '')} |"
