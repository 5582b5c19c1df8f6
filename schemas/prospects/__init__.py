"""潜在客户: who may become a customer is contacted by plan, step by step, until registered or given up.

``manual.toml`` says what the manual gives: the kinds, the findings, the plan of contacts. Ours: the step reached;
conversion by registration, known by the same licence, phone or name; giving up is confirmed by the market manager, and
where it is not, and no day is named, the next contact falls due on the last day on which its month still has as many as the manual asks
for: two with important prospects, one with others, one in a month in whose second half they were listed, none in its last week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from schemas.holders import market_manager_over
from schemas.language import Field, FieldRole, Kind, Localized, Option, Procedure, Register, Rule, Severity, Stage, State, Transition, Values, checks, fields, watching, work  # fmt: skip
from schemas.language.letters import plain_label
from schemas.language.model import Date, FormModel, Text, describe, field, form, row_rule
from schemas.language.work import NO, YES, Derived, FigureCell, FigureRows, Measure, Numbered, RegisterView, Statistic, rate, share  # fmt: skip
from schemas.new_customer import CLOSED, RENEWED
from schemas.new_customer.verification import NO_SUCH_SHOP
from schemas.prospects import figures
from schemas.prospects.figures import IMPORTANT, ORDINARY
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER

NEW = Option("prospect_new", Localized("潜在客户", "Prospect"), ("潜在",))
FORMER = Option("prospect_former", Localized("老客户", "Former customer"))
STEPS = fields.options(
    ("first_talk", "初次接触", "First contact"),
    ("needs_known", "需求确认", "Needs known"),
    ("offered", "方案报价", "Offered"),
    ("willing", "签约意向", "Willing to sign"),
)
GO_ON = Option("go_on", Localized("继续跟进", "Go on"), ("继续",))
GIVE_UP = Option("give_up", Localized("放弃", "Give up"))
_NO = ("潜在客户编号", "Prospect No", "QZ260001")
BEHIND = Rule(
    "prospects.next_contact",
    Severity.ERROR,
    Localized("{label}“{value}”不晚于联系日期", "{label} “{value}” is not after the contact"),
    Localized("填这次联系以后的日子", "Give a day after this contact"),
    "2026-11-03",
)
_NEXT_TOO = ("下次跟进日期", "下次回访日期", "下次拜访日期", "下次沟通日期", "下次洽谈日期", "下次接触日期", "再次联系日期", "计划联系日期")  # fmt: skip


def _next(*, required: bool) -> Date:
    more: dict[str, Any] = {} if required else {"required_when": {"prospect_answer": (GO_ON.code,)}}
    return field(  # type: ignore[no-any-return]
        "下次联系日期",
        "Next contact",
        kind=Kind.DATE,
        required=required,
        example="2026-11-10",
        aliases=_NEXT_TOO,
        **more,
    )


def _findings(zh: str, en: str, example: str) -> Text:
    return field(zh, en, example=example)  # type: ignore[no-any-return]


class Prospect(FormModel, form=form("prospect", "潜在客户信息表", "Prospect")):
    prospect_no: Text = fields.number(*_NO, given=True)
    prospect_name: Text = fields.text("潜在客户名称", "Name", "新星副食", means=FieldRole.TITLE)
    prospect_phone: Text = fields.phone("潜在客户电话", "Phone", "13932820088")
    prospect_licence: Text = field("潜在客户许可证号", "Licence No", kind=Kind.CODE, example="131123100018")
    prospect_weight: Text = field("重要程度", "Weight", required=True, options=(IMPORTANT, ORDINARY))
    prospect_kind: Text = field("潜在客户类别", "Kind", required=True, options=(NEW, FORMER))
    inner_findings: Text = _findings("内部情况", "Inner findings", "有烟草证，未入网")
    outer_findings: Text = _findings("外部情况", "Outer findings", "临近学校")
    next_contact: Date = _next(required=True)
    prospect_owner: Text = fields.filled_by(
        "潜在客户责任人",
        "Owner",
        "王建国",
        aliases=("跟进人", "跟进人员", "跟进责任人", "责任客户经理", "负责客户经理", "开发人"),
    )


class ProspectContact(FormModel, form=form("prospect_contact", "潜在客户联系记录表", "Contact with a prospect")):
    prospect_no: Text = fields.number(*_NO)
    step_reached: Text = field("到达步骤", "Step reached", required=True, options=STEPS)
    inner_findings: Text = _findings("内部情况", "Inner findings", "有烟草证，未入网")
    outer_findings: Text = _findings("外部情况", "Outer findings", "临近学校")
    contact_found: Text = fields.text("联系情况", "Found", "愿意了解")
    prospect_answer: Text = field(
        "是否继续跟进", "What next", required=True, options=(GO_ON, GIVE_UP), aliases=("跟进意见",)
    )
    next_contact: Date = _next(required=False)
    contacted_on: Date = fields.done_on("联系日期", "Contacted on")
    contacted_by: Text = fields.done_by("联系人员", "Contacted by")

    @row_rule(BEHIND, at="next_contact")
    def lies_ahead(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """Where it goes on, the next contact comes after this one."""
        goes_on = (frame["prospect_answer"] == GO_ON.code) & checks.reached(frame["contacted_on"])
        return ~(goes_on & (frame["next_contact"] <= frame["contacted_on"]))


class ProspectDrop(FormModel, form=form("prospect_drop", "放弃潜在客户审核表", "Giving up a prospect")):
    prospect_no: Text = fields.number(*_NO)
    drop_answer: Text = fields.decision("放弃审核结论", "Decision")
    drop_reason: Text = fields.reason("放弃审核意见", "Remark", "drop_answer")
    drop_by: Text = fields.done_by("放弃审核人", "Decided by", "赵敏")


def _contact_by(values: Values) -> str | None:
    """The day named for the next contact, but no later than its month allows; that too where it was named before the last one."""
    named, last, latest = values.get("next_contact"), values.get("contacted_on"), figures.contact_until(values)
    if latest is None:
        return named
    return named if named and (not last or last < named) and named < latest.isoformat() else latest.isoformat()


def _too_seldom(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Prospects whose next contact is named for a day on which a month cannot have as many as the manual asks for any more."""
    for key, each in held["prospects"].items():
        last, latest = figures.last_contact(each.values), figures.contact_until(each.values)
        named = each.get("next_contact")
        if each.state == TO_CONTACT.code and named and last and latest and named > latest.isoformat():
            yield work.Seen(
                key, "next_contact", named, details={"last": last.isoformat(), "latest": latest.isoformat()}
            )


def _not_analysed(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Prospects without inner findings by their first contact, or without outer ones after the first talk."""
    for key, each in held["prospects"].items():
        reached, by = each.get("step_reached"), str(each.get("contact_by") or "9999")
        inner = not each.get("inner_findings") and (reached or by <= today.isoformat())
        outer = not each.get("outer_findings") and reached not in (None, STEPS[0].code)
        if each.state == TO_CONTACT.code and (inner or outer):
            lacking = "、".join(zh for zh, lacks in (("内部情况", inner), ("外部情况", outer)) if lacks)
            field_at, owner = "inner_findings" if inner else "outer_findings", str(each.get("prospect_owner"))
            yield work.Seen(
                key, field_at, str(each.get("prospect_name")), MARKET_MANAGER.code, {"lacking": lacking}, owner
            )


# fmt: off
def _other_name(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """For a month, prospects taken for a customer of another name, as licence or phone is the same."""
    for key, each in held["prospects"].items():
        customer = held["customers"].get(str(each.get("converted_to"))) if each.state == WON.code else None
        if customer is None or each.since is None or (today - each.since).days > 30:
            continue
        ours, theirs = (plain_label(str(name or "")) for name in (each.get("prospect_name"), customer.get("customer_name")))
        if ours in theirs or theirs in ours:
            continue
        by = "许可证号" if each.get("prospect_licence") == customer.get("licence_no") else "电话"
        said = {"customer": f"{customer.key} {customer.get('customer_name')}", "by": by}
        name, owner = str(each.get("prospect_name")), str(each.get("prospect_owner"))
        yield work.Seen(key, "prospect_name", name, MARKET_MANAGER.code, said, owner)


def _registered(values: Values, held: RegisterView) -> list[work.RecordView]:
    """The licences in force under which the prospect was registered: by itself, by the name, or by a phone that is no other's."""
    same = (("prospect_licence", "licence_no"), ("prospect_name", "customer_name"))
    found = [each for ours, theirs in same for each in held.holding("customers", theirs, values.get(ours))]
    ours, phone = values.get("prospect_licence"), values.get("prospect_phone")
    others = [each for each in held.holding("prospects", "prospect_phone", phone) if each.key != values["prospect_no"]]
    for each in held.holding("customers", "contact_phone", phone):
        is_another_s = any(one.state == TO_CONTACT.code or one.get("converted_to") == each.key for one in others)
        found += [each] if ours in (None, each.get("licence_no")) and not is_another_s else []
    # not what a former customer once had
    return [each for each in found if each.state not in (CLOSED.code, RENEWED.code)]


def _converted(values: Values, held: RegisterView, today: date) -> str | None:
    """The customer that the prospect is, or became: what was won stays so where that customer ends later."""
    found = min((each.key for each in _registered(values, held) if each.get("verdict") != NO_SUCH_SHOP.code), default=None)
    own, was = held["prospects"].get(str(values["prospect_no"])), held["customers"].get(str(values.get("converted_to")))
    stays = own is not None and own.state == WON.code and was is not None and was.state in (CLOSED.code, RENEWED.code)
    return was.key if found is None and stays and was is not None else found


def _is_customer(values: Values, held: RegisterView, today: date) -> str:
    found = _registered(values, held)
    return (YES if _converted(values, held, today) else NO_SUCH_SHOP if found else NO).code


def _by_kind(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[FigureCell]] = []
    for kind in (NEW, FORMER):
        for weight in (IMPORTANT, ORDINARY):
            those = [each for each in held["prospects"].values() if (each.get("prospect_kind"), each.get("prospect_weight")) == (kind.code, weight.code)]
            won = sum(each.state == WON.code for each in those)
            name = Localized(f"{weight.words.zh}{kind.words.zh}", f"{weight.words.en} {kind.words.en.lower()}")
            rows.append([name, len(those), won, sum(each.state == LOST.code for each in those), share(won, len(those))])
    return rows if held["prospects"] else []


_SELDOM = Localized("下次联系日期 {value} 太晚：上次 {last}，重要的每月至少联系两次，一般的一次，最迟 {latest}",
                    "Next contact {value} is too late: the last was {last}; important ones are contacted twice a month, others once, by {latest}")
_FIX_SELDOM = Localized("最迟在该日联系；日期写错的改正", "Contact them by then; mend the day if it is wrong")

TO_CONTACT = State("to_contact", Localized("待联系", "To contact"))
TO_DROP = State("to_drop", Localized("待审核放弃", "To give up"))
WON = State("won", Localized("已转为客户", "A customer now"), final=True)
LOST = State("lost", Localized("已放弃", "Given up"), final=True)
_REGISTERED = Transition(WON.code, known=(("is_customer", (YES.code,)),), by_itself=True)
PROCEDURE = Procedure(
    "prospects", Localized("潜在客户", "Prospects"),
    about=Localized("按计划联系潜在客户，登记入网即转为客户，放弃要审核", "Prospects are contacted by plan until they are registered or given up"),
    roles=(ACCOUNT_MANAGER, MARKET_MANAGER),
    registers=(
        Register(
            "prospects", Localized("潜在客户", "Prospects"), forms=tuple(map(describe, (Prospect, ProspectContact, ProspectDrop))),
            states=(TO_CONTACT, TO_DROP, WON, LOST), manager=MARKET_MANAGER.code, looks_at=("customers", "people", "areas"),
            told=("prospect_owner", "prospect_weight"),
            stages=(
                Stage("list_prospect", Localized("潜客登记", "List"), ACCOUNT_MANAGER.code, "prospect", expects_role=True, transitions=(Transition(TO_CONTACT.code),)),
                Stage("contact_prospect", Localized("潜客联系", "Contact"), ACCOUNT_MANAGER.code, "prospect_contact", TO_CONTACT.code, due_by="contact_by",
                      whom="prospect_owner", renews=("next_contact",), keeps_days=figures.CONTACT_DAYS.field.code, task=Localized("按下次联系日期联系，写明到达步骤", "Contact by the day named, and say how far it went"),
                      transitions=(_REGISTERED,
                             *fields.decided("prospect_answer", TO_CONTACT, TO_DROP, GO_ON, GIVE_UP, back=False))),
                Stage("drop_prospect", Localized("放弃审核", "Give up"), MARKET_MANAGER.code, "prospect_drop", TO_DROP.code, days=2, whom="drop_reviewer", strict=True,
                      not_by=("prospect_owner",), task=Localized("审核是否放弃，不同意的退回跟进", "Confirm, or have it followed up"),
                      transitions=(_REGISTERED, *fields.decided("drop_answer", LOST, TO_CONTACT))),
                Stage("lose_again", Localized("未能入网", "Not found"), MARKET_MANAGER.code, state=WON.code, transitions=(
                      Transition(TO_CONTACT.code, known=(("is_customer", (NO_SUCH_SHOP.code,)),), by_itself=True, back=True, why=Localized("登记的客户查无此户，继续跟进", "The shop that was registered was not found: go on")),)),
            ),
            numbered=Numbered("QZ{yy}{serial:04d}", ("prospect_name", "prospect_phone"), over=("won", "lost"), again="next_contact"),
            derived=(
                figures.CONTACT_DAYS, figures.LISTED_ON, market_manager_over("drop_reviewer", Localized("放弃审核人工号", "Giving up is judged by"), "prospect_owner"),
                Derived(Field("contact_by", Localized("最迟联系日期", "Contact by"), Kind.DATE), _contact_by),
                Derived(Field("converted_to", Localized("转为客户编号", "Customer"), Kind.CODE), look=_converted),
                Derived(Field("is_customer", Localized("是否已入网", "Registered"), Kind.CHOICE, options=(YES, NO, NO_SUCH_SHOP)), look=_is_customer),
            ),
            count_by=("step_reached",), watches=(work.warning("prospects.too_seldom", _SELDOM, _FIX_SELDOM, _too_seldom),
                work.warning("prospects.missed", Localized("“{value}”{month} 应联系 {due} 次，只联系了 {made} 次", "“{value}”: {due} contacts were due in {month}, {made} were made"),
                             Localized("本月补上；联系过没有登记的补登记", "Make up for it; hand in what was not noted"), figures.missed),
                work.warning("prospects.not_analysed", Localized("“{value}”还没有写{lacking}", "“{value}”: not said as yet: {lacking}"),
                             Localized("正式接触前写内部情况，接触后写外部情况", "Inner findings before the first talk, outer ones afterwards"), _not_analysed),
                work.warning("prospects.other_name", Localized("“{value}”的{by}和客户 {customer} 相同，已转为该客户，名称不同", "“{value}” has the same {by} as customer {customer} and was taken for it, under another name"),
                             Localized("是同一家的选“知道了”；不是的改正登记，再登记潜在客户", "Note it where it is one; else correct what is wrong, and list it anew"), _other_name),
                *(watching.same_again(f"prospects.same_{code}", "prospects", (field_of,), words, "prospect_owner", over=(WON.code, LOST.code)) for code, field_of, words in
                  (("again", "prospect_name", Localized("名称", "name")), ("licence", "prospect_licence", Localized("许可证号", "licence"))))),
            outlooks=(figures.AHEAD,),
            statistics=(figures.BY_MONTH, Statistic("prospects_by_kind", Localized("潜在客户转化", "Prospects by kind"), Localized("类别", "Kind"),
                                  (Measure(Localized("潜在客户", "Prospects")), Measure(Localized("转为客户", "Won")), Measure(Localized("放弃", "Given up")),
                                   rate("转化率", "Conversion")), _by_kind),),
        ),
    ),
)
