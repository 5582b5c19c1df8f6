from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from pipeline.domain.due import OverdueRule
from pipeline.domain.partition import PartitionRange
from pipeline.domain.place import Place
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import GroupBy, InMemoryRecords, RecordSet, by_key
from pipeline.outside.ledger import open_ledger

TODAY = date(2026, 11, 23)
LATE = OverdueRule(datetime.combine(TODAY, time(10)))
STATES = ("new", "done", "gone")
WANTED = ("name", "tel")


def entries(count: int = 300) -> list[RecordState]:
    """Records with all that one may lack: a value, an owner, an area, a day."""
    dice = random.Random(7)
    return [
        RecordState(
            "shops",
            f"{number:04}",
            {
                code: value
                for code, value in (
                    ("name", f"店'{number}"),
                    ("tel", "139"),
                    ("kind", dice.choice(("甲", "乙", "丙"))),
                    ("grade", dice.randint(1, 3)),
                    ("until", (TODAY + timedelta(dice.randint(-5, 60))).isoformat()),
                )
                if dice.random() < 0.8
            },
            state=dice.choice(STATES),
            since=dice.choice((None, TODAY)),
            due=dice.choice((None, TODAY + timedelta(dice.randint(-3, 3)))),
            owner=dice.choice(("", "K1", "K2")),
            area=dice.choice(("", "1", "2")),
            why="北镇",
            source=Place("甲.xlsx", "表1", f"A{number}"),
            notes=dice.choice(({}, {"门头": "红"})),
            version=number,
        )
        for number in dice.sample(range(9000), count)
    ]


@pytest.fixture(params=["read", "written just now"])
def rolls(ledger_url: str, request: pytest.FixtureRequest) -> Iterator[tuple[RecordSet, InMemoryRecords]]:
    """The same records as the ledger gives them, and in memory."""
    held = entries()
    other = RecordState(
        "towns", "0001", {"name": "镇", "tel": "1"}, state="new", owner="K1", area="1", due=date(2026, 1, 1)
    )
    ledger = open_ledger(ledger_url)
    with ledger.transaction() as uow:
        uow.records.put([*held, other])
        if request.param == "written just now":
            yield uow.records.of_register("shops"), InMemoryRecords(dict(sorted(by_key(held).items())))
    if request.param == "read":
        with ledger.transaction() as uow:
            yield uow.records.of_register("shops"), InMemoryRecords(dict(sorted(by_key(held).items())))
    ledger.close()


def test_records_come_as_they_were_in_key_order_as_often_as_asked(rolls: tuple[RecordSet, InMemoryRecords]) -> None:
    record_set, held = rolls
    assert list(record_set.each()) == list(record_set.each()) == list(held.each())
    assert (len(record_set), list(record_set)) == (300, list(held))
    some = next(iter(held))
    assert record_set.get(some) == held[some]
    assert record_set.get("none") is None


@pytest.mark.parametrize("states", [(), ("new",), ("new", "gone", "unheard of")])
def test_records_in_states(rolls: tuple[RecordSet, InMemoryRecords], states: tuple[str, ...]) -> None:
    record_set, held = rolls
    assert list(record_set.standing_in(states)) == list(held.standing_in(states))


def test_a_version_tells_records_from_others(rolls: tuple[RecordSet, InMemoryRecords]) -> None:
    record_set, held = rolls
    for states in (None, (), ("new",)):
        assert record_set.version(states) == held.version(states)
    assert len({record_set.version(states) for states in (None, (), ("new",), ("new", "done"))}) == 4


def test_what_the_ledger_counts_is_what_there_is_most_first(rolls: tuple[RecordSet, InMemoryRecords]) -> None:
    record_set, held = rolls
    standings: tuple[GroupBy, ...] = ("state", "owner", "area")
    for states in (None, (), ("new", "done")):
        for standing in standings:
            ours = record_set.count(standing, states, LATE)
            assert list(ours.items()) == list(held.count(standing, states, LATE).items())
    assert record_set.count("owner", overdue=LATE)["K1"].late > 0


def test_values_are_counted_of_several_fields_at_once(rolls: tuple[RecordSet, InMemoryRecords]) -> None:
    record_set, held = rolls
    ours = record_set.count_values(("kind", "grade", "name", "nobody asks this"))
    for field, counted in ours.items():
        (alone,) = held.count_values((field,)).values()
        assert list(counted.items()) == list(alone.items())
        assert sum(each.records for each in counted.values()) == 300
    assert list(ours) == ["kind", "grade", "name", "nobody asks this"]
    assert set(ours["grade"]) == {"1", "2", "3", ""}
    assert record_set.count_values(()) == held.count_values(()) == {}


def test_what_is_late_lapses_or_lacks_something(rolls: tuple[RecordSet, InMemoryRecords]) -> None:
    record_set, held = rolls
    assert record_set.days_due(TODAY) == held.days_due(TODAY) == {TODAY - timedelta(days) for days in (1, 2, 3)}
    for closed, wanted in itertools.product([(), ("gone",)], [(), ("name",), WANTED]):
        assert list(record_set.lacking(closed, wanted)) == list(held.lacking(closed, wanted))
        expiring = list(record_set.expiring(closed, "until", TODAY + timedelta(30)))
        assert expiring == list(held.expiring(closed, "until", TODAY + timedelta(30)))
        assert 0 < len(expiring) < 300


@pytest.mark.parametrize(
    "extent",
    [
        PartitionRange("1"),
        PartitionRange(""),
        PartitionRange("2", "3000"),
        PartitionRange("2", "", "3000"),
        PartitionRange("1", "2000", "7000"),
        PartitionRange("9"),
    ],
)
def test_the_records_of_a_part_of_the_master(rolls: tuple[RecordSet, InMemoryRecords], extent: PartitionRange) -> None:
    record_set, held = rolls
    part = record_set.within(extent)
    expected = [
        each for each in held.each() if each.area == extent.area and extent.first <= each.key <= (extent.last or "9999")
    ]
    assert list(part.each()) == expected == list(held.within(extent).each())
    assert (len(part), part.version()[0], list(part)) == (len(expected), len(expected), [each.key for each in expected])
    assert list(part.standing_in(["new"])) == [each for each in expected if each.state == "new"]
    assert sum(each.records for each in part.count_values(["kind"])["kind"].values()) == len(expected)


def test_one_field_of_all_records_is_read_as_text(ledger_url: str) -> None:
    held = entries(50)
    ledger = open_ledger(ledger_url)
    with ledger.transaction() as uow:
        uow.records.put([*held, RecordState("towns", "0001", {"name": "镇"})])
    with ledger.transaction() as uow:
        for code in ("name", "grade", "nothing"):
            assert uow.records.column("shops", code) == {each.key: str(each.values.get(code, "")) for each in held}
        assert uow.records.column("streets", "name") == {}
    ledger.close()
