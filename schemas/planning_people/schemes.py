"""By when a plan of a year, a half-year or a quarter is decided on, and whether it was (四 3 3, 四 4 2): it stands once it is approved."""

from __future__ import annotations

from datetime import date

from schemas.language import Field, Kind, Localized, Values, durations, fields
from schemas.language.telling import done_after_day
from schemas.language.work import Derived, RegisterView, Watch
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
    done_after_day(
        "scheme.approved_late", "planning_schemes", "scheme_due", "scheme_in_force_on", GENERAL_MANAGER.code
    ),
)
