"""Which records are suspected to be one, and how one leads to the other without comparing all."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.merge.find_duplicates import FindDuplicates
from schemas.language import CombinedMatch, DuplicateRule, Field, FieldRole, Form, Kind, Register, Values
from tests.tools.shop import words

FORM = Form(
    "house",
    words("住户表"),
    (
        Field("no", words("编号"), Kind.CODE, key=True),
        Field("name", words("名称"), means=FieldRole.TITLE),
        Field("place", words("地址"), means=FieldRole.ADDRESS),
        Field("tel", words("电话"), Kind.PHONE),
        Field("card", words("证号"), Kind.CODE),
    ),
    "",
)
HOUSES = Register("houses", words("住户"), (FORM,))
DECLARED = DuplicateRule(exact=("card", "tel"), combined=(CombinedMatch(("name", "place"), 2, weak=("超市", "商店")),))
SUSPECT = FindDuplicates(HOUSES, DECLARED)
HERE = {"no": "1", "name": "惠民超市", "place": "北镇周窝村12号", "tel": "13900000001", "card": "X1"}


def judged(one: Values, other: Values) -> tuple[bool, list[str]]:
    """Whether the two meet by a trait, and what speaks for their being one."""
    finder = FindDuplicates(HOUSES, DECLARED)
    mine, theirs = finder.profile(one), finder.profile(other)
    meet = not set.union(*finder.blocking_keys(mine)).isdisjoint(set.union(*finder.blocking_keys(theirs)))
    return meet, [each.zh for each in finder.evidence(mine, theirs)]


@pytest.mark.parametrize(
    ("other", "evidence"),
    [
        ({"card": "X1"}, ["证号相同"]),
        ({"card": "x1"}, ["证号相同"]),
        ({"tel": "13900000001"}, ["电话相同"]),
        ({"name": "利民超市", "place": "南镇3号", "tel": "13900000001"}, ["电话相同"]),  # two shops of one owner
        ({"name": "惠民商店", "place": "周窝村12号"}, ["名称相近", "地址相近"]),
        ({"name": "惠民超市（南店）", "place": "北镇周窝村12号"}, ["名称相近", "地址相同"]),
        ({"name": "惠民超市", "place": "北镇周窝村十二号"}, ["名称相同", "地址相近"]),
        (HERE, ["证号相同", "电话相同", "名称相同", "地址相同"]),
    ],
)
def test_what_speaks_for_two_records_being_one_is_said_and_leads_to_them(other: Values, evidence: list[str]) -> None:
    assert judged(HERE, other) == (True, evidence)
    assert judged(other, HERE) == (True, evidence)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"name": "惠民超市"},
        {"name": "惠民超市", "place": "周窝村13号"},
        {"name": "惠民超市", "place": "南镇周窝村12号"},
        {"name": "利民超市", "place": "周窝村12号"},
        {"tel": "13900000011", "card": "X11"},
        {"name": "13900000001", "place": "X1"},  # the same text in another field
    ],
)
def test_a_name_or_an_address_alone_or_another_number_is_no_suspicion(other: Values) -> None:
    assert judged(HERE, other)[1] == []


def test_blank_fields_are_never_equal() -> None:
    assert judged({"no": "1"}, {"no": "2"}) == (False, [])
    assert judged({"tel": "", "card": None}, {"tel": "", "card": None}) == (False, [])


def test_traits_are_the_same_in_every_process_and_fit_a_database() -> None:
    ask = "from tests.merge.test_find_duplicates import *; print(*map(sorted, SUSPECT.blocking_keys(SUSPECT.profile(HERE))))"
    said = {
        subprocess.run(
            [sys.executable, "-c", ask], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    exact, combined = SUSPECT.blocking_keys(SUSPECT.profile(HERE))
    assert said == {f"{sorted(exact)} {sorted(combined)}\n".encode()}
    assert all(0 <= trait < 2**63 for trait in exact | combined)
