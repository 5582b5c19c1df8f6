"""Duties that come again by the calendar: opened for their period, overdue like any stage, with a record of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.intake.recurring_duties import RecurringDuties
from pipeline.outside.calendar import WorkCalendar
from schemas.language import Every, Field, FieldRole, Form, Kind, Localized, Recurring, Register, Stage, State
from schemas.language.parameters import Parameter
from tests.tools.office import Office

PEOPLE = [("C1", "钱客服", "客户中心"), ("C2", "孙主管", "主管")]
LOOKS = "网站查看"


def words(text: str) -> Localized:
    return Localized(text, text)


def duty(every: Every, **more: object) -> Recurring:
    return replace(Recurring(every, "keeper", "due_on", "{period}{holder}"), **more)  # type: ignore[arg-type]


def opened(
    recurring: Recurring,
    day: str,
    standing: Mapping[str, str] | None = None,
    people: tuple[str, ...] = ("甲",),
    own: Mapping[date, bool] | None = None,
) -> dict[str, str]:
    """Key and day of what the duty opens on *day*; *standing* gives the days of the records that are there, by key."""
    fields = (Field("no", words("编号"), Kind.CODE, key=True), Field("due_on", words("期限"), Kind.DATE))
    fields += (Field("who", words("责任人"), means=FieldRole.TITLE),)
    register = Register(
        "duties", words("事项"), forms=(Form("duty", words("事项表"), fields, ""),), recurs=(recurring,)
    )
    everyone = {f"P{at}": Person(f"P{at}", name, "keeper") for at, name in enumerate(people, 1)}
    roster = Roster(date.fromisoformat(day), everyone, everyone=everyone)
    held = {
        key: RecordState(register="duties", key=key, values={"no": key, "due_on": due})
        for key, due in (standing or {}).items()
    }
    duties = RecurringDuties(roster, WorkCalendar(own or {}), date.fromisoformat(day))
    return {each.key: str(each.values["due_on"]) for each in duties.openings(register, lambda code: held)}


@pytest.mark.parametrize(
    ("recurring", "day", "found"),
    [
        (duty(Every.DAY), "2026-11-04", {"2026-11-04": "2026-11-04"}),
        (duty(Every.DAY), "2026-11-07", {}),  # a Saturday
        (duty(Every.DAY), "2026-10-10", {"2026-10-10": "2026-10-10"}),  # a Saturday that is worked
        (duty(Every.DAY, all_days=True), "2026-11-07", {"2026-11-07": "2026-11-07"}),
        (duty(Every.WEEK), "2026-11-03", {"2026-11-02": "2026-11-06"}),  # to the last working day of the week
        (duty(Every.WEEK, workday=1), "2026-10-08", {"2026-10-05": "2026-10-08"}),  # holidays up to the 7th
        (duty(Every.MONTH, workday=3), "2026-10-01", {"2026-10": "2026-10-10"}),  # 8, 9 and the worked Saturday
        (duty(Every.MONTH, workday=3, shift=-1), "2026-10-08", {"2026-09": "2026-10-10"}),  # the report of September
        (duty(Every.MONTH, workday=3), "2026-11-20", {}),  # the first one is not opened too late already
        (duty(Every.QUARTER), "2026-11-20", {"2026-Q4": "2026-12-31"}),
        (duty(Every.YEAR, shift=1), "2026-11-20", {"2027": "2026-12-31"}),  # next year's plan
        (duty(Every.YEAR, ahead=30), "2026-11-30", {}),  # 31 days before
        (duty(Every.YEAR, ahead=30), "2026-12-01", {"2026": "2026-12-31"}),
        (duty(Every.YEAR, shift=1, month=11), "2026-11-20", {"2027": "2026-11-30"}),  # by the end of November
        (duty(Every.YEAR, shift=1, month=11), "2026-12-01", {}),
        (duty(Every.QUARTER, month=2, workday=1), "2026-10-12", {"2026-Q4": "2026-11-02"}),  # a Monday
        (duty(Every.QUARTER, month=1, step=2), "2026-07-01", {"2026-H2": "2026-07-31"}),  # twice a year, by halves
        (duty(Every.QUARTER, month=1, step=2), "2026-10-08", {}),
    ],
)
def test_the_period_gives_the_duty_and_its_day(recurring: Recurring, day: str, found: dict[str, str]) -> None:
    assert opened(recurring, day) == found


def test_what_fell_into_days_without_a_run_is_opened() -> None:
    found = opened(duty(Every.DAY), "2026-11-10", {"2026-11-05": "2026-11-05"})
    assert sorted(found) == ["2026-11-06", "2026-11-09", "2026-11-10"]  # Friday, Monday, Tuesday
    assert opened(duty(Every.DAY), "2026-11-10", {**found, "2026-11-05": "2026-11-05"}) == {}


def test_every_other_working_day() -> None:
    days = [f"2026-11-{day:02d}" for day in range(2, 14)]
    every = [set(opened(duty(Every.DAY, step=2), day)) for day in days]
    # over a weekend it waits for Monday, and no longer
    assert sorted(set().union(*every)) == [f"2026-11-{day}" for day in ("02", "04", "06", "09", "11", "13")]
    after = [f"2026-10-{day:02d}" for day in range(1, 14)]  # holidays up to the 7th, the 10th is a worked Saturday
    every = [set(opened(duty(Every.DAY, step=2), day)) for day in after]
    assert sorted(set().union(*every)) == ["2026-10-08", "2026-10-10", "2026-10-12"]


@pytest.mark.parametrize(
    ("off", "days"),
    [
        ((), ("02", "04", "06", "09", "11", "13")),  # an ordinary fortnight
        (("02",), ("03", "05", "06", "09", "11", "13")),  # from Thursday, the 5th, to Monday would be four days
        (
            ("04",),
            ("02", "03", "05", "06", "09", "11", "13"),
        ),  # from Monday to Thursday three, from Thursday to Monday four
        (("06",), ("02", "04", "05", "09", "11", "13")),  # from Wednesday to Monday five
    ],
)
def test_at_least_every_two_days_counts_those_off(off: tuple[str, ...], days: tuple[str, ...]) -> None:
    own = {date(2026, 11, int(day)): False for day in off}
    every = [
        set(opened(duty(Every.DAY, step=2, days_off_count=True), f"2026-11-{day:02d}", own=own)) for day in range(2, 14)
    ]
    assert sorted(set().union(*every)) == [f"2026-11-{day}" for day in days]


@pytest.mark.parametrize(("step", "found"), [(0, set()), (1, {"2026-11-02", "2026-11-09"}), (2, {"2026-11-09"})])
def test_an_office_sets_how_often(step: int, found: set[str]) -> None:
    # the 2nd and the 9th are Mondays; of the weeks since the calendar's first one that of the 9th is even
    settable = Parameter("weeks", words("几周一次"), step)
    every = duty(Every.WEEK, step=settable)
    assert set(opened(every, "2026-11-03")) | set(opened(every, "2026-11-10")) == found


def test_each_holder_has_his_own() -> None:
    each = duty(Every.WEEK, each=True, person="who")
    assert opened(each, "2026-11-03", people=("甲", "乙")) == {
        "2026-11-02P1": "2026-11-06",
        "2026-11-02P2": "2026-11-06",
    }
    assert opened(duty(Every.WEEK), "2026-11-03", people=("甲", "乙")) == {"2026-11-02": "2026-11-06"}
    assert opened(each, "2026-11-03", people=()) == {}


def test_days_off_of_the_offices_own_table_are_none() -> None:
    assert opened(duty(Every.DAY), "2026-11-04", own={date(2026, 11, 4): False}) == {}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["online_questions"], PEOPLE)


def test_a_daily_look_is_asked_for_recorded_and_overdue_like_any_stage(office: Office) -> None:
    office.run("2026-11-03 09:00")
    (row,) = office.worklist("C1", LOOKS)
    assert row["查看编号"] == "CK2026-11-03"

    office.answer(
        "C1", {"CK2026-11-03": {"look_result": "没有新问题", "looked_on": "2026-11-03", "looked_by": "钱客服"}}
    )
    office.run("2026-11-03 17:00")
    assert office.record(LOOKS, "CK2026-11-03")["当前状态"] == "已查看"
    assert office.tasks("C1") == []

    office.run("2026-11-06 09:00")  # nobody ran on Wednesday and Thursday
    late = {row["查看编号"]: row["时限提醒"] for row in office.master(LOOKS) if row["当前状态"] == "待查看"}
    assert late == {"CK2026-11-04": "逾期 2 天", "CK2026-11-05": "逾期 1 天", "CK2026-11-06": "今天到期"}
    assert "逾期情况" in office.tasks("C2")


def test_an_office_without_the_role_has_no_duties(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], [("C2", "孙主管", "主管")])
    office.run("2026-11-03 09:00")
    assert office.master(LOOKS) == []


def lapsed(recurring: Recurring, due: str, today: str, opened_on: str = "2026-10-01") -> bool:
    """Whether a duty due on one day, asked for since another, has ended as missed *today*."""
    fields = (Field("no", words("编号"), Kind.CODE, key=True), Field("due_on", words("期限"), Kind.DATE))
    forms = (Form("duty", words("事项表"), fields, ""), Form("done", words("记录表"), fields, ""))
    register = Register(
        "duties",
        words("事项"),
        forms=forms,
        states=(State("open", words("待办")), State("missed", words("未做"), final=True, missed=True)),
        stages=(Stage("do", words("办理"), "keeper", "done", "open"),),
        recurs=(recurring,),
    )
    record = RecordState("duties", due, {"no": due, "due_on": due}, "open", date.fromisoformat(opened_on))
    duties = RecurringDuties(Roster(date.fromisoformat(today)), WorkCalendar({}), date.fromisoformat(today))
    return [state for _, state in duties.missed(register, {due: record})] == ["missed"]


@pytest.mark.parametrize(
    ("recurring", "due", "last_asked", "missed_on"),
    [
        # that of Wednesday is asked for on Thursday, too, the day of the next one
        (duty(Every.DAY, missed="missed"), "2026-11-04", "2026-11-05", "2026-11-06"),
        (duty(Every.DAY, missed="missed"), "2026-11-06", "2026-11-09", "2026-11-10"),  # over a weekend
        (duty(Every.WEEK, missed="missed"), "2026-11-06", "2026-11-13", "2026-11-14"),
        (duty(Every.WEEK, workday=1, missed="missed"), "2026-11-02", "2026-11-09", "2026-11-10"),
        (duty(Every.MONTH, missed="missed"), "2026-10-30", "2026-11-30", "2026-12-01"),
        (duty(Every.QUARTER, missed="missed"), "2026-09-30", "2026-12-31", "2027-01-01"),
    ],
)
def test_a_duty_ends_as_missed_when_the_next_one_is_past_its_day_too(
    recurring: Recurring, due: str, last_asked: str, missed_on: str
) -> None:
    assert (lapsed(recurring, due, last_asked), lapsed(recurring, due, missed_on)) == (False, True)
    assert not lapsed(recurring, due, missed_on, opened_on=missed_on)  # opened late, it has its day first
    assert not lapsed(replace(recurring, missed=""), due, "2027-06-01")  # a report is made up for


def test_a_daily_look_that_nobody_takes_is_counted_told_once_and_asked_for_no_more(office: Office) -> None:
    office.run("2026-11-03 09:00")
    office.run("2026-11-04 09:00")
    assert office.record(LOOKS, "CK2026-11-03")["时限提醒"] == "逾期 1 天"
    office.run("2026-11-05 09:00")
    assert office.record(LOOKS, "CK2026-11-03")["当前状态"] == "未做"
    assert {row["查看编号"] for row in office.worklist("C1", LOOKS)} == {"CK2026-11-04", "CK2026-11-05"}
    # due on the 3rd and the 4th: one of the two was missed, the other is still asked for
    assert office.figures("统计", "网站查看未做按月") == [["2026-11", 2, 1, 0.5, 0]]
    told = "“外部网站、门户网站、内部网站、论坛、邮箱”（CK2026-11-03）到下一期也没有办，已按未做计，不再催办"
    assert [(row["由谁处理"], row["编号"]) for row in office.open_exceptions() if row["问题"] == told] == [
        ("钱客服", "CK2026-11-03"),
        ("孙主管", "CK2026-11-03"),
    ]
    assert told in office.mails("C1")[-1] and told in office.mails("C2")[-1]

    for day in ("2026-11-06", "2026-11-09"):
        office.run(f"{day} 09:00")
    assert "CK2026-11-03" not in {row["编号"] for row in office.open_exceptions()}  # told once
    assert office.record(LOOKS, "CK2026-11-03")["当前状态"] == "未做"


def test_a_sheet_that_comes_after_all_is_taken(office: Office) -> None:
    for day in ("03", "04", "05"):
        office.run(f"2026-11-{day} 09:00")
    looked = {"look_result": "没有新问题", "looked_on": "2026-11-03", "looked_by": "钱客服"}
    office.drop("site_looked", {"look_no": "CK2026-11-03", **looked})
    office.run("2026-11-05 10:00")
    assert office.record(LOOKS, "CK2026-11-03")["当前状态"] == "已查看"
    # of two one was done in time by a sheet that came two working days later: not missed, and counted as told late
    assert office.figures("统计", "网站查看未做按月") == [["2026-11", 2, 0, 0, 1]]
    assert not [each for each in office.exceptions() if "按未做计" in each]
    office.run("2026-11-06 09:00")
    assert office.record(LOOKS, "CK2026-11-03")["当前状态"] == "已查看"


def test_what_was_done_on_a_later_day_is_told_and_counted_as_done_later(office: Office) -> None:
    """The look of the 3rd was taken on the 5th: it was not missed, but nobody looked on the 3rd."""
    for day in ("03", "04", "05"):
        office.run(f"2026-11-{day} 09:00")
    looked = {"look_result": "没有新问题", "looked_on": "2026-11-05", "looked_by": "钱客服"}
    office.drop("site_looked", {"look_no": "CK2026-11-03", **looked})
    office.run("2026-11-05 10:00")
    # due on the 3rd and the 4th: one of the two was done later, that of the 4th is still asked for
    assert office.figures("统计", "网站查看未做按月") == [["2026-11", 2, 0, 0, 1]]
    said = "应于 2026-11-03 办，2026-11-05 才办"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["孙主管"]
