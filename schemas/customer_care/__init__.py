"""客户关怀: birthdays, anniversaries and public holidays ahead; campaigns with invitations and attendance; what was given.

``manual.toml`` says what the manuals give; campaigns are in ``care_campaigns``, the budget of a gift in ``expense_requests``.
Ours: seven days ahead (``care_days_ahead``), and what passed within a month of days without a run is still asked; the market
manager watches over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from schemas.care_campaigns import CAMPAIGNS, GUESTS, OFF_BUDGET, REPORT_DAYS
from schemas.language import (
    Against,
    Comparison,
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
    telling,
    watching,
    work,
)
from schemas.language.closing import closed_since
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form
from schemas.language.work import (
    DAY_OFF,
    NO,
    YES,
    CreatedRecord,
    CreatesRecords,
    Derived,
    FigureRows,
    Measure,
    Numbered,
    Parameter,
    RegisterView,
    Statistic,
)
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER
from schemas.tier_settings.keepers import CLOSED_CUSTOMERS

BIRTHDAY = Option("birthday", Localized("生日", "Birthday"))
ANNIVERSARY = Option("anniversary", Localized("纪念日", "Anniversary"), ("开业纪念日",))
HOLIDAY = Option("holiday", Localized("节日", "Public holiday"))
OWN_DAY = Option("own_day", Localized("重要日子", "A day that matters"))
_ID_LENGTH = 18
BY_ID = Parameter(
    "care_birthdays_by_id", Localized("按登记的身份证号提醒生日", "Birthdays from the ID"), NO.code, options=(NO, YES)
)
AHEAD = Parameter("care_days_ahead", Localized("提前几天提醒关怀", "Days ahead to be told"), 7, 1, 60)
_LOOK_BACK = timedelta(days=30)
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}
_MOVING = {
    "春节": ("2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"),
    "清明节": ("2025-04-04", "2026-04-05", "2027-04-05", "2028-04-04", "2029-04-04", "2030-04-05"),
    "端午节": ("2025-05-31", "2026-06-19", "2027-06-09", "2028-05-28", "2029-06-16", "2030-06-05"),
    "中秋节": ("2025-10-06", "2026-09-25", "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12"),
}
"""The day of each festival that goes by the moon or the sun, which is not always the first day off; of other years that is taken."""
_SAME_EACH_YEAR = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
"""Festivals that are known before the days off of their year are."""


class Contact(FormModel, form=form("care_contact", "客户关怀信息表", "Whom to care for", titles=("客户关怀档案",))):
    contact_no: Text = fields.number("关怀编号", "Care No", "GH0001", given=True)
    care_customer: Text = fields.text("关怀客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    contact_name: Text = fields.text("联系人姓名", "Contact", "张三喜")
    born_on: Date = fields.day("出生日期", "Born on", required=False, trends=True, example="1980-03-12")
    opened_on: Date = fields.day("开业日期", "Opened on", required=False, trends=True, example="2015-11-08")
    care_day: Date = fields.day("重要日期", "A day that matters", required=False, example="2018-06-01")
    care_day_name: Text = field("重要日期说明", "What day it is", example="合作纪念日")
    care_person: Text = fields.filled_by("关怀责任人", "Cared for by", "王建国", aliases=("关怀人", "关怀人员"))


class Occasion(FormModel, form=form("care_occasion", "关怀提醒", "Occasion")):  # the program opens it
    occasion_no: Text = fields.number("提醒编号", "Occasion No", "GH0001-2026-生日")
    occasion_name: Text = field("关怀事由", "Occasion", means=FieldRole.TITLE)
    occasion_customer: Text = field("被关怀客户", "Whose it is")
    occasion_names: Text = field("节日关怀客户", "Of a festival: whom")
    occasion_kind: Text = field("关怀类别", "Kind of occasion", options=(BIRTHDAY, ANNIVERSARY, HOLIDAY, OWN_DAY))
    occasion_on: Date = field("关怀日期", "On", kind=Kind.DATE)
    occasion_person: Text = field("关怀办理人", "By")


class CareGiven(FormModel, form=form("care_given", "客户关怀记录表", "What was given")):
    occasion_no: Text = fields.number("提醒编号", "Occasion No", "GH0001-2026-生日")
    care_deed: Text = fields.text("关怀方式", "What was done", "上门祝贺")
    given_item: Text = field("赠送物品", "Given", example="贺卡、茶叶")
    given_value: Number = fields.amount("赠送金额", "Its value", required=False, example="60")
    cared_on: Date = fields.done_on("办理关怀日期", "Done on")
    cared_by: Text = fields.done_by("关怀人", "Done by")


class LeftOut(Ended, form=form("care_occasion_ended", "关怀作废单", "Care left out")):
    occasion_no: Text = fields.number("提醒编号", "Occasion No", "GH0001-2026-生日")


KNOWN = State("known", Localized("在关怀", "Cared for"), final=True)
AHEAD_STATE = State("ahead", Localized("待关怀", "Ahead"))
CARED = State("cared", Localized("已关怀", "Done"), final=True)
MOOT = State("care_moot", Localized("客户已注销", "The customer is gone"), final=True)
LEFT_OUT, LEAVE_OUT = ending("care_occasions", "care_occasion_ended", MARKET_MANAGER.code, owed=True)


_SEEN_TO = (CARED.code, LEFT_OUT.code, MOOT.code)


def _is_closed(held: RegisterView, customer: str) -> bool:
    return closed_since(held, CLOSED_CUSTOMERS, customer) is not None


def _on(month_day: str, year: int) -> date:
    month, day = int(month_day[5:7]), int(month_day[8:10])
    return date(year, month, 28) if (month, day) == (2, 29) and year % 4 else date(year, month, day)


def _occasions(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The occasions ahead, in the next year as well, and those of late that passed without a run: none from before anybody
    was noted.
    """
    last, earliest = today + timedelta(days=int(held.parameter(AHEAD.code))), today - _LOOK_BACK
    contacts = held["care_contacts"]
    for key, each in contacts.items():
        if _is_closed(held, str(each.get("care_customer"))):
            continue
        first = max(earliest, each.since or earliest)
        for kind, code in ((BIRTHDAY, "born_on"), (ANNIVERSARY, "opened_on"), (OWN_DAY, "care_day")):
            for year in range(first.year, last.year + 1) if each.get(code) else ():
                on = _on(each.values[code], year)
                if first <= on <= last:
                    called = each.get("care_day_name", kind.words.zh) if kind is OWN_DAY else kind.words.zh
                    name = f"{each.values['care_customer']} {each.values['contact_name']}{called}"
                    who = str(each.values["care_customer"])
                    number = f"{key}-{year}-{kind.words.zh}"
                    yield from _anew(held, today, _opening(number, name, kind, on, each.values["care_person"], who))
    if held.chosen(BY_ID.code) == YES.code:
        yield from _by_id(held, earliest, today, last)
    for (year, name), on in _festivals(held, last.year).items() if contacts else ():
        if earliest <= on <= last:
            yield from _of_a_festival(held, f"{name}-{year}", name, on)


def _of_a_festival(held: RegisterView, key: str, name: str, on: date) -> Iterator[CreatedRecord]:
    """A festival is everybody's: one occasion for each who cares for somebody, with the names of those who were noted by then. An
    office that had one row for all keeps it.
    """
    if key in held["care_occasions"]:
        yield _opening(key, name, HOLIDAY, on, None)
        return
    names: dict[str, list[str]] = defaultdict(list)
    for each in held["care_contacts"].values():
        customer = str(each.get("care_customer"))
        if (each.since is None or each.since <= on) and not _is_closed(held, customer):
            names[str(each.get("care_person"))].append(customer)
    for person, customers in sorted(names.items()):
        opening = _opening(f"{key}-{person}", name, HOLIDAY, on, person)
        yield replace(opening, values={**opening.values, "occasion_names": "、".join(sorted(set(customers)))})


def _by_id(held: RegisterView, earliest: date, today: date, last: date) -> Iterator[CreatedRecord]:
    """Birthdays of the customers' principals, read off their ID, with the office's leave: who has a contact of his own is known."""
    noted = {(each.get("care_customer"), each.get("contact_name")) for each in held["care_contacts"].values()}
    for key, each in held["customers"].items():
        number, name, principal = (str(each.get(code) or "") for code in ("resident_id", "customer_name", "principal"))
        if len(number) != _ID_LENGTH or (name, principal) in noted or each.state == CLOSED_CUSTOMERS[2]:
            continue
        born, first = f"{number[6:10]}-{number[10:12]}-{number[12:14]}", max(earliest, each.since or earliest)
        for year in range(first.year, last.year + 1):
            if first <= (on := _on(born, year)) <= last:
                told = f"{name} {principal}{BIRTHDAY.words.zh}"
                number = f"{key}-{year}-{BIRTHDAY.words.zh}"
                yield from _anew(held, today, _opening(number, told, BIRTHDAY, on, each.get("verified_by"), name))


def _anew(held: RegisterView, today: date, opening: CreatedRecord) -> Iterator[CreatedRecord]:
    """An occasion, under its next number where the one before was seen to for another day and this one lies ahead: the day was
    put right.
    """
    occasions, on = held["care_occasions"], opening.values["occasion_on"]
    number = opening.key
    for again in count(2):
        known = occasions.get(number)
        if known is None or known.state not in _SEEN_TO or known.get("occasion_on") == on:
            break
        number = f"{opening.key}-{again}"
    if known is not None or number == opening.key or on >= today.isoformat():
        yield replace(opening, key=number)


def _festivals(held: RegisterView, last_year: int) -> dict[tuple[int, str], date]:
    """The day of each festival by year and name: as it is known, else the first day off as given out, or in the office's own table."""
    from chinese_calendar.constants import holidays  # its tables are needed where days ahead are told, and there alone

    said = [(on, _NAMES[name]) for on, name in holidays.items() if name in _NAMES]
    named = [each for each in held["holidays"].values() if each.get("holiday_name") in _NAMES.values()]
    off = [each.values for each in named if each.get("holiday_kind") == DAY_OFF.code]
    said += [(date.fromisoformat(each["holiday_on"]), each["holiday_name"]) for each in off]
    days: dict[tuple[int, str], date] = {}
    for on, name in said:
        days[on.year, name] = min(on, days.get((on.year, name), on))
    days |= {(int(on[:4]), name): date.fromisoformat(on) for name, those in _MOVING.items() for on in those}
    for year in (last_year - 1, last_year):
        days |= {(year, name): date(year, *day) for name, day in _SAME_EACH_YEAR.items()}
    return days


def _opening(
    key: str, name: str, kind: Option, on: date, person: str | None, customer: str | None = None
) -> CreatedRecord:
    values = {
        "occasion_name": name,
        "occasion_customer": customer,
        "occasion_kind": kind.code,
        "occasion_on": on.isoformat(),
    }
    return CreatedRecord(key, {**values, "occasion_person": person})


def _without_a_day(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["care_contacts"].items():
        if not (each.get("born_on") or each.get("opened_on") or each.get("care_day")):
            who = f"{each.values['care_customer']} {each.values['contact_name']}"
            yield work.Seen(key, "born_on", who, MARKET_MANAGER.code, person=str(each.get("care_person")))


def _gone(values: Values, held: RegisterView, today: date) -> str:
    return (YES if _is_closed(held, str(values.get("occasion_customer") or "")) else NO).code


def _of_closed(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["care_contacts"].items():
        if _is_closed(held, str(each.get("care_customer"))):
            yield work.Seen(
                key,
                "care_customer",
                str(each.get("care_customer")),
                MARKET_MANAGER.code,
                person=str(each.get("care_person")),
            )


def _early(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Care that was given before its day was told of, for a week: a word of before was not about this day."""
    ahead = timedelta(days=int(held.parameter(AHEAD.code)))
    for key, each in held["care_occasions"].items():
        on, cared = str(each.get("occasion_on") or ""), str(each.get("cared_on") or "")
        recent = telling.is_recent(each, today)
        if each.state == CARED.code and on and recent and cared < (date.fromisoformat(on) - ahead).isoformat():
            about = {"name": str(each.get("occasion_name")), "on": on}
            yield work.Seen(key, "cared_on", cared, MARKET_MANAGER.code, about)


def _given(held: RegisterView, today: date) -> FigureRows:
    months: dict[str, list[work.RecordView]] = defaultdict(list)
    for each in held["care_occasions"].values():
        months[work.month_of(each.get("occasion_on"))].append(each)
    return [
        [
            month,
            len(those),
            sum(each.state == CARED.code for each in those),
            sum(each.get("given_value", 0) for each in those),
        ]
        for month, those in sorted(months.items())[-12:]
    ]


# fmt: off
PROCEDURE = Procedure(
    "customer_care", Localized("客户关怀", "Care"),
    about=Localized("生日、纪念日、节日提前提醒，活动邀请签到，赠送有据",
                "Birthdays, anniversaries and holidays are told ahead; campaigns, guests and gifts are on record"),
    roles=(ACCOUNT_MANAGER, MARKET_MANAGER), parameters=(AHEAD, BY_ID, REPORT_DAYS, OFF_BUDGET),
    registers=(
        Register(
            "care_contacts", Localized("关怀对象", "Contacts"), forms=(describe(Contact),), states=(KNOWN,),
            stages=(Stage("note_contact", Localized("关怀登记", "Note"), ACCOUNT_MANAGER.code, "care_contact", expects_role=True, transitions=(Transition("known"),)),),
            numbered=Numbered("GH{serial:04d}", same=("care_customer", "contact_name")), looks_at=("customers",), manager=MARKET_MANAGER.code,
            watches=(
                work.warning("care.no_day", Localized("“{value}”没有填任何日期，不会有关怀提醒", "“{value}” has no day at all: nobody will be told"),
                             Localized("补填出生、开业或重要日期", "Give the day of birth, of opening, or one that matters"), _without_a_day),
                watching.not_among("care.unknown", "care_contacts", "care_customer", (("customers", "customer_name"),), "care_person", MARKET_MANAGER.code),
                work.warning("care.closed", Localized("“{value}”已注销，不再提醒关怀", "“{value}” is gone: nobody is told of his days any more"),
                             Localized("换了店名或许可证的，改正关怀客户；否则知悉即可", "Correct the customer where the shop goes on under another name"), _of_closed, asks=False),
                watching.same_again("care.same_contact", "care_contacts", ("care_customer", "contact_name"), Localized("客户和联系人", "customer and contact"), "care_person"),
            ),
        ),
        Register(
            "care_occasions", Localized("关怀提醒", "Occasions"), kept=True, looks_at=("care_contacts", "holidays", "customers"),
            forms=(describe(Occasion), describe(CareGiven), describe(LeftOut)), states=(AHEAD_STATE, CARED, LEFT_OUT, MOOT), opens=(CreatesRecords(_occasions, follows=True, settled=_SEEN_TO),),
            stages=(
                Stage(
                    "give_care", Localized("客户关怀", "Care"), MARKET_MANAGER.code, "care_given", AHEAD_STATE.code,
                    due_by="occasion_on", eve=True, whom="occasion_person", against=(Against("cared_on", Comparison.NOT_BEFORE, "care_from"),),
                    transitions=(Transition(MOOT.code, known=(("care_customer_gone", (YES.code,)),), by_itself=True), Transition(CARED.code)),
                    task=Localized("在关怀日期前办理下列关怀，送了什么如实登记", "See to these in time, and note what was given"),
                ),
                LEAVE_OUT,
            ),
            manager=MARKET_MANAGER.code, count_by=("occasion_kind",),
            watches=(
                work.warning("care.early", Localized("“{name}”在 {on}，写的是 {value} 就办了", "“{name}” is on {on}, and was seen to on {value} already"),
                             Localized("核实是否为这一天办的；不是的请补办", "Ask whether it was for that day; else see to it now"), _early),
                telling.came_in_late("care.came_late", "care_occasions", "cared_on", "cared_by", MARKET_MANAGER.code),
            ),
            # ours: what was given longer ago was given for the last time, not for this one
            derived=(Derived(Field("care_customer_gone", Localized("客户是否已注销", "The customer is gone"), Kind.CHOICE, options=(YES, NO)), look=_gone),
                     Derived(Field("care_from", Localized("最早办理日期", "Not before"), Kind.DATE), lambda values: (date.fromisoformat(str(values["occasion_on"])) - timedelta(days=AHEAD.most)).isoformat()),),
            statistics=(
                Statistic(
                    "care_by_month", Localized("关怀按月", "Care by month"), Localized("月份", "Month"),
                    (Measure(Localized("应关怀", "Occasions")), Measure(Localized("已关怀", "Done")), Measure(Localized("赠送金额", "Given"), Kind.NUMBER)),
                    _given,
                ),
            ),
        ),
        CAMPAIGNS,
        GUESTS,
    ),
)
