"""项目阶段: whose a matter of customers is, by its topic and by the stage that the project is in; part of ``online_questions``.

Before the sales group exists, and from its end to hand-over, the customer centre; while it exists the sales group; after hand-over the
property department for its matters, else the customer centre.
"""

from __future__ import annotations

from schemas.language import Kind, Localized, Option, Register, checks, fields
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.work import RegisterView
from schemas.roster.roles import CUSTOMER_CENTRE

SALES = Option("sales_group", Localized("销售组", "Sales group"))
PROPERTY = Option("property_dept", Localized("物业部", "Property department"))
SUPPORT = Option("support_group", Localized("支持组", "Support group"))
PROMOTION = Option("promotion_group", Localized("推广组", "Promotion group"))
UNITS = (CUSTOMER_CENTRE, SALES, PROPERTY, SUPPORT, PROMOTION)

SOURCES = fields.options(
    ("outer_site", "外部网站", "Outside web site"),
    ("portal", "门户网站", "Portal"),
    ("inner_site", "内部网站", "Own web site"),
    ("forum", "论坛", "Forum"),
    ("public_mailbox", "公共邮箱", "Public mailbox"),
    ("customer_mailbox", "客户邮箱", "Customers' mailbox"),
)
PROPERTY_MATTER = Option("property_matter", Localized("物业管理", "Property management"))
CLUB = Option("club_matter", Localized("客户俱乐部", "Customer club"), ("俱乐部",))
PAPERS = Option("papers_matter", Localized("合同及办证", "Contracts and certificates"), ("合同办证通知",))
PROMOTED = Option("promotion_matter", Localized("推广活动", "Promotions"))
OTHER = Option("other_matter", Localized("其他咨询", "Other"), ("其他",))
BY_TOPIC = {CLUB.code: CUSTOMER_CENTRE, PAPERS.code: SUPPORT, PROMOTED.code: PROMOTION}


class Phase(FormModel, form=form("project_phase", "项目阶段表", "Stages of a project")):
    project_name: Text = field("项目名称", "Project", kind=Kind.CODE, key=True, example="金色家园")
    group_from: Date = fields.day("销售组组建日", "Sales group from", required=False)
    group_to: Date = fields.day("销售组撤消日", "Sales group to", required=False, example="2027-06-30")
    handover_day: Date = fields.day("交房日", "Hand-over", required=False, example="2027-12-31")

    group_in_order = checks.in_order("group_from", "group_to")


def in_charge(topic: str, project: str, day: str, held: RegisterView) -> Option:
    """Return whose a matter of *topic* is on *day*, by the stage that the *project* is in."""
    if topic in BY_TOPIC:
        return BY_TOPIC[topic]
    phase = held["project_phases"].get(project)
    if phase is not None:
        begins, ends, handed = (str(phase.get(code) or "9999") for code in ("group_from", "group_to", "handover_day"))
        if begins <= day <= ends and day < handed:
            return SALES
        if day >= handed and topic == PROPERTY_MATTER.code:
            return PROPERTY
    return CUSTOMER_CENTRE


PHASES = Register("project_phases", Localized("项目阶段", "Projects"), forms=(describe(Phase),))
