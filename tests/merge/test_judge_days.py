"""Days of steps: none before that of the step it answers, none after that of one that answers it, none before its period."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, RecordState
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.judge_against import judge_against
from pipeline.merge.judge_days import is_before, judge_days
from pipeline.merge.judge_period import judge_period
from pipeline.merge.match_records import Merge
from schemas.language import (
    Against,
    Catalogue,
    Comparison,
    Every,
    Field,
    FieldRole,
    Form,
    Kind,
    Procedure,
    Recurring,
    Register,
    Stage,
    State,
    Transition,
)
from tests.merge.boats import KEY, NAME, TODAY, boat, both, options, row

ENTERED = Form(
    "entered", both("登记表"), (KEY, NAME, Field("came_on", both("来的日期"), Kind.DATE, means=FieldRole.CAME_ON)), ""
)
LOOKED = Form(
    "looked",
    both("检验表"),
    (
        KEY,
        Field("looked_on", both("检验日期"), Kind.DATE, means=FieldRole.DONE_ON),
        Field("flaw", both("缺陷"), means=FieldRole.REASON),
    ),
    "",
)
MENDED = Form(
    "mended", both("修理表"), (KEY, Field("mended_on", both("修理时间"), Kind.MOMENT, means=FieldRole.DONE_ON)), ""
)
CHECKED = Form(
    "checked", both("验收表"), (KEY, Field("checked_on", both("验收日期"), Kind.DATE, means=FieldRole.DONE_ON)), ""
)
NOTED = Form(
    "noted", both("备忘表"), (KEY, Field("noted_on", both("备忘日期"), Kind.DATE, means=FieldRole.DONE_ON)), ""
)
FORMS = (ENTERED, LOOKED, MENDED, CHECKED, NOTED)
YARD = Register(
    "boats",
    both("船舶"),
    FORMS,
    states=tuple(State(code, both(code)) for code in ("to_look", "to_mend", "to_check", "done")),
    stages=(
        Stage("enter", both("登记"), "clerk", "entered", transitions=(Transition("to_look"),)),
        Stage("note", both("备忘"), "clerk", "noted", ad_hoc=True),
        Stage("look", both("检验"), "clerk", "looked", "to_look", transitions=(Transition("to_mend"),)),
        Stage("mend", both("修理"), "clerk", "mended", "to_mend", transitions=(Transition("to_check"),)),
        Stage("check", both("验收"), "clerk", "checked", "to_check", transitions=(Transition("done"), Transition("to_mend", back=True))),
    ),
)  # fmt: skip
PRICE = Field("price", both("实付"), Kind.INTEGER)
HELD = (
    Field("agreed", both("应付"), Kind.INTEGER),
    Field("asked_on", both("申请日期"), Kind.DATE),
    Field("clerk", both("申请人")),
)
PAID = Form(
    "paid",
    both("付款表"),
    (
        KEY,
        PRICE,
        Field("paid_on", both("付款日期"), Kind.DATE),
        Field("payer", both("付款人")),
        Field("how", both("方式"), Kind.CHOICE, options=options(cash="现金", bank="转账")),
    ),
    "",
)
ACCOUNTS = replace(YARD, code="accounts", forms=(replace(ENTERED, fields=(*ENTERED.fields, *HELD)), PAID))
RULES = Rulebook(Catalogue((Procedure("yard", both("船厂"), (YARD, ACCOUNTS)),)))
MADE = EventFactory("boats", TODAY, 1)


def step(form: str, number: int, state: str, **values: Any) -> Event:
    return replace(MADE.by_program("7", boat(), values, state=state, number=number), form=form)


def told(form: Form, entry: RecordState | None, *life: Event, register: Register = YARD, **values: Any) -> str:
    found = judge_days(register, form, row(form, 5, "7", **values), entry, lambda key: life if key == "7" else ())
    return worded(found)


def worded(found: Finding | None) -> str:
    return "" if found is None else f"{found.cell} {RULES.word(found, 'zh').sentence}"


def test_a_step_is_not_done_before_the_one_it_answers() -> None:
    stands = boat(state="to_look", came_on="2026-11-05")
    assert told(LOOKED, stands, looked_on="2026-11-04") == "B5 检验日期“2026-11-04”早于来的日期“2026-11-05”，先后不对"
    assert told(LOOKED, stands, looked_on="2026-11-05") == ""
    assert told(LOOKED, stands, looked_on="2026-11-06") == ""


def test_the_latest_of_several_days_is_named_that_it_comes_before() -> None:
    stands = boat(state="to_mend", came_on="2026-11-03", looked_on="2026-11-05")
    assert told(MENDED, stands, mended_on="2026-11-02") == "B5 修理时间“2026-11-02”早于检验日期“2026-11-05”，先后不对"


def test_a_day_that_is_left_blank_hides_none_after_it() -> None:
    asked = Field("asked_on", both("报来日期"), Kind.DATE, means=FieldRole.CAME_ON)
    twice = replace(LOOKED, fields=(KEY, asked, *LOOKED.fields[1:]))
    register = replace(YARD, forms=tuple(twice if each is LOOKED else each for each in FORMS))
    stands = boat(state="to_look", came_on="2026-11-05")
    said = told(twice, stands, register=register, looked_on="2026-11-04")
    assert said == "C5 检验日期“2026-11-04”早于来的日期“2026-11-05”，先后不对"


def test_days_that_are_not_known_contradict_nothing() -> None:
    assert told(LOOKED, None, looked_on="2026-11-04") == ""
    assert told(LOOKED, boat(state="to_look"), looked_on="2026-11-04") == ""
    assert told(LOOKED, boat(state="to_look", came_on="2026-11-05")) == ""


def test_what_is_done_at_any_time_holds_up_no_step_and_is_not_done_before_it_came_up() -> None:
    stands = boat(state="to_look", noted_on="2026-11-09", came_on="2026-11-05")
    assert told(LOOKED, stands, looked_on="2026-11-06") == ""
    assert told(NOTED, stands, noted_on="2026-11-05") == ""
    assert told(NOTED, stands, noted_on="2026-11-01") == "B5 备忘日期“2026-11-01”早于来的日期“2026-11-05”，先后不对"


def test_a_step_sent_back_is_not_done_before_that() -> None:
    stands = boat(state="to_mend", came_on="2026-11-01", looked_on="2026-11-02", checked_on="2026-11-06")
    sent_back = step("checked", 4, "to_mend")
    assert told(MENDED, stands, mended_on="2026-11-05") == "", "nothing has sent it back"
    assert (
        told(MENDED, stands, sent_back, mended_on="2026-11-05")
        == "B5 修理时间“2026-11-05”早于验收日期“2026-11-06”，先后不对"
    )
    # what was only noted since, or kept its state, did not send it back
    said = (sent_back, step("noted", 5, "to_mend"), step("looked", 6, ""))
    assert told(MENDED, stands, *said, mended_on="2026-11-05").endswith("早于验收日期“2026-11-06”，先后不对")


def test_the_day_of_registration_is_not_put_after_a_step_that_is_done() -> None:
    stands = boat(
        state="done", came_on="2026-11-01", looked_on="2026-11-04", mended_on="2026-11-03T09:00", noted_on="2026-11-01"
    )
    assert (
        told(ENTERED, stands, came_on="2026-11-05")
        == "C5 来的日期“2026-11-05”晚于已办的修理时间“2026-11-03 09:00”，先后不对"
    )
    assert told(ENTERED, stands, came_on="2026-11-03") == ""
    assert (
        told(ENTERED, replace(stands, values={**stands.values, "came_on": "2026-11-08"}), came_on="2026-11-08") == ""
    ), "it stood so before"


def test_a_step_that_is_due_again_is_not_done_before_its_last_time() -> None:
    stands = boat(state="to_look", came_on="2026-11-01", looked_on="2026-11-10")
    before = step("looked", 3, "to_look")
    assert (
        told(LOOKED, stands, before, looked_on="2026-11-09")
        == "B5 检验日期“2026-11-09”早于上次的检验日期“2026-11-10”，先后不对"
    )
    assert told(LOOKED, stands, before, looked_on="2026-11-10") == ""
    assert told(LOOKED, stands, looked_on="2026-11-09") == "", "it was never done"
    back = replace(step("checked", 4, "to_look"), reason="缺陷")
    assert told(LOOKED, stands, before, back, looked_on="2026-11-09") == "", "sent back: it is mended"
    elsewhere = replace(stands, state="to_mend")
    assert told(LOOKED, elsewhere, before, looked_on="2026-11-09") == "", "it is not due"


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2026-11-02", "2026-11-03", True),
        ("2026-11-03", "2026-11-03", False),
        ("2026-11-03T08:00", "2026-11-03", False),
        ("2026-11-03", "2026-11-03T08:00", False),
        ("2026-11-02T23:59", "2026-11-03", True),
        ("2026-11-03T08:00", "2026-11-03T08:01", True),
        ("2026-11-03T08:01", "2026-11-03T08:00", False),
    ],
)
def test_days_are_compared_by_the_day_and_moments_to_the_minute(one: str, other: str, before: bool) -> None:
    assert is_before(one, other) is before


def weekly(**about: Any) -> Register:
    duty = Recurring(Every.WEEK, "clerk", "look_by", "W-{due}", values=(("boat_name", "周检"),), **about)
    due = Field("look_by", both("应办日期"), Kind.DATE)
    return replace(YARD, forms=(replace(ENTERED, fields=(*ENTERED.fields, due)), *FORMS[1:]), recurs=(duty,))


def too_early(register: Register, entry: RecordState | None, form: Form = LOOKED, **values: Any) -> str:
    return worded(judge_period(register, form, row(form, 5, "7", **values), entry))


def test_a_duty_is_not_done_before_its_week() -> None:
    due = boat(state="to_look", boat_name="周检", look_by="2026-11-27")  # a Friday
    assert (
        too_early(weekly(), due, looked_on="2026-11-22")
        == "B5 检验日期“2026-11-22”太早：“周检”这一期从 2026-11-23 才开始"
    )
    assert too_early(weekly(), due, looked_on="2026-11-23") == ""
    assert too_early(weekly(), replace(due, values={**due.values, "boat_name": ""}), looked_on="2026-11-01") == "", (
        "no duty"
    )


def test_what_is_no_duty_or_says_no_day_has_no_period() -> None:
    due = boat(state="to_look", boat_name="周检", look_by="2026-11-27")
    assert too_early(YARD, due, looked_on="2026-11-01") == ""
    assert too_early(weekly(), boat(boat_name="周检"), looked_on="2026-11-01") == ""
    assert too_early(weekly(), None, looked_on="2026-11-01") == ""
    assert too_early(weekly(), due) == ""
    bare = replace(LOOKED, fields=(KEY,))
    assert too_early(weekly(), due, bare) == ""


DEBT = boat(agreed=100, asked_on="2026-11-05", clerk="孙涛", price=60)


@pytest.mark.parametrize(
    ("by", "field", "other", "wrong", "right", "sentence"),
    [
        (Comparison.AT_MOST, "price", "agreed", 101, 100, "B5 实付“101”"),
        (Comparison.AT_LEAST, "price", "agreed", 99, 100, "B5 实付“99”"),
        (Comparison.NOT_BEFORE, "paid_on", "asked_on", "2026-11-04", "2026-11-05", "C5 付款日期“2026-11-04”早于申请日期“2026-11-05”"),
        (Comparison.AFTER, "paid_on", "asked_on", "2026-11-05", "2026-11-06", "C5 付款日期“2026-11-05”"),
        (Comparison.ANOTHER, "payer", "clerk", "孙涛", "何平", "D5 付款人“孙涛”就是申请人，应是另外的人"),
        (Comparison.SAME, "payer", "clerk", "何平", "孙涛", "D5 按本行的答复，付款人应与申请人“孙涛”相同，却填了“何平”"),
    ],
)  # fmt: skip
def test_an_answer_is_held_against_what_the_record_holds(
    by: Comparison, field: str, other: str, wrong: Any, right: Any, sentence: str
) -> None:
    assert against(by, field, other, DEBT, **{field: wrong}).startswith(sentence)
    assert against(by, field, other, DEBT, **{field: right}) == ""
    assert against(by, field, other, None, **{field: wrong}) == ""
    assert against(by, field, other, boat(), **{field: wrong}) == ""
    assert against(by, field, other, DEBT) == ""


def test_it_is_only_where_the_row_answers_so_and_the_last_time_is_called_so() -> None:
    in_cash = (("how", ("cash",)),)
    assert against(Comparison.AT_MOST, "price", "agreed", DEBT, in_cash, price=101, how="cash")
    assert against(Comparison.AT_MOST, "price", "agreed", DEBT, in_cash, price=101, how="bank") == ""
    assert "上次的实付" in against(Comparison.AT_LEAST, "price", "price", DEBT, price=59)


def test_the_first_answer_that_cannot_be_is_told() -> None:
    stage = Stage(
        "pay",
        both("付款"),
        "clerk",
        "paid",
        against=(
            Against("price", Comparison.AT_MOST, "agreed"),
            Against("payer", Comparison.ANOTHER, "clerk"),
        ),
    )
    said = row(PAID, 5, "7", price=100, payer="孙涛")
    assert worded(judge_against(ACCOUNTS, stage, PAID, said, DEBT)).startswith("D5 付款人")


def test_what_is_put_right_is_not_held_against_what_it_said_itself_but_against_all_else() -> None:
    checks = Against("price", Comparison.AT_LEAST, "price"), Against("price", Comparison.AT_MOST, "agreed")
    stage = Stage("pay", both("付款"), "clerk", "paid", against=checks)

    def said(price: int, *, again: bool) -> str:
        paid = row(PAID, 5, "7", price=price)
        return worded(judge_against(ACCOUNTS, stage, PAID, paid, boat(agreed=100, price=60), again=again))

    assert "上次的实付" in said(50, again=False)
    assert said(50, again=True) == ""
    assert said(101, again=True).startswith("B5 实付“101”")


def test_an_answer_of_the_other_step_is_named_in_its_words() -> None:
    told = against(Comparison.SAME, "how", "how", boat(how="cash"), how="bank")
    assert "现金" in told
    assert "en:" not in told


def against(
    by: Comparison,
    field: str,
    other: str,
    entry: RecordState | None,
    when: tuple[tuple[str, tuple[str, ...]], ...] = (),
    **values: Any,
) -> str:
    stage = Stage("pay", both("付款"), "clerk", "paid", against=(Against(field, by, other, when),))
    return worded(judge_against(ACCOUNTS, stage, PAID, row(PAID, 5, "7", **values), entry))


def merged(
    register: Register, form: Form, entry: RecordState, life: tuple[Event, ...] = (), **values: Any
) -> list[str]:
    """What the merge itself tells of a row, which then changes nothing."""
    merge = Merge(register, {"7": entry}, {}, count(50), TODAY, 6, life=lambda key: life if key == "7" else ())
    found = merge.take(form, [row(form, 5, "7", **values)])
    assert bool(found.findings) is not bool(found.events)
    return [worded(each) for each in found.findings]


def test_a_row_whose_day_cannot_be_is_refused_and_changes_nothing() -> None:
    stands = boat(state="to_look", came_on="2026-11-05")
    assert merged(YARD, LOOKED, stands, looked_on="2026-11-04") == [
        "B5 检验日期“2026-11-04”早于来的日期“2026-11-05”，先后不对"
    ]
    assert merged(YARD, LOOKED, stands, looked_on="2026-11-05") == []
    duty = boat(state="to_look", boat_name="周检", look_by="2026-11-27")
    assert merged(weekly(), LOOKED, duty, looked_on="2026-11-22") == [
        "B5 检验日期“2026-11-22”太早：“周检”这一期从 2026-11-23 才开始"
    ]
    assert merged(weekly(), LOOKED, duty, looked_on="2026-11-23") == []


def test_a_row_whose_answer_cannot_be_is_refused_and_changes_nothing() -> None:
    pays = Stage(
        "pay",
        both("付款"),
        "clerk",
        "paid",
        "to_pay",
        transitions=(Transition("done"),),
        against=(Against("price", Comparison.AT_MOST, "agreed"),),
    )
    register = replace(ACCOUNTS, states=(*YARD.states, State("to_pay", both("待付款"))), stages=(YARD.stages[0], pays))
    owed = boat(state="to_pay", agreed=100)
    (told,) = merged(register, PAID, owed, price=101)
    assert told.startswith("B5 实付“101”")
    assert merged(register, PAID, owed, price=100) == []


def test_a_step_handed_in_again_as_it_was_sent_back_is_refused() -> None:
    anew = replace(YARD, stages=tuple(replace(each, anew=each.code == "mend") for each in YARD.stages))
    back = step("checked", 4, "to_mend", checked_on="2026-11-06")
    stands = boat(state="to_mend", mended_on="2026-11-06T09:00", checked_on="2026-11-06")
    noted = replace(MENDED, fields=(*MENDED.fields, Field("work", both("内容"))))
    register = replace(anew, forms=tuple(noted if each is MENDED else each for each in FORMS))
    stands = replace(stands, values={**stands.values, "work": "补船底"})
    (told,) = merged(register, noted, stands, (back,), mended_on="2026-11-07T09:00", work="补船底")
    assert told.startswith("C5 ")
    assert merged(register, noted, stands, (back,), mended_on="2026-11-07T09:00", work="换船底") == []
