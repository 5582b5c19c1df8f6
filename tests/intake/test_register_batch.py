"""What the program does because of a row belongs to the row's own event wherever one event can bear both."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.intake.triggers import RegisterBatch
from tests.tools.shop import SHOPS, TODAY

YESTERDAY = TODAY.replace(day=1)
ROW = Event("shops", "7", "opening", {"shop_no": "7"}, {}, {}, state="new", on=TODAY, number=5, run=1)
LED_ON = Event(
    "shops", "7", "", {}, {}, {}, state="to_look", owner="K1", area="1", due=TODAY, why="北镇", on=TODAY, run=1
)


def batch_after(row: Event, held: RecordState | None = None) -> RegisterBatch:
    batch = RegisterBatch(SHOPS, count(9), held={held.key: held} if held else {})
    entry = fold([row], held)
    assert entry is not None
    batch.take([row], {row.key: entry})
    return batch


def test_what_follows_from_a_row_at_once_belongs_to_the_row_s_own_event() -> None:
    batch = batch_after(ROW)

    after = batch.follow(batch.changed["7"], LED_ON)

    (event,) = batch.events
    assert (event.number, event.form, event.state, event.owner, event.why) == (5, "opening", "to_look", "K1", "北镇")
    assert after == batch.changed["7"] == fold(batch.events)


def test_a_record_led_out_of_a_state_and_back_keeps_both_steps() -> None:
    held = RecordState("shops", "7", {"shop_no": "7"}, state="to_look", since=YESTERDAY, owner="K2", due=YESTERDAY)
    batch = batch_after(replace(ROW, form="look", values={"shop_note": "好"}), held)

    batch.follow(batch.changed["7"], LED_ON)

    assert [(event.number, event.form, event.state) for event in batch.events] == [
        (5, "look", "new"),
        (9, "", "to_look"),
    ]
    entry = batch.changed["7"]
    assert (entry.state, entry.since, entry.owner, entry.values["shop_note"]) == ("to_look", TODAY, "K1", "好")
    assert entry == fold(batch.events, held)


def test_why_a_record_was_opened_is_not_lost_to_why_somebody_has_it() -> None:
    batch = RegisterBatch(SHOPS, count(9))
    opened = batch.follow(None, replace(ROW, form="", number=0, opens=True, why="巡检发现异常"))

    batch.follow(opened, LED_ON)

    assert [(event.number, event.why) for event in batch.events] == [(9, "巡检发现异常"), (10, "北镇")]
    assert batch.changed["7"].why == "北镇"
    assert batch.changed["7"] == fold(batch.events)


def test_what_a_changed_field_held_is_what_stood_before_the_row() -> None:
    held = RecordState("shops", "7", {"shop_no": "7", "shop_title": "甲店"}, state="to_look", since=YESTERDAY)
    row = replace(ROW, state="", values={"shop_note": "好"}, before={})
    batch = batch_after(row, held)

    batch.follow(
        batch.changed["7"],
        replace(
            LED_ON, values={"shop_note": "差", "shop_title": "乙店"}, before={"shop_note": "好", "shop_title": "甲店"}
        ),
    )

    (event,) = batch.events
    assert (event.values, event.before) == ({"shop_note": "差", "shop_title": "乙店"}, {"shop_title": "甲店"})
