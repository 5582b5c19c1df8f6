"""整改事项: what somebody has found, on his rounds or otherwise, is mended by a day or goes to the head of the station.

``manual.toml`` says what the manual gives. Ours: a working day for the head of the station to decide, two for the
collector to take note; more than 30 days to mend something is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.holders import holds_role
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
    checks,
    fields,
)
from schemas.language.durations import known_on
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.naming import nobody_known
from schemas.language.telling import TOLD_FOR, came_in_late, done_after_day
from schemas.language.watching import passed_over, same_again, too_far_off
from schemas.language.work import (
    CreatedRecord,
    CreatesRecords,
    Derived,
    FigureRows,
    Measure,
    Numbered,
    RegisterView,
    Seen,
    Statistic,
    warning,
)
from schemas.language.workdays import next_workday
from schemas.property_office import forms
from schemas.roster.roles import FEE_COLLECTOR, PROPERTY_HEAD, REPAIRER, STAFF_UNTIL, STATION_HEAD

MOST_DAYS = 30
"""A matter that is given longer than that is read of by the head of the station."""
MENDED = Option("matter_mended", Localized("已整改", "Mended"), ("整改完毕",))
NOT_MENDED = Option("matter_not_mended", Localized("无法整改", "Cannot be mended"), ("不能处理",))


class _OfMatter(FormModel):
    mend_no: Text = fields.number("整改编号", "Mend No", "ZG2611001")


class MatterToMend(FormModel, form=form("matter_to_mend", "整改事项登记表", "Matter to mend", titles=("整改通知单",))):
    mend_no: Text = fields.number("整改编号", "Mend No", "ZG2611001", given=True)
    mend_what: Text = fields.text("整改内容", "What is to be mended", "3 号楼消防通道被堵", means=FieldRole.TITLE)
    mend_found_at: Text = field("发现项目", "Found at", example="安全隐患")
    mend_found_on: Date = fields.day("发现日期", "Found on", trends=True, means=FieldRole.CAME_ON)
    mend_goes_to: Text = field(
        "处置去向", "Whose it is", required=True, options=(forms.TO_MEND, forms.TO_STATION, forms.TO_COLLECTOR)
    )
    mend_by: Date = field(
        "应整改日期",
        "To be mended by",
        kind=Kind.DATE,
        required_when={"mend_goes_to": (forms.TO_MEND.code,)},
        example="2026-11-06",
    )
    mend_person: Text = field("整改人员", "Who mends it", example="周维修")
    mend_found_by: Text = fields.filled_by("发现人", "Found by", "温主任")

    is_mended_afterwards = checks.in_order("mend_found_on", "mend_by", trends=True)


class StationWord(_OfMatter, form=form("station_word", "站长处置意见表", "What the head of the station decides")):
    station_word: Text = fields.text("处置意见", "What is to be done", "请消防维保单位处理")
    mend_by: Date = fields.day("应整改日期", "To be mended by", example="2026-11-10")
    mend_person: Text = field("整改人员", "Who mends it", example="周维修")
    word_by: Text = fields.done_by("处置意见签署人", "Signed by", "岳站长")


class MatterMended(_OfMatter, form=form("matter_mended", "整改记录表", "What was mended")):
    mend_result: Text = field("整改结果", "Result", required=True, options=(MENDED, NOT_MENDED))
    mend_text: Text = fields.text("整改措施", "What was done", "杂物已清走")
    mend_reason: Text = fields.reason("无法整改的原因", "Why not", "mend_result", NOT_MENDED.code)
    mended_on: Date = fields.done_on("整改完成日期", "Mended on")
    mended_by: Text = fields.done_by("整改人", "Mended by", "周维修")


class MatterNoted(_OfMatter, form=form("matter_noted", "收费员知悉单", "Noted by the fee collector")):
    noted_text: Text = fields.text("收费台账更新情况", "What was changed in the accounts", "已登记新住户")
    noted_on: Date = fields.done_on("知悉日期", "Noted on")
    noted_by: Text = fields.done_by("知悉人", "Noted by", "费姐")


class MendEnded(Ended, form=form("mend_ended", "整改事项作废单", "Matter to mend ended")):
    mend_no: Text = fields.number("整改编号", "Mend No", "ZG2611001")


TO_DECIDE = State("mend_to_decide", Localized("待站长处置", "With the head of the station"))
TO_MEND = State("mend_to_do", Localized("待整改", "To mend"))
TO_NOTE = State("mend_to_note", Localized("待知悉", "To note"))
IS_MENDED = State("mend_done", Localized("已整改", "Mended"), final=True)
NOTED = State("mend_noted", Localized("已知悉", "Noted"), final=True)
MENDER = Field("mender_of_matter", Localized("由谁整改", "Who has to mend it"))
MATTER_ENDED, END_MATTER = ending(
    "matters_to_mend", "mend_ended", STATION_HEAD.code, not_by=("mend_person", "mend_found_by")
)
WHERE_TO = {forms.TO_MEND.code: TO_MEND, forms.TO_STATION.code: TO_DECIDE, forms.TO_COLLECTOR.code: TO_NOTE}
LOOKED_AT = {
    each.code: each.label.zh for form in (forms.PropertyPatrol, forms.PropertyCheck) for each in describe(form)
}


def _mender(values: Values, held: RegisterView, today: date) -> str | None:
    """Whoever is named; where nobody is, or nobody known, the director who has found it: it is of the estate that he looks after."""
    found_by, named = str(values.get("mend_found_by") or ""), str(values.get("mend_person") or "")
    people = held["people"]
    if named and (not people or named in people or held.holding("people", "staff_name", named)):
        return named
    return found_by if holds_role(held, found_by, PROPERTY_HEAD) else named or None


def _mend_until(values: Values, held: RegisterView, today: date) -> str | None:
    """The day by which it is to be mended; where that was past when the matter came, the working day after it."""
    by, came = str(values.get("mend_by") or ""), str(values.get("mend_known_on") or today.isoformat())
    return (by if by >= came else next_workday(date.fromisoformat(came)).isoformat()) if by else None


def _from_rounds(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, duty in held["property_duties"].items():
        for number, code in enumerate((*forms.POINTS, "check_result"), 1):
            answer = str(duty.get(code))
            if answer not in WHERE_TO:
                continue
            at = duty.values["duty_title"] if code == "check_result" else LOOKED_AT[code]
            said = {"mend_what": f"{at}：{duty.get('check_text') or duty.get('patrol_found')}", "mend_found_at": at}
            said |= {"mend_found_on": duty.get("duty_done_on"), "mend_found_by": duty.get("duty_done_by")}
            if answer == forms.TO_MEND.code:
                said |= {
                    "mend_by": duty.get("mend_before"),
                    "mend_person": duty.get("mender") or duty.get("duty_person"),
                }
            said |= {"mend_goes_to": answer}
            yield CreatedRecord(
                f"{key}-{number}", said, WHERE_TO[answer].code, Localized("巡视检查发现", "Found on a round")
            )


def _found_by_another(held: RegisterView, today: date) -> Iterator[Seen]:
    """What somebody else than a director has listed, for a week: the estate is the directors' to look after."""
    for key, each in held["matters_to_mend"].items():
        came, name = str(each.get("mend_known_on") or today.isoformat()), str(each.get("mend_found_by") or "")
        if today - date.fromisoformat(came) <= TOLD_FOR and not holds_role(held, name, PROPERTY_HEAD):
            yield Seen(key, "mend_what", str(each.get("mend_what")), PROPERTY_HEAD.code, {"name": name})


def _by_point(held: RegisterView, today: date) -> FigureRows:
    found: dict[str, list[str]] = {}
    for each in held["matters_to_mend"].values():
        found.setdefault(str(each.get("mend_found_at", "—")), []).append(each.state)
    still = (TO_DECIDE.code, TO_MEND.code, TO_NOTE.code)
    return [[point, len(those), sum(each in still for each in those)] for point, those in sorted(found.items())]


PROCEDURE = Procedure(
    "matters_to_mend",
    Localized("整改事项", "Matters to mend"),
    about=Localized(
        "发现的问题限期整改，重大的由站长处置",
        "What is found is mended by a day; what is grave the head of the station decides",
    ),
    roles=(PROPERTY_HEAD, STATION_HEAD, REPAIRER, FEE_COLLECTOR),
    registers=(
        Register(
            "matters_to_mend",
            Localized("整改事项", "Matters to mend"),
            forms=tuple(map(describe, (MatterToMend, StationWord, MatterMended, MatterNoted, MendEnded))),
            states=(TO_DECIDE, TO_MEND, TO_NOTE, IS_MENDED, NOTED, MATTER_ENDED),
            manager=STATION_HEAD.code,
            looks_at=("property_duties", "people"),
            told=("mend_what", "mend_by", "mend_person", "mend_goes_to"),
            told_to=("mend_person",),
            derived=(
                Derived(MENDER, look=_mender),
                known_on("mend_known_on", Localized("整改登记日", "Entered on"), "mend_found_on"),
                Derived(Field("mend_until", Localized("整改期限", "Mend until"), Kind.DATE), look=_mend_until),
            ),
            opens=(CreatesRecords(_from_rounds),),
            watches=(
                nobody_known(
                    "mend.no_mender",
                    "matters_to_mend",
                    ("mend_person",),
                    (TO_MEND.code,),
                    "mend_found_by",
                    STATION_HEAD.code,
                    STAFF_UNTIL,
                ),
                came_in_late(
                    "mend.came_late",
                    "matters_to_mend",
                    "mend_found_on",
                    "mend_found_by",
                    STATION_HEAD.code,
                    "mend_known_on",
                ),
                warning(
                    "mend.by_another",
                    Localized("{name} 发现：{value}", "Found by {name}: {value}"),
                    Localized("知悉即可；要协助处理的请跟进", "For you to know; help where it is needed"),
                    _found_by_another,
                    asks=False,
                ),
                same_again(
                    "mend.same_again",
                    "matters_to_mend",
                    ("mend_what", "mend_found_on"),
                    Localized("内容和发现日期", "what is to be mended and the day it was found"),
                    "mend_found_by",
                    over=(IS_MENDED.code, NOTED.code),
                    since="mend_known_on",
                ),
                done_after_day("mend.done_late", "matters_to_mend", "mend_until", "mended_on", STATION_HEAD.code),
                too_far_off(
                    "mend.far_off",
                    "matters_to_mend",
                    (TO_MEND.code,),
                    ("mend_found_on", "mend_by"),
                    MOST_DAYS,
                    Localized(
                        "{since} 发现的问题限 {value} 整改，长达 {days} 天",
                        "Found on {since}, to be mended by {value}: that is {days} days",
                    ),
                    Localized(
                        "太长的，让登记的人改近期限；确需这样长的选“知道了”", "Have the day set nearer, or note it"
                    ),
                    STATION_HEAD.code,
                ),
                passed_over(
                    "mend.undecided",
                    "matters_to_mend",
                    (("mend_goes_to", forms.TO_STATION),),
                    ("word_by",),
                    "mend_what",
                    (TO_MEND.code, TO_NOTE.code, IS_MENDED.code, NOTED.code),
                    Localized(
                        "“{what}”派出以后才改为“{value}”，站长没有看过",
                        "“{what}” was given out before it was called {value}: the head of the station has not seen it",
                    ),
                    Localized(
                        "看处置是否妥当，要改的在总表改应整改日期和整改人员；看过选“知道了”",
                        "See whether it is in right hands, else change day and person in the master; note it",
                    ),
                    STATION_HEAD.code,
                ),
            ),
            stages=(
                Stage(
                    "list_matter",
                    Localized("整改登记", "List"),
                    PROPERTY_HEAD.code,
                    "matter_to_mend",
                    transitions=tuple(
                        Transition(state.code, when=(("mend_goes_to", (code,)),)) for code, state in WHERE_TO.items()
                    ),
                ),
                Stage(
                    "decide_matter",
                    Localized("站长处置", "Decide"),
                    STATION_HEAD.code,
                    "station_word",
                    TO_DECIDE.code,
                    renews=("mend_by", "mend_person"),
                    against=(Against("mend_by", Comparison.NOT_BEFORE, "mend_found_on"),),
                    days=1,
                    strict=True,
                    not_by=("mend_found_by",),
                    spread=True,
                    anew=True,
                    transitions=(Transition(TO_MEND.code),),
                    task=Localized("写明如何处置、谁在哪天前整改", "Say what is to be done, by whom and by when"),
                ),
                Stage(
                    "mend_matter",
                    Localized("整改", "Mend"),
                    PROPERTY_HEAD.code,
                    "matter_mended",
                    TO_MEND.code,
                    days=1,  # where its day was over when it came back
                    due_by="mend_until",
                    whom=MENDER.code,
                    spread=True,
                    transitions=fields.decided("mend_result", IS_MENDED, TO_DECIDE, MENDED, NOT_MENDED, calls=True),
                    task=Localized(
                        "在应整改日期前整改；无法整改的写明原因", "Mend it by its day, or say why that cannot be"
                    ),
                ),
                Stage(
                    "note_matter",
                    Localized("收费员知悉", "Note"),
                    FEE_COLLECTOR.code,
                    "matter_noted",
                    TO_NOTE.code,
                    days=2,
                    strict=True,
                    spread=True,
                    transitions=(Transition(NOTED.code),),
                    task=Localized("按走访情况更新收费台账", "Bring the accounts up to date"),
                ),
                END_MATTER,
            ),
            numbered=Numbered(
                "ZG{yy}{month}{serial:03d}", ("mend_what", "mend_found_on", "mend_found_at"), "mend_found_on"
            ),
            count_by=("mend_found_at",),
            statistics=(
                Statistic(
                    "matters_by_point",
                    Localized("整改事项按项目", "Matters by point"),
                    Localized("项目", "Point"),
                    (Measure(Localized("发现", "Found")), Measure(Localized("未办结", "Open"))),
                    _by_point,
                ),
            ),
        ),
    ),
)
