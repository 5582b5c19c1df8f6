"""What an installation is held against: no day before its contract, no material before its list, nothing twice, nobody of another department.

Watches that the procedure of installations is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.install_service import ENGINEERING
from schemas.language import Against, Comparison, Field, Kind, Localized, Option, Rule, Severity, Values, watching
from schemas.language.work import NO, YES, Derived, RegisterView, Seen, warning
from schemas.roster.roles import DIRECTOR, STAFF

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


def _bought_early(held: RegisterView, today: date) -> Iterator[Seen]:
    """Material that was bought before purchasing had the list of it."""
    for key, each in held["install_materials"].items():
        bought, listed = str(each.get("materials_bought_on") or ""), str(each.get("materials_listed_on") or "")
        if bought and bought < listed:
            yield Seen(key, "materials_bought_on", bought, DIRECTOR.code, {"what": str(each.get("install_site")), "listed": listed})


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
        if points_fit(each.values, held, today) == NO.code:
            listed = {"listed": str(listed_points(each.values, held, today))}
            for role in (ENGINEERING, MONITORING):
                yield Seen(key, "points_total", str(each.get("points_total")), role.code, listed)


BOUGHT_EARLY = warning("installation.bought_early", Localized("“{what}”的清单 {listed} 才登记，采购却写 {value} 完成", "The list of “{what}” was entered on {listed}, bought on {value}"),
                         Localized("核对采购完成日期；清单编好当天就交", "Check the day; a list is handed in on the day it is made"), _bought_early)
SAME_AGAIN = (
             watching.not_of_role("installation.receiver", "installations", "received_by", MONITORING, "handed_by", STAFF),
             *(watching.same_again(f"installation.same_{what}", "installations", same, words, person, since="contract_signed")
               for what, same, words, person in (("collector", ("collector_no",), Localized("采集机备案号", "number of the collector"), "handed_by"),
                                                 ("notice", ("notice_no",), Localized("安装通知单号", "number of the notice"), "market_by"),
                                                 ("site", ("install_site", "site_place"), Localized("安装单位和地点", "site and place"), "market_by"))),
)
