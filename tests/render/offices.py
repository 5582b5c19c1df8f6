"""An office with a few made-up shops, as rendering meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.place import Place
from pipeline.domain.record import FieldChange, RecordState
from pipeline.domain.record_set import InMemoryRecords, by_key
from schemas.language import Catalogue, Field, Language, Procedure, Register
from tests.tools.shop import SHOPS, TODAY, roster, words

CATALOGUE = Catalogue((Procedure("shop", words("开店"), (SHOPS,)),))


def shop(key: str, state: str, *, late: int = 0, owner: str = "K1", reason: str = "", **values: Any) -> RecordState:
    """A shop in *state*, due *late* days ago."""
    return RecordState(
        SHOPS.code,
        key,
        {"shop_no": key, "shop_title": f"店{key}", **values},
        state=state,
        since=TODAY - timedelta(5),
        due=None if state == "done" else TODAY - timedelta(late),
        owner=owner,
        area="1" if owner else "",
        why="北镇（地点）" if owner else "",
        reason=reason,
        source=Place("来件.xlsx", "表1", f"A{key[-1]}"),
        version=7,
    )


def office(
    *entries: RecordState,
    findings: Sequence[OpenFinding] = (),
    changes: Sequence[FieldChange] = (),
    language: Language = "zh",
    register: Register = SHOPS,
    today: date = TODAY,
) -> Office:
    catalogue = replace(CATALOGUE, procedures=(replace(CATALOGUE.procedures[0], registers=(register,)),))
    return Office(
        "某县营销部",
        today,
        language,
        catalogue,
        roster(),
        entries={register.code: InMemoryRecords(by_key(entries))},
        findings=findings,
        changes=changes,
    )


def with_visits(drawn: Office) -> Office:
    """*drawn*, which visits its shops, too; what opens shops is shown to newcomers."""
    visits = replace(SHOPS, code="visits", title=words("拜访"), care=None)
    (opening,) = drawn.catalogue.procedures
    visiting = Procedure("a_visiting", words("客户拜访"), (visits,))
    catalogue = Catalogue((visiting, replace(opening, introduces=True)))
    seen = replace(shop("9", "to_look", late=1), register="visits")
    return replace(drawn, catalogue=catalogue, entries={**drawn.entries, "visits": InMemoryRecords(by_key([seen]))})


def with_fields(*fields: Field) -> Register:
    """The shops' register, its opening form with more fields."""
    base = SHOPS.base
    return replace(SHOPS, forms=(replace(base, fields=(*base.fields, *fields)), *SHOPS.forms[1:]))
