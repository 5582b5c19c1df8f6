"""What an installation is held against: no day before its contract, no material before its list, nothing twice, nobody of another department.

Watches that the procedure of installations is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from schemas.install_service import ENGINEERING, over
from schemas.language import (
    Against,
    Comparison,
    Field,
    Kind,
    Localized,
    Option,
    Rule,
    Severity,
    Stage,
    State,
    Transition,
    Values,
    naming,
    watching,
)
from schemas.language.ending import ended
from schemas.language.telling import is_recent
from schemas.language.work import NO, YES, Derived, RegisterView, Seen, warning
from schemas.roster.roles import DIRECTOR, STAFF

TECHNICAL = Option("technical_dept", Localized("技术部", "Technical department"))
PURCHASING = Option("purchasing_dept", Localized("采购部", "Purchasing department"))
MONITORING = Option("monitoring_centre", Localized("监控中心", "Monitoring centre"), ("远程监控中心",))


# fmt: off
PASSED = Option("test_passed", Localized("合格", "Passed"), ("通过",))
FAILED = Option("test_failed", Localized("不合格", "Failed"), ("未通过",))
ALL_EQUAL = Rule("installation.all_equal", Severity.ERROR, Localized("点位全部一致，却填了“不合格”", "Every point is equal, and yet it has failed"),
                 Localized("有不一致的，改正信号一致点位；都一致的填“合格”", "Correct the number of equal points, or pass it"))


def _signed_on(values: Values, held: RegisterView, today: date) -> str | None:
    contract = held["installations"].get(values["contract_no"])
    return str(contract.get("contract_signed") or "") or None if contract else None


SIGNED = Derived(Field("branch_signed", Localized("安装合同签订日期", "Contract signed on"), Kind.DATE), look=_signed_on)


def since_signed(day: str) -> tuple[Against, ...]:
    """Nothing is prepared before the contract is signed."""
    return (Against(day, Comparison.NOT_BEFORE, SIGNED.field.code),)


TO_BUY = State("to_buy_material", Localized("待采购", "To buy"))
PREPARING = State("preparing", Localized("准备中", "Preparing"))
TO_INSTALL = State("to_install", Localized("待安装", "To install"))
TO_TEST = State("to_test", Localized("待联测", "To test"))
TO_HAND_OVER = State("to_hand_over", Localized("待交接", "To hand over"))
BEFORE_INSTALLED = (PREPARING.code, TO_INSTALL.code)
AFTER_INSTALLED = (TO_TEST.code, TO_HAND_OVER.code)
UNCHECKED = Localized("图纸有改动或与现场不同，还没有核对同意（见“受阻于”）：先改好、核对同意，再联测、交接",
                      "The drawing was changed, or does not fit the site: it is agreed to before anything is tested or handed over")
HELD = State("preparation_held", Localized("待合同重批", "Contract to be approved anew"))
_UNAPPROVED = ("to_approve", "to_amend", "to_collect")


def _is_held(values: Values, held: RegisterView, today: date) -> str:
    contract = held["installations"].get(values["contract_no"])
    return (YES if contract is not None and contract.state in _UNAPPROVED else NO).code


IS_HELD = Derived(Field("branch_held", Localized("合同是否待重批", "Contract not approved"), Kind.CHOICE, options=(YES, NO)), look=_is_held)


def resting(code: str, stages: tuple[Stage, ...], begin: State, done: State) -> tuple[Stage, ...]:
    """Return the *stages* of a branch, which rests from wherever it stands while its contract, changed meanwhile, is not approved:
    no work goes on for a site that nobody has agreed to, and what was done for the old one is done anew from *begin*. It ends with
    its contract.
    """
    rest = Transition(HELD.code, known=((IS_HELD.field.code, (YES.code,)),), by_itself=True)
    anew = Transition(begin.code, known=((IS_HELD.field.code, (NO.code,)),), back=True, why=Localized("安装单位或地点变了，合同已重新审批，从头办理", "site or place is another, and the contract was approved anew: begin again"))
    by_itself = over(code)[1]
    ends = replace(by_itself, by_itself=False)
    own = {stage.state for stage in stages}
    ending = () if done.code in own else (Stage(f"{code}_done", Localized("准备完成", "Prepared"), DIRECTOR.code, state=done.code, transitions=(ends, replace(rest, by_itself=False))),)
    held = Stage(f"{code}_held", Localized("等合同重批", "Wait for the contract"), DIRECTOR.code, state=HELD.code, transitions=(ends, anew))
    each = (replace(stage, transitions=(*((by_itself, rest) if stage.form else (ends, replace(rest, by_itself=False))), *stage.transitions)) for stage in stages)
    return (*each, *ending, held)


def _held_up(held: RegisterView, today: date) -> Iterator[Seen]:
    """Installations that were prepared already when their contract changed, until it is approved: told to all who prepare."""
    for key, each in held["installations"].items():
        if each.state in _UNAPPROVED and key in held["install_surveys"]:
            for role in (ENGINEERING, TECHNICAL, PURCHASING, MONITORING):
                yield Seen(key, "install_site", str(each.get("install_site")), role.code)


def _over(held: RegisterView, today: date) -> Iterator[Seen]:
    """Installations that were prepared, or are served, as their contract is ended: told for a week to all who work on them."""
    for key, each in held["installations"].items():
        if each.state == ended("installations") and key in held["install_surveys"] and is_recent(each, today):
            for role in (ENGINEERING, TECHNICAL, PURCHASING, MONITORING):
                yield Seen(key, "install_site", str(each.get("install_site")), role.code)


def _bought_early(held: RegisterView, today: date) -> Iterator[Seen]:
    """Material that was bought before purchasing had the list of it."""
    for key, each in held["install_materials"].items():
        bought, listed = str(each.get("materials_bought_on") or ""), str(each.get("materials_listed_on") or "")
        if bought and bought < listed and each.state != ended("install_materials"):
            yield Seen(key, "materials_bought_on", bought, DIRECTOR.code, {"what": str(each.get("install_site")), "listed": listed})


def _listed_then(values: Values, held: RegisterView, today: date) -> str | None:
    """The list for which purchasing has bought: the one that stands as long as it is to be bought, and what it was then afterwards."""
    record = held["install_materials"].get(values["contract_no"])
    listed, known = values.get("materials"), values.get("listed_then")
    return str(listed) if listed and (not known or (record is not None and record.state == TO_BUY.code)) else known


LISTED_AFTER = Option("listed_after", Localized("是，安装以后改的", "Yes, after the installation"))


def _lists_more(values: Values, held: RegisterView, today: date) -> str:
    """Whether the list is another than the one for which was bought; what is installed may have been put right on it only."""
    contract, then = held["installations"].get(values["contract_no"]), values.get("listed_then")
    if contract is None or not then or then == values.get("materials"):
        return NO.code
    return (YES if contract.state in BEFORE_INSTALLED else LISTED_AFTER).code


def _listed_after(held: RegisterView, today: date) -> Iterator[Seen]:
    """Lists that were changed once all was installed, until it is handed over: nobody has bought by them."""
    for key, each in held["install_materials"].items():
        contract = held["installations"].get(key)
        if each.get("lists_more") == LISTED_AFTER.code and contract is not None and contract.state in AFTER_INSTALLED:
            about = {"what": str(each.get("install_site")), "then": str(each.get("listed_then"))}
            yield Seen(key, "materials", str(each.get("materials")), PURCHASING.code, about)


LISTED_AGAIN = (
    Derived(Field("listed_then", Localized("采购所据清单", "List it was bought by")), look=_listed_then),
    Derived(Field("lists_more", Localized("清单采购后有改动", "List changed since"), Kind.CHOICE, options=(YES, NO, LISTED_AFTER)), look=_lists_more),
)
_CHANGED_SINCE = Localized("采购以后清单有改动，按新清单补齐", "The list was changed since: buy what it says now")
BUY_AGAIN = Transition(TO_BUY.code, known=(("lists_more", (YES.code,)),), by_itself=True, back=True, why=_CHANGED_SINCE)


def listed_points(values: Values, held: RegisterView, today: date) -> int | None:
    """How many points the list of materials has."""
    materials = held["install_materials"].get(values["contract_no"])
    return materials.get("material_points") if materials else None


def points_fit(values: Values, held: RegisterView, today: date) -> str | None:
    """Whether a test that was passed was of as many points as are listed."""
    tested, listed = values.get("points_total"), listed_points(values, held, today)
    if tested is None or listed is None or values.get("test_answer") != PASSED.code:
        return None
    return (YES if tested == listed else NO).code


def other_points(held: RegisterView, today: date) -> Iterator[Seen]:
    """Tests of another number of points than the list of materials has: engineering lists, the monitoring centre tests."""
    for key, each in held["installations"].items():
        if each.state != ended("installations") and points_fit(each.values, held, today) == NO.code:
            listed = {"listed": str(listed_points(each.values, held, today))}
            for role in (ENGINEERING, MONITORING):
                yield Seen(key, "points_total", str(each.get("points_total")), role.code, listed)


LISTED_LATE = warning("installation.listed_after", Localized("“{what}”安装以后清单改为“{value}”，采购是按“{then}”办的", "The list of “{what}” was changed to “{value}” after the installation; “{then}” was bought"),
                      Localized("要补采的补齐，重交材料采购完成表；办好了，或只是更正清单的，选“知道了”", "Buy what is missing, and hand in the sheet of the purchase again; note it once it is done, or where the list was put right only"), _listed_after)
BOUGHT_EARLY = warning("installation.bought_early", Localized("“{what}”的清单 {listed} 才登记，采购却写 {value} 完成", "The list of “{what}” was entered on {listed}, bought on {value}"),
                         Localized("核对采购完成日期；清单编好当天就交", "Check the day; a list is handed in on the day it is made"), _bought_early)
SAME_AGAIN = (
             warning("installation.held", Localized("“{value}”的安装合同有改动，正在重新审批，准备工作先停下", "The contract of “{value}” was changed and is to be approved anew: nothing is prepared meanwhile"),
                     Localized("重批以后从头办理，任务会再列出", "Begin again when it is approved: the tasks come back"), _held_up, asks=False),
             warning("installation.over", Localized("“{value}”的安装合同已作废，不再准备、安装和回访", "The contract of “{value}” is ended: nothing is prepared, installed or visited any more"),
                     Localized("知悉即可；已采购的材料由采购部处理", "To know of; purchasing sees to what was bought"), _over, asks=False),
             naming.not_of_role("installation.receiver", "installations", "received_by", (MONITORING,), "handed_by", STAFF),
             *(watching.same_again(f"installation.same_{what}", "installations", same, words, person, since="contract_signed")
               for what, same, words, person in (("collector", ("collector_no",), Localized("采集机备案号", "number of the collector"), "handed_by"),
                                                 ("written", ("written_notice",), Localized("书面通知编号", "number of the written notice"), "handed_by"),
                                                 ("archive", ("papers_filed",), Localized("资料归档号", "number of the archive"), "handed_by"),
                                                 ("notice", ("notice_no",), Localized("安装通知单号", "number of the notice"), "market_by"),
                                                 ("site", ("install_site", "site_place"), Localized("安装单位和地点", "site and place"), "market_by"))),
)
