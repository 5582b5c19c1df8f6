"""客户通知: what is announced to customers, and by whom; part of ``online_questions``, whose ``manual.toml`` says what the manual gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.holders import has_one_of, holds_role
from schemas.language import (
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
    work,
)
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.telling import is_recent
from schemas.language.work import Derived, Numbered, RegisterView, Seen
from schemas.project_phases import CLUB, OTHER, PAPERS, PROMOTED, PROPERTY_MATTER, SOURCES, UNITS, in_charge
from schemas.roster.roles import CUSTOMER_CENTRE, SUPERVISOR

NOTED = State("notice_noted", Localized("已登记", "Listed"), final=True)
_TOLD_FOR = timedelta(days=30)


class Notice(FormModel, form=form("customer_notice", "客户通知登记表", "Published notice", titles=("客户通知",))):
    notice_code: Text = fields.number("通知编号", "Question notice No", "TZ2611001", given=True)
    notice_title: Text = fields.text("通知标题", "Title", "冬季供暖安排", means=FieldRole.TITLE)
    notice_topic: Text = field(
        "通知类别", "Topic", required=True, options=(PROPERTY_MATTER, CLUB, PAPERS, PROMOTED, OTHER)
    )
    notice_project: Text = field(
        "通知涉及项目",
        "Project of the notice",
        kind=Kind.CODE,
        required_when={"notice_topic": (PROPERTY_MATTER.code,)},
        example="金色家园",
        help=Localized(
            "由哪个部门发布，看项目到了哪个阶段；不是一个项目的不填",
            "Who publishes it hangs on the project's stage; blank where it is of none",
        ),
    )
    published_on: Date = fields.day("发布日期", "Published on", trends=True)
    published_where: Text = field("发布渠道", "Where", required=True, options=SOURCES)
    published_by: Text = fields.filled_by("通知发布人", "Published by")


def _publisher(values: Values, held: RegisterView, today: date) -> str:
    """Who publishes a notice, by its topic and the stage of its project on that day."""
    topic, project = str(values.get("notice_topic", "")), str(values.get("notice_project") or "")
    return in_charge(topic, project, str(values["published_on"]), held).code


def _is_there(held: RegisterView, unit: Option) -> bool:
    """Whether anybody of that *unit* is on the sheet of staff."""
    return any(has_one_of(each, unit) for each in held["people"].values())


def _published_by_another(held: RegisterView, today: date) -> Iterator[Seen]:
    """Notices that somebody has published whose they are not, where there is somebody of whom they are: for a month."""
    units = {each.code: each for each in UNITS}
    for key, each in held["customer_notices"].items():
        unit, by = units.get(str(each.get("notice_unit"))), str(each.get("published_by"))
        recent = is_recent(each, today, _TOLD_FOR)
        if unit is None or not recent or holds_role(held, by, unit) or not _is_there(held, unit):
            continue
        said: dict[str, str | Localized] = {"what": str(each.get("notice_title")), "unit": unit.words}
        yield Seen(key, "published_by", by, details=said)
        yield Seen(key, "published_by", by, details=said, person=by)


# fmt: off
CUSTOMER_NOTICES = Register(
    "customer_notices", Localized("客户通知", "Notices"), forms=(describe(Notice),), states=(NOTED,), manager=SUPERVISOR.code, looks_at=("project_phases", "people"),
    stages=(Stage("note_notice", Localized("通知登记", "Note"), CUSTOMER_CENTRE.code, "customer_notice", transitions=(Transition(NOTED.code),)),),
    numbered=Numbered("TZ{yy}{month}{serial:03d}", ("notice_title", "notice_project", "published_on", "published_where"), "published_on"),
    derived=(Derived(Field("notice_unit", Localized("应发布部门", "Whose notice"), Kind.CHOICE, options=UNITS), look=_publisher),),
    refers=(work.Refers("notice_project", "project_phases"),),
    watches=(work.warning("online.notice_by_another", Localized("“{what}”的“通知登记”应由{unit}办理，表上填的是“{value}”", "“{what}”: the notice is for {unit}, the sheet names “{value}”"),
                          Localized("核对类别、涉及项目和发布人，写错的改正；确是代发的选“知道了”", "Check topic, project and who has published it; note it where he did so for them"), _published_by_another),),
)
