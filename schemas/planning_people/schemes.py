"""By when a plan of a year, a half-year or a quarter is decided on, and whether it was (四 3 3, 四 4 2): it stands once it is approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Field, Kind, Localized, Values, durations, fields
from schemas.language.ending import ended
from schemas.language.telling import done_after_day, is_recent
from schemas.language.work import Derived, RegisterView, Seen, Watch, warning
from schemas.language.workdays import workdays_later
from schemas.roster.roles import GENERAL_MANAGER, PLANNING_HEAD

DECIDE_DAYS = 3


def _decide_by(values: Values) -> str | None:
    """The day by which the plan is to stand, where that is sooner than the days of the stage; it may be over."""
    written, due = str(values.get("scheme_on") or ""), str(values.get("scheme_due") or "")
    if not written or due < written:
        return None
    return due if due <= workdays_later(date.fromisoformat(written), DECIDE_DAYS).isoformat() else None


def _in_force_on(values: Values, held: RegisterView, today: date) -> str | None:
    approved = values.get("scheme_decision") == fields.APPROVED.code
    return str(values.get("scheme_in_force_on") or today.isoformat()) if approved else None


def _without_year(held: RegisterView, today: date) -> Iterator[Seen]:
    """Plans of a quarter or half-year handed in, and for a week approved, while that of their year, which they adjust, is not."""
    for key, each in held["planning_schemes"].items():
        year = held["planning_schemes"].get(f"ND{key[2:6]}")
        waits = each.state == "scheme_to_approve" or (each.state == "scheme_in_force" and is_recent(each, today))
        if (
            waits
            and year is not None
            and year.key != key
            and year.state not in ("scheme_in_force", ended("planning_schemes"))
        ):
            yield Seen(
                key, "scheme_no", key, GENERAL_MANAGER.code, {"year": year.key, "what": str(each.get("scheme_period"))}
            )


APPROVAL = (
    Derived(Field("scheme_decide_by", Localized("方案审批期限", "Decide by"), Kind.DATE), _decide_by),
    Derived(
        Field("scheme_in_force_on", Localized("方案批准登记日", "Approval entered on"), Kind.DATE), look=_in_force_on
    ),
)
SCHEME_WATCHES: tuple[Watch, ...] = (
    *durations.not_in_time(
        "scheme.", "planning_schemes", {"scheme_in_time": ("scheme_on", "scheme_due")}, PLANNING_HEAD.code
    ),
    warning(
        "scheme.no_year",
        Localized(
            "{what}的方案要在年度方案上调整，{year} 还没有批准",
            "The plan of {what} adjusts that of its year, {year}, which is not approved",
        ),
        Localized("先定年度方案；看过选“知道了”", "Decide on the plan of the year first, or note it"),
        _without_year,
    ),
    done_after_day(
        "scheme.approved_late", "planning_schemes", "scheme_due", "scheme_in_force_on", GENERAL_MANAGER.code
    ),
)
