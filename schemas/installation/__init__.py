"""入网安装: from contract to a year of service visits; what can be prepared at the same time is.

``manual.toml`` says what the manual gives: who does what, the papers, the joint test, the year of service. Ours: the
working days of each step, and four visits, one every three months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.installation import forms
from schemas.language import (
    Field,
    Form,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
)
from schemas.language.model import describe
from schemas.language.work import (
    NO,
    YES,
    CreatedRecord,
    CreatesRecords,
    Derived,
    FigureRows,
    Measure,
    RegisterView,
    Statistic,
)
from schemas.roster.roles import DIRECTOR

MARKET = Option("market_dept", Localized("市场部", "Market department"))
ENGINEERING = Option("engineering_dept", Localized("工程部", "Engineering"))
TECHNICAL = Option("technical_dept", Localized("技术部", "Technical department"))
MONITORING = Option("monitoring_centre", Localized("监控中心", "Monitoring centre"))
VISITS, EVERY = 4, 3

TO_APPROVE = State("to_approve", Localized("待审批", "To approve"))
TO_AMEND = State("to_amend", Localized("待补正", "To amend"))
TO_COLLECT = State("to_collect", Localized("待收资料", "Documents wanted"))
PREPARING = State("preparing", Localized("准备中", "Preparing"))
TO_INSTALL = State("to_install", Localized("待安装", "To install"))
TO_TEST = State("to_test", Localized("待联测", "To test"))
TO_HAND_OVER = State("to_hand_over", Localized("待交接", "To hand over"))
IN_SERVICE = State("in_service", Localized("已交付", "In service"), final=True)
TO_PREPARE = State("to_prepare", Localized("待准备", "To prepare"))
TO_CHECK = State("to_check_drawing", Localized("待技术审核", "With the technical department"))
TO_COMPARE = State("to_compare_drawing", Localized("待监控核对", "With the monitoring centre"))
PREPARED = State("prepared", Localized("已完成", "Done"), final=True)
TO_VISIT = State("to_serve", Localized("待回访", "To visit"))
VISITED = State("served", Localized("已回访", "Visited"), final=True)
_ALL_PAPERS = tuple((code, (YES.code,)) for code in forms.PAPERS)


def _preparing(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["installations"].items():
        if each.state == PREPARING.code:
            yield CreatedRecord(key, {"install_site": each.values["install_site"]})


def _branch(code: str, zh: str, en: str, base: Form, stages: tuple[Stage, ...], steps: tuple[Form, ...]) -> Register:
    """What is prepared beside the other branches: the program opens it for every installation that may be prepared."""
    states = [TO_PREPARE, *([TO_CHECK, TO_COMPARE] if len(stages) > 1 else []), PREPARED]
    # fmt: off
    return Register(
        code, Localized(zh, en), forms=(base, *steps), states=tuple(states), stages=stages, manager=DIRECTOR.code, kept=True,
        looks_at=("installations",), opens=(CreatesRecords(_preparing),),
    )
    # fmt: on


# fmt: off
BRANCHES = (
    _branch(
        "install_lines", "线路", "Lines", describe(forms.LineBranch),
        (Stage("order_line", Localized("线路分析", "Line order"), TECHNICAL.code, "line_order", TO_PREPARE.code, days=3, strict=True,
               transitions=(Transition(PREPARED.code),), task=Localized("分析线路，开线路单", "Analyse and order the line")),),
        (describe(forms.LineOrder),),
    ),
    _branch(
        "install_materials", "材料", "Materials", describe(forms.MaterialBranch),
        (Stage("list_material", Localized("材料清单", "Materials"), ENGINEERING.code, "material_list", TO_PREPARE.code, days=3, strict=True,
               transitions=(Transition(PREPARED.code),), task=Localized("编制材料清单", "List the materials")),),
        (describe(forms.MaterialList),),
    ),
    _branch(
        "install_surveys", "勘查", "Site surveys", describe(forms.SurveyBranch),
        (Stage("survey_site", Localized("现场勘查", "Survey"), ENGINEERING.code, "site_survey", TO_PREPARE.code, days=5, strict=True,
               transitions=(Transition(PREPARED.code),), task=Localized("到现场勘查", "Survey the site")),),
        (describe(forms.SiteSurvey),),
    ),
    _branch(
        "install_drawings", "图纸", "Drawings", describe(forms.DrawingBranch),
        (
            Stage("enter_drawing", Localized("图纸录入", "Drawings"), ENGINEERING.code, "drawing_entered", TO_PREPARE.code, days=5, strict=True,
                  transitions=(Transition(TO_CHECK.code),), task=Localized("录入图纸", "Enter the drawings")),
            Stage("check_drawing", Localized("技术审核", "Technical check"), TECHNICAL.code, "drawing_technical", TO_CHECK.code, days=2,
                  strict=True, not_by=("drawn_by",), task=Localized("审核图纸", "Check the drawings"),
                  transitions=fields.decided("technical_answer", TO_COMPARE, TO_PREPARE)),
            Stage("compare_drawing", Localized("监控核对", "Monitoring check"), MONITORING.code, "drawing_monitoring", TO_COMPARE.code, days=2,
                  strict=True, task=Localized("核对图纸点位", "Compare the points"),
                  transitions=fields.decided("monitoring_answer", PREPARED, TO_PREPARE)),
        ),
        (describe(forms.Drawing), describe(forms.TechnicalCheck), describe(forms.MonitoringCheck)),
    ),
)


def _blocking(values: Values, held: RegisterView) -> list[str]:
    """What is not there yet of what the installation waits for."""
    key = values["contract_no"]
    records = ((each.title.zh, held[each.code].get(key)) for each in BRANCHES)
    return [title for title, record in records if record is None or record.state != PREPARED.code]


def _blocked_by(values: Values, held: RegisterView, today: date) -> str | None:
    installation = held["installations"].get(values["contract_no"])
    state = installation.state if installation else ""
    if state == TO_COLLECT.code:
        papers = INSTALLATIONS.forms[3]
        lacking = [papers.field(code).label.zh for code in forms.PAPERS if values.get(code) != YES.code]
        return "资料：" + "、".join(lacking) if lacking else None
    return "、".join(_blocking(values, held)) or None if state == PREPARING.code else None


def _ready(values: Values, held: RegisterView, today: date) -> str:
    return (NO if _blocking(values, held) else YES).code


def _by_state(held: RegisterView, today: date) -> FigureRows:
    those = list(held["installations"].values())
    counts: FigureRows = [[state.words, sum(each.state == state.code for each in those)] for state in INSTALLATIONS.states]
    return counts if those else []


INSTALLATIONS = Register(
    "installations", Localized("入网安装", "Installations"),
    forms=tuple(map(describe, (forms.Contract, forms.InstallApproval, forms.ContractAmended, forms.CustomerPapers, forms.Installed,
                               forms.SignalTest, forms.HandedOver))),
    states=(TO_APPROVE, TO_AMEND, TO_COLLECT, PREPARING, TO_INSTALL, TO_TEST, TO_HAND_OVER, IN_SERVICE),
    stages=(
        Stage("list_contract", Localized("合同登记", "Contract"), MARKET.code, "install_contract", transitions=(Transition(TO_APPROVE.code),)),
        Stage("approve_install", Localized("安装审批", "Approve"), DIRECTOR.code, "install_approval", TO_APPROVE.code, days=2, strict=True,
              not_by=("market_by",), task=Localized("审批下列安装", "Approve these installations"),
              transitions=fields.decided("install_answer", TO_COLLECT, TO_AMEND)),
        Stage("amend_contract", Localized("合同补正", "Amend"), MARKET.code, "contract_amended", TO_AMEND.code, days=3,
              transitions=(Transition(TO_APPROVE.code),), task=Localized("按审批意见补正合同", "Amend the contract")),
        Stage("collect_papers", Localized("收集资料", "Documents"), MARKET.code, "customer_papers", TO_COLLECT.code, days=5,
              transitions=(Transition(PREPARING.code, when=_ALL_PAPERS), Transition(TO_COLLECT.code)),
              task=Localized("收齐五项资料，收到的填“是”", "Collect the five documents")),
        Stage("prepare_install", Localized("安装准备", "Prepare"), DIRECTOR.code, state=PREPARING.code, days=10,
              transitions=(Transition(TO_INSTALL.code, known=(("branches_done", (YES.code,)),)),)),
        Stage("install_site_stage", Localized("安装施工", "Install"), ENGINEERING.code, "installed_sheet", TO_INSTALL.code, days=5, strict=True,
              transitions=(Transition(TO_TEST.code),), task=Localized("按图安装", "Install as drawn")),
        Stage("test_signals", Localized("联合测试", "Joint test"), MONITORING.code, "signal_test", TO_TEST.code, days=2, strict=True,
              task=Localized("与工程部逐点联测", "Test point by point with engineering"),
              transitions=fields.decided("test_answer", TO_HAND_OVER, TO_INSTALL, forms.PASSED, forms.FAILED)),
        Stage("hand_over", Localized("安装交接", "Hand over"), MARKET.code, "handed_over", TO_HAND_OVER.code, days=2,
              transitions=(Transition(IN_SERVICE.code),), task=Localized("与客户交接，送书面通知", "Hand over with a written notice")),
    ),
    manager=DIRECTOR.code, looks_at=tuple(each.code for each in BRANCHES),
    derived=(
        Derived(Field("blocked_by", Localized("受阻于", "Blocked by")), look=_blocked_by),
        Derived(Field("branches_done", Localized("准备齐全", "All prepared"), Kind.CHOICE, options=(YES, NO)), look=_ready),
    ),
    statistics=(Statistic("installations_by_state", Localized("安装进度", "Installations"), Localized("进度", "State"),
                          (Measure(Localized("安装", "Installations")),), _by_state),),
)


def _visits(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["installations"].items():
        if each.state == IN_SERVICE.code:
            handed = date.fromisoformat(each.values["handed_on"])
            for number in range(1, VISITS + 1):
                month = handed.month - 1 + EVERY * number
                due = date(handed.year + month // 12, month % 12 + 1, min(handed.day, 28))
                yield CreatedRecord(f"{key}-{number}", {"service_site": each.values["install_site"], "service_due": due.isoformat()})


SERVICE = Register(
    "service_visits", Localized("售后回访", "Service visits"), forms=(describe(forms.VisitDue), describe(forms.ServiceVisit)),
    states=(TO_VISIT, VISITED), kept=True, looks_at=("installations",), opens=(CreatesRecords(_visits),), manager=DIRECTOR.code,
    stages=(Stage("serve_site", Localized("售后回访", "Visit"), MARKET.code, "service_visit", TO_VISIT.code, due_by="service_due",
                  transitions=(Transition(VISITED.code),), task=Localized("在应回访日期前回访", "Visit by the day named")),),
)
PROCEDURE = Procedure(
    "installation", Localized("入网安装", "Installation"),
    about=Localized("合同、审批、资料齐全后多部门并行准备，安装联测，交接后回访一年",
                "Contract, approval, documents; departments prepare side by side; installation, joint test, hand-over, a year of visits"),
    roles=(MARKET, DIRECTOR, ENGINEERING, TECHNICAL, MONITORING),
    registers=(INSTALLATIONS, *BRANCHES, SERVICE),
)
