"""A register of suspected pairs: opened, renewed, asked again, closed with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

import pytest

from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.roster import Area, Roster
from pipeline.merge.keep_pairs import KeepPairs, KeyPair, PairChanges
from schemas.language import Language, Localized
from tests.merge.boats import BOATS, PAIRS, TODAY, TWINS, boat, both

ROSTER = Roster(TODAY, areas={"n": Area("n", "北港"), "s": Area("s", "南港")})
ONE = replace(boat("7", boat_name="海燕", owner_card="C1"), area="n")
OTHER = replace(boat("8", boat_name="海雁"), area="s")
CARD, NAME = both("证号相同"), both("船名相近")
PAIR: KeyPair = ("7", "8")


def keeper(language: Language = "zh") -> KeepPairs:
    return KeepPairs(TWINS, PAIRS, BOATS, ROSTER, count(1), TODAY, 5, language)


def settle(
    pair: RecordState | None,
    *evidence: Localized,
    boats: Sequence[RecordState] = (ONE, OTHER),
    language: Language = "zh",
) -> PairChanges:
    standing = {pair.key: pair} if pair else {}
    return keeper(language).settle(standing, {PAIR: evidence}, {each.key: each for each in boats})


def opened(state: str = "asked", *evidence: Localized, **values: str | None) -> RecordState:
    """A pair as it was opened, then led to *state*."""
    (event,) = settle(None, *(evidence or (CARD,))).events
    return replace(apply(None, replace(event, values={**event.values, **values})), state=state)


def only(kept: PairChanges) -> Event:
    (event,) = kept.events
    assert list(kept.entries) == [event.key]
    return event


def changed(event: Event) -> tuple[str, Mapping[str, object], Mapping[str, object]]:
    return event.state, event.values, event.before


def test_a_suspicion_opens_a_pair_that_shows_both_side_by_side() -> None:
    kept = settle(None, CARD, NAME)

    assert only(kept) == Event(
        register="twins",
        key="7-8",
        form="",
        values={
            "pair_no": "7-8",
            "first_no": "7",
            "second_no": "8",
            "first_card": "C1",
            "pair_name": "海燕 / 海雁",
            "pair_harbour": "南港",
            "evidence": "证号相同；船名相近",
        },
        cells={},
        before={},
        state="asked",
        on=TODAY,
        opens=True,
        number=1,
        run=5,
    )
    entry = kept.entries["7-8"]
    assert (entry.state, entry.since, entry.values["pair_name"]) == ("asked", TODAY, "海燕 / 海雁")
    assert keeper().pair(entry) == PAIR


def test_the_evidence_is_in_the_language_of_the_office() -> None:
    assert only(settle(None, CARD, NAME, language="en")).values["evidence"] == "en:证号相同；en:船名相近"


def test_a_boat_without_a_name_is_called_by_its_number_and_one_without_an_area_by_the_other_s() -> None:
    event = only(settle(None, CARD, boats=(ONE, boat("8"))))
    assert (event.values["pair_name"], event.values["pair_harbour"]) == ("海燕 / 8", "北港")
    assert "pair_harbour" not in only(settle(None, CARD, boats=(boat("7"), boat("8")))).values


def test_one_pair_has_one_key_whichever_comes_first() -> None:
    assert keeper().key(("8", "7")) == keeper().key(PAIR) == "7-8"


def test_pairs_are_taken_in_the_order_of_their_keys_and_numbered_so() -> None:
    boats = {key: boat(key) for key in ("6", "7", "8")}

    kept = keeper().settle({}, {("7", "8"): [CARD], ("6", "8"): [], ("6", "7"): [CARD]}, boats)

    assert [(event.key, event.number) for event in kept.events] == [("6-7", 1), ("7-8", 2)]


@pytest.mark.parametrize("state", ["", "gone", "merged"])
@pytest.mark.parametrize(("second", "said"), [(OTHER, ()), (replace(OTHER, state="broken"), (CARD,))])
def test_nothing_is_opened_that_nothing_speaks_for_or_that_is_settled(
    state: str, second: RecordState, said: Sequence[Localized]
) -> None:
    pair = opened(state) if state else None
    assert settle(pair, *said, boats=(ONE, second)).events == []


@pytest.mark.parametrize("state", ["gone", "merged"])
def test_a_pair_that_had_settled_itself_is_asked_again_when_something_speaks_for_it(state: str) -> None:
    event = only(settle(opened(state, outcome="资料更正后已无相同之处"), CARD))

    assert changed(event) == ("asked", {"outcome": None}, {"outcome": "资料更正后已无相同之处"})
    assert not event.opens


def test_a_waiting_pair_is_renewed_where_something_changed_and_left_alone_otherwise() -> None:
    pair = opened()
    assert settle(pair, CARD).events == []

    renamed = only(settle(pair, CARD, boats=(ONE, replace(OTHER, values={**OTHER.values, "boat_name": "海鸥"}))))
    assert changed(renamed) == ("", {"pair_name": "海燕 / 海鸥"}, {"pair_name": "海燕 / 海雁"})

    more = only(settle(pair, CARD, NAME))
    assert changed(more) == ("", {"evidence": "证号相同；船名相近"}, {"evidence": "证号相同"})
    assert (more.reason, more.opens) == (None, False)


@pytest.mark.parametrize(
    ("boats", "said", "outcome"),
    [
        ((ONE, OTHER), (), "资料更正后已无相同之处"),
        ((ONE, replace(OTHER, state="broken")), (CARD,), "8 现为“已拆解”"),
        ((replace(ONE, state="broken"), replace(OTHER, state="renewed")), (CARD,), "7 现为“已拆解”"),
        ((ONE,), (CARD,), "8 已不在台账中"),
        ((OTHER,), (CARD,), "7 已不在台账中"),
        ((ONE, replace(OTHER, values={"previous_no": "7"})), (CARD,), "两个编号前后相承，是同一户换证"),
        ((replace(ONE, values={"next_no": "8"}), OTHER), (CARD,), "两个编号前后相承，是同一户换证"),
    ],
)
def test_a_waiting_pair_that_is_settled_is_closed_and_says_why(
    boats: Sequence[RecordState], said: Sequence[Localized], outcome: str
) -> None:
    assert changed(only(settle(opened(), *said, boats=boats))) == ("gone", {"outcome": outcome}, {})


@pytest.mark.parametrize(
    ("boats", "outcome"),
    [
        ((ONE, replace(OTHER, state="broken")), "8 is “en:已拆解”"),
        ((ONE,), "8 is no longer in the register"),
        ((ONE, replace(OTHER, values={"previous_no": "7"})), "One of them follows the other: a renewal"),
        ((ONE, OTHER), "After a correction nothing speaks for it any more"),
    ],
)
def test_the_reason_is_given_in_english_too(boats: Sequence[RecordState], outcome: str) -> None:
    assert only(settle(opened(), boats=boats, language="en")).values == {"outcome": outcome}


def test_two_that_are_the_same_wait_until_one_of_them_is_closed() -> None:
    same = opened("same")
    assert settle(same).events == []
    assert settle(same, CARD, NAME).events == []

    merged = only(settle(same, CARD, boats=(ONE, replace(OTHER, state="broken"))))
    assert changed(merged) == ("merged", {"outcome": "8 现为“已拆解”"}, {})


def test_an_answer_stands_until_something_new_speaks_against_it() -> None:
    different = opened("different", CARD)
    assert settle(different, CARD).events == []
    assert settle(different).events == []
    assert settle(different, NAME, boats=(ONE, replace(OTHER, state="broken"))).events == []

    again = only(settle(different, CARD, NAME))
    assert changed(again) == ("asked", {"evidence": "证号相同；船名相近"}, {"evidence": "证号相同"})
    assert again.reason == "又有新的依据：船名相近"
    assert only(settle(different, NAME, both("泊位相同"), language="en")).reason == (
        "More speaks for it than before: en:船名相近；en:泊位相同"
    )


def test_what_was_known_in_the_other_language_is_nothing_new() -> None:
    assert settle(opened("different", CARD), CARD, language="en").events == []
    assert settle(opened("different", evidence="en:证号相同"), CARD).events == []
    assert only(settle(opened("different", evidence=None), CARD)).reason == "又有新的依据：证号相同"


def test_records_that_are_closed_or_follow_each_other_are_no_suspicion() -> None:
    unlike = keeper().unlike
    assert not unlike(ONE, OTHER)
    assert unlike(replace(ONE, state="broken"), OTHER) and unlike(ONE, replace(OTHER, state="broken"))
    assert not unlike(replace(ONE, state="unheard of"), replace(OTHER, values={"previous_no": "9"}))
    for link in ("previous_no", "next_no"):
        assert unlike(replace(ONE, values={link: "8"}), OTHER) and unlike(ONE, replace(OTHER, values={link: "7"}))


def test_a_register_without_renewals_links_nothing() -> None:
    plain = replace(keeper(), register=replace(BOATS, renewal=None))
    assert not plain.unlike(ONE, replace(OTHER, values={"previous_no": "7"}))


def test_an_answer_stands_while_each_thing_that_spoke_for_it_still_does() -> None:
    pair = opened("different", CARD, NAME)
    assert settle(pair, CARD, NAME).events == settle(pair, NAME).events == []
    assert settle(opened("different"), CARD, NAME).events != []


def test_a_pair_that_is_renewed_keeps_what_was_not_said_anew() -> None:
    kept = settle(opened(), CARD, NAME)
    entry = kept.entries["7-8"]
    assert (entry.state, entry.values["pair_name"], entry.values["evidence"]) == (
        "asked",
        "海燕 / 海雁",
        "证号相同；船名相近",
    )
