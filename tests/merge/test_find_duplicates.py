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


def found(rule: DuplicateRule, one: Values, other: Values) -> tuple[bool, list[str]]:
    """The same by another rule."""
    finder = FindDuplicates(HOUSES, rule)
    mine, theirs = finder.profile(one), finder.profile(other)
    meet = not set.union(*finder.blocking_keys(mine)).isdisjoint(set.union(*finder.blocking_keys(theirs)))
    return meet, [each.zh for each in finder.evidence(mine, theirs)]


def test_a_number_that_tells_only_beside_a_name_is_compared_as_it_is() -> None:
    rule = DuplicateRule(combined=(CombinedMatch(("name", "tel"), 2),))
    assert found(rule, HERE, {"name": "惠民超市", "tel": HERE["tel"]}) == (True, ["名称相同", "电话相同"])
    assert found(rule, HERE, {"name": "惠民超市", "tel": "13900000002"}) == (False, [])
    assert found(rule, HERE, {"name": "惠民超市"}) == (False, [])


def test_a_name_that_tells_alone_is_compared_sign_for_sign() -> None:
    rule = DuplicateRule(exact=("name",), combined=(CombinedMatch(("name", "place"), 2),))
    assert found(rule, HERE, {"name": "惠民 超市"}) == (True, ["名称相同"])
    assert found(rule, HERE, {"name": "惠民超市（南店）"})[1] == []


def test_an_address_is_read_as_one_and_a_name_is_not() -> None:
    rule = DuplicateRule(combined=(CombinedMatch(("name", "place"), 1),))
    assert found(rule, {"place": "武强县北代镇皇甫村供销社"}, {"place": "武强县街关镇皇甫村供销社"})[1] == []
    assert found(rule, {"name": "武强县北代镇皇甫村供销社"}, {"name": "武强县北关镇皇甫村供销社"})[1] == ["名称相近"]


def test_of_three_that_must_be_alike_any_two_lead_to_each_other() -> None:
    """A short address need share no piece with a long one that begins with it."""
    rule = DuplicateRule(combined=(CombinedMatch(("name", "place", "tel"), 3),))
    one = {**HERE, "place": "皇甫村供销社后面第三排平房"}
    for short in ("皇甫", "皇甫村", "皇甫村供"):
        other = {**HERE, "place": f"{short}3号"}
        assert found(rule, one, other) == (True, ["名称相同", "地址相近", "电话相同"]), short


def test_half_a_sign_in_a_text_is_compared_like_any_other() -> None:
    broken = {"name": "惠民\ud83d超市", "place": "北镇周窝村12号", "card": "X\ud83d"}
    assert judged(broken, broken) == (True, ["证号相同", "名称相同", "地址相同"])
