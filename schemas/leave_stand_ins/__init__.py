"""Who stands in for somebody on leave: he reads what is to be done, and has to be there; part of ``leave``, whose ``manual.toml`` says where that is from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Localized, work
from schemas.language.work import RegisterView
from schemas.leave_notes import GRANTED, TO_DECIDE, TO_HAND_IN, away_meanwhile, people_by_name, person_named
from schemas.roster.roles import PLANNING_HEAD


def _stands_in(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves that are granted and not over, told to whoever is there to do the work meanwhile: what it is, and for how long."""
    people, away = people_by_name(held), away_meanwhile(held, today)
    for key, each in held["leaves"].items():
        stand_in, ends = people.get(person_named(each.get("leave_stand_in"))), str(each.get("leave_to") or "")
        granted = each.state in (GRANTED.code, TO_HAND_IN.code) and today.isoformat() <= ends[:10]
        if stand_in is not None and granted and key not in away:
            span = {"from": str(each.get("leave_from")), "to": ends}
            said = {code: moment.replace("T", " ")[:16] for code, moment in span.items()}
            said |= {"work": str(each.get("leave_handed_over") or "—")}
            yield work.Seen(key, "leave_person", str(each.get("leave_person")), "", said, stand_in.key)


def _stand_in_away(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves whose stand-in cannot stand in: for who decides, and once it is granted for who is to name another one."""
    for key, why in away_meanwhile(held, today).items():
        each = held["leaves"][key]
        whom = each.owner if each.state == TO_DECIDE.code else str(each.get("leave_person"))
        other = str(each.get("leave_stand_in"))
        yield work.Seen(key, "leave_stand_in", other, PLANNING_HEAD.code, {"why": why}, whom)


STANDS_IN = work.warning(
    "leave.stands_in",
    Localized(
        "{value}请假（{from} 至 {to}），由您代理：{work}",
        "{value} is on leave from {from} to {to}; you stand in: {work}",
    ),
    Localized("按书面交代的办；办不了的马上找请假人", "Do as it says; speak with who is on leave where you cannot"),
    _stands_in,
    asks=False,
)
STAND_IN_AWAY = work.warning(
    "leave.stand_in_away",
    Localized("工作代理人“{value}”{why}", "The stand-in “{value}” {why}"),
    Localized(
        "请假人另找代理人，改好请假单重交，再批",
        "Another stand-in is named on the request, which is decided on anew",
    ),
    _stand_in_away,
)
