"""入网安装: from contract to a year of service visits; what can be prepared at the same time is.

The manual: contract and notice, approval by the director, five documents of the customer; then line order, material list,
site survey and drawings beside each other, the drawings checked by technical department and monitoring centre;
installation, joint signal test with every point equal, hand-over with a written notice, a year of service visits. Left
open by it, set here: the working days of each step, and four visits, one every three months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from schemas.installation import forms
from schemas.language import Field, Form, Kind, Move, Option, Procedure, Register, Stage, State, Values, Words, fields
from schemas.language.model import describe
from schemas.language.work import NO, YES, Derived, Held, Measure, Opening, Opens, Statistic
from schemas.roster.roles import DIRECTOR

MARKET = Option("market_dept", Words("市场部", "Market department"))
ENGINEERING = Option("engineering_dept", Words("工程部", "Engineering"))
TECHNICAL = Option("technical_dept", Words("技术部", "Technical department"))
MONITORING = Option("monitoring_centre", Words("监控中心", "Monitoring centre"))
VISITS, EVERY = 4, 3

TO_APPROVE = State("to_approve", Words("待审批", "To approve"))
TO_AMEND = State("to_amend", Words("待补正", "To amend"))
TO_COLLECT = State("to_collect", Words("待收资料", "Documents wanted"))
PREPARING = State("preparing", Words("准备中", "Preparing"))
TO_INSTALL = State("to_install", Words("待安装", "To install"))
TO_TEST = State("to_test", Words("待联测", "To test"))
TO_HAND_OVER = State("to_hand_over", Words("待交接", "To hand over"))
IN_SERVICE = State("in_service", Words("已交付", "In service"), final=True)
TO_PREPARE = State("to_prepare", Words("待准备", "To prepare"))
TO_CHECK = State("to_check_drawing", Words("待技术审核", "With the technical department"))
TO_COMPARE = State("to_compare_drawing", Words("待监控核对", "With the monitoring centre"))
PREPARED = State("prepared", Words("已完成", "Done"), final=True)
TO_VISIT = State("to_serve", Words("待回访", "To visit"))
VISITED = State("served", Words("已回访", "Visited"), final=True)
_ALL_PAPERS = tuple((code, (YES.code,)) for code in forms.PAPERS)


def _preparing(held: Held, today: date) -> Iterator[Opening]:
    for key, each in held["installations"].items():
        if each.state == PREPARING.code:
            yield Opening(key, {"install_site": each.values["install_site"]})


def _branch(code: str, zh: str, en: str, base: Form, stages: tuple[Stage, ...], steps: tuple[Form, ...]) -> Register:
    """What is prepared beside the other branches: the program opens it for every installation that may be prepared."""
    states = [TO_PREPARE, *([TO_CHECK, TO_COMPARE] if len(stages) > 1 else []), PREPARED]
    # fmt: off
    return Register(
        code, Words(zh, en), forms=(base, *steps), states=tuple(states), stages=stages, manager=DIRECTOR.code, kept=True,
        looks_at=("installations",), opens=(Opens(_preparing),),
    )
    # fmt: on


# fmt: off
BRANCHES = (
    _branch(
        "install_lines", "线路", "Lines", describe(forms.LineBranch),
        (Stage("order_line", Words("线路分析", "Line order"), TECHNICAL.code, "line_order", TO_PREPARE.code, days=3, strict=True,
               moves=(Move(PREPARED.code),), task=Words("分析线路，开线路单", "Analyse and order the line")),),
        (describe(forms.LineOrder),),
    ),
    _branch(
        "install_materials", "材料", "Materials", describe(forms.MaterialBranch),
        (Stage("list_material", Words("材料清单", "Materials"), ENGINEERING.code, "material_list", TO_PREPARE.code, days=3, strict=True,
               moves=(Move(PREPARED.code),), task=Words("编制材料清单", "List the materials")),),
        (describe(forms.MaterialList),),
    ),
    _branch(
        "install_surveys", "勘查", "Site surveys", describe(forms.SurveyBranch),
        (Stage("survey_site", Words("现场勘查", "Survey"), ENGINEERING.code, "site_survey", TO_PREPARE.code, days=5, strict=True,
               moves=(Move(PREPARED.code),), task=Words("到现场勘查", "Survey the site")),),
        (describe(forms.SiteSurvey),),
    ),
    _branch(
        "install_drawings", "图纸", "Drawings", describe(forms.DrawingBranch),
        (
            Stage("enter_drawing", Words("图纸录入", "Drawings"), ENGINEERING.code, "drawing_entered", TO_PREPARE.code, days=5, strict=True,
                  moves=(Move(TO_CHECK.code),), task=Words("录入图纸", "Enter the drawings")),
            Stage("check_drawing", Words("技术审核", "Technical check"), TECHNICAL.code, "drawing_technical", TO_CHECK.code, days=2,
                  strict=True, not_by=("drawn_by",), task=Words("审核图纸", "Check the drawings"),
                  moves=fields.decided("technical_answer", TO_COMPARE, TO_PREPARE)),
            Stage("compare_drawing", Words("监控核对", "Monitoring check"), MONITORING.code, "drawing_monitoring", TO_COMPARE.code, days=2,
                  strict=True, task=Words("核对图纸点位", "Compare the points"),
                  moves=fields.decided("monitoring_answer", PREPARED, TO_PREPARE)),
        ),
        (describe(forms.Drawing), describe(forms.TechnicalCheck), describe(forms.MonitoringCheck)),
    ),
)


def _blocking(values: Values, held: Held) -> list[str]:
    """What is not there yet of what the installation waits for."""
    key = values["contract_no"]
    records = ((each.title.zh, held[each.code].get(key)) for each in BRANCHES)
    return [title for title, record in records if record is None or record.state != PREPARED.code]


def _blocked_by(values: Values, held: Held, today: date) -> str | None:
    installation = held["installations"].get(values["contract_no"])
    state = installation.state if installation else ""
    if state == TO_COLLECT.code:
        papers = INSTALLATIONS.forms[3]
        lacking = [papers.field(code).label.zh for code in forms.PAPERS if values.get(code) != YES.code]
        return "资料：" + "、".join(lacking) if lacking else None
    return "、".join(_blocking(values, held)) or None if state == PREPARING.code else None


def _ready(values: Values, held: Held, today: date) -> str:
    return (NO if _blocking(values, held) else YES).code


def _by_state(held: Held, today: date) -> list[list[Any]]:
    those = list(held["installations"].values())
    counts = [[state.words, sum(each.state == state.code for each in those)] for state in INSTALLATIONS.states]
    return counts if those else []


INSTALLATIONS = Register(
    "installations", Words("入网安装", "Installations"),
    forms=tuple(map(describe, (forms.Contract, forms.InstallApproval, forms.ContractAmended, forms.Papers, forms.Installed,
                               forms.SignalTest, forms.HandedOver))),
    states=(TO_APPROVE, TO_AMEND, TO_COLLECT, PREPARING, TO_INSTALL, TO_TEST, TO_HAND_OVER, IN_SERVICE),
    stages=(
        Stage("list_contract", Words("合同登记", "Contract"), MARKET.code, "install_contract", moves=(Move(TO_APPROVE.code),)),
        Stage("approve_install", Words("安装审批", "Approve"), DIRECTOR.code, "install_approval", TO_APPROVE.code, days=2, strict=True,
              not_by=("market_by",), task=Words("审批下列安装", "Approve these installations"),
              moves=fields.decided("install_answer", TO_COLLECT, TO_AMEND)),
        Stage("amend_contract", Words("合同补正", "Amend"), MARKET.code, "contract_amended", TO_AMEND.code, days=3,
              moves=(Move(TO_APPROVE.code),), task=Words("按审批意见补正合同", "Amend the contract")),
        Stage("collect_papers", Words("收集资料", "Documents"), MARKET.code, "customer_papers", TO_COLLECT.code, days=5,
              moves=(Move(PREPARING.code, when=_ALL_PAPERS), Move(TO_COLLECT.code)),
              task=Words("收齐五项资料，收到的填“是”", "Collect the five documents")),
        Stage("prepare_install", Words("安装准备", "Prepare"), DIRECTOR.code, state=PREPARING.code, days=10,
              moves=(Move(TO_INSTALL.code, known=(("branches_done", (YES.code,)),)),)),
        Stage("install_site_stage", Words("安装施工", "Install"), ENGINEERING.code, "installed_sheet", TO_INSTALL.code, days=5, strict=True,
              moves=(Move(TO_TEST.code),), task=Words("按图安装", "Install as drawn")),
        Stage("test_signals", Words("联合测试", "Joint test"), MONITORING.code, "signal_test", TO_TEST.code, days=2, strict=True,
              task=Words("与工程部逐点联测", "Test point by point with engineering"),
              moves=fields.decided("test_answer", TO_HAND_OVER, TO_INSTALL, forms.PASSED, forms.FAILED)),
        Stage("hand_over", Words("安装交接", "Hand over"), MARKET.code, "handed_over", TO_HAND_OVER.code, days=2,
              moves=(Move(IN_SERVICE.code),), task=Words("与客户交接，送书面通知", "Hand over with a written notice")),
    ),
    manager=DIRECTOR.code, looks_at=tuple(each.code for each in BRANCHES),
    derived=(
        Derived(Field("blocked_by", Words("受阻于", "Blocked by")), look=_blocked_by),
        Derived(Field("branches_done", Words("准备齐全", "All prepared"), Kind.CHOICE, options=(YES, NO)), look=_ready),
    ),
    statistics=(Statistic("installations_by_state", Words("安装进度", "Installations"), Words("进度", "State"),
                          (Measure(Words("安装", "Installations")),), _by_state),),
)


def _visits(held: Held, today: date) -> Iterator[Opening]:
    for key, each in held["installations"].items():
        if each.state == IN_SERVICE.code:
            handed = date.fromisoformat(each.values["handed_on"])
            for number in range(1, VISITS + 1):
                month = handed.month - 1 + EVERY * number
                due = date(handed.year + month // 12, month % 12 + 1, min(handed.day, 28))
                yield Opening(f"{key}-{number}", {"service_site": each.values["install_site"], "service_due": due.isoformat()})


SERVICE = Register(
    "service_visits", Words("售后回访", "Service visits"), forms=(describe(forms.VisitDue), describe(forms.ServiceVisit)),
    states=(TO_VISIT, VISITED), kept=True, looks_at=("installations",), opens=(Opens(_visits),), manager=DIRECTOR.code,
    stages=(Stage("serve_site", Words("售后回访", "Visit"), MARKET.code, "service_visit", TO_VISIT.code, due_by="service_due",
                  moves=(Move(VISITED.code),), task=Words("在应回访日期前回访", "Visit by the day named")),),
)
PROCEDURE = Procedure(
    "installation", Words("入网安装", "Installation"),
    about=Words("合同、审批、资料齐全后多部门并行准备，安装联测，交接后回访一年",
                "Contract, approval, documents; departments prepare side by side; installation, joint test, hand-over, a year of visits"),
    roles=(MARKET, DIRECTOR, ENGINEERING, TECHNICAL, MONITORING),
    registers=(INSTALLATIONS, *BRANCHES, SERVICE),
)
