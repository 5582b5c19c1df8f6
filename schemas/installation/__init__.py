"""入网安装: from contract to a year of service visits; what can be prepared at the same time is.

``manual.toml`` says what the manual gives: who does what, the papers, the joint test, the year of service. Ours: the
working days of each step, and four visits, one every three months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.installation import forms
from schemas.language import Field, Form, Kind, Localized, Option, Procedure, Register, Sealed, Stage, State, Transition, Values, fields, telling, work  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatedRecord, Derived, FigureRows, RegisterView, Seen, warning
from schemas.roster.roles import DIRECTOR

MARKET = Option("market_dept", Localized("市场部", "Market department"))
ENGINEERING = Option("engineering_dept", Localized("工程部", "Engineering"))
TECHNICAL = Option("technical_dept", Localized("技术部", "Technical department"))
PURCHASING = Option("purchasing_dept", Localized("采购部", "Purchasing department"))
MONITORING = Option("monitoring_centre", Localized("监控中心", "Monitoring centre"), ("远程监控中心",))
VISITS, EVERY, AHEAD = 4, 3, 30
"""Visits of the year of service, months between them, days before its day that one is opened."""

TO_APPROVE = State("to_approve", Localized("待审批", "To approve"))
TO_AMEND = State("to_amend", Localized("待补正", "To amend"))
TO_COLLECT = State("to_collect", Localized("待收资料", "Documents wanted"))
PREPARING = State("preparing", Localized("准备中", "Preparing"))
TO_INSTALL = State("to_install", Localized("待安装", "To install"))
TO_TEST = State("to_test", Localized("待联测", "To test"))
TO_HAND_OVER = State("to_hand_over", Localized("待交接", "To hand over"))
IN_SERVICE = State("in_service", Localized("已交付", "In service"), final=True)
_BEGUN = (TO_INSTALL, TO_TEST, TO_HAND_OVER, IN_SERVICE)
TO_PREPARE = State("to_prepare", Localized("待准备", "To prepare"))
TO_BUY = State("to_buy_material", Localized("待采购", "To buy"))
TO_COMPARE = State("to_compare_drawing", Localized("待监控核对", "With the monitoring centre"))
PREPARED = State("prepared", Localized("已完成", "Done"), final=True)
TO_VISIT = State("to_serve", Localized("待回访", "To visit"))
TO_SERVE = State("service_to_do", Localized("待处理", "To do"))
SERVED = State("service_ended", Localized("已处理", "Done"), final=True)
VISITED = State("served", Localized("已回访", "Visited"), final=True)
_ALL_PAPERS = tuple((code, (YES.code,)) for code in forms.PAPERS)


# fmt: off
def _preparing(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["installations"].items():
        if each.state == PREPARING.code:
            yield CreatedRecord(key, {"install_site": each.values["install_site"]})


def _branch(code: str, zh: str, en: str, base: Form, stages: tuple[Stage, ...], steps: tuple[Form, ...]) -> Register:
    """What is prepared beside the other branches: the program opens it for every installation that may be prepared."""
    between = [state for state in (TO_BUY, TO_COMPARE) if state.code in {stage.state for stage in stages}]
    return Register(
        code, Localized(zh, en), forms=(base, *steps), states=(TO_PREPARE, *between, PREPARED), stages=stages, manager=DIRECTOR.code, kept=True,
        looks_at=("installations",), opens=(work.CreatesRecords(_preparing),),
    )


BRANCHES = (
    _branch(
        "install_lines", "线路", "Lines", describe(forms.LineBranch),
        (Stage("order_line", Localized("线路分析", "Line order"), ENGINEERING.code, "line_order", TO_PREPARE.code, days=3, strict=True,
               transitions=(Transition(PREPARED.code),), task=Localized("分析能否直接采用采集机，联系电信接入宽带", "Say whether the collector fits, order the line")),),
        (describe(forms.LineOrder),),
    ),
    _branch(
        "install_materials", "材料", "Materials", describe(forms.MaterialBranch),
        (
            Stage("list_material", Localized("材料清单", "Materials"), ENGINEERING.code, "material_list", TO_PREPARE.code, days=3, strict=True,
                  transitions=(Transition(TO_BUY.code),), task=Localized("编制材料计划，交采购部", "List the materials for purchasing")),
            Stage("buy_material", Localized("材料采购", "Buy"), PURCHASING.code, "material_bought", TO_BUY.code, days=5, strict=True,
                  transitions=(Transition(PREPARED.code),), task=Localized("按清单采购", "Buy what is listed")),
        ),
        (describe(forms.MaterialList), describe(forms.MaterialBought)),
    ),
    _branch(
        "install_surveys", "勘查", "Site surveys", describe(forms.SurveyBranch),
        (Stage("survey_site", Localized("现场勘查", "Survey"), ENGINEERING.code, "site_survey", TO_PREPARE.code, days=5, strict=True, on_site=True,
               transitions=(Transition(PREPARED.code),), task=Localized("到现场勘查", "Survey the site")),),
        (describe(forms.SiteSurvey),),
    ),
    _branch(
        "install_drawings", "图纸", "Drawings", describe(forms.DrawingBranch),
        (
            Stage("enter_drawing", Localized("图纸录入", "Drawings"), TECHNICAL.code, "drawing_entered", TO_PREPARE.code, days=5, strict=True,
                  transitions=(Transition(TO_COMPARE.code),), task=Localized("录入、整理电子图纸", "Enter the drawings")),
            Stage("compare_drawing", Localized("监控核对", "Monitoring check"), MONITORING.code, "drawing_monitoring", TO_COMPARE.code, days=2,
                  strict=True, task=Localized("核对图纸点位", "Compare the points"),
                  transitions=fields.decided("monitoring_answer", PREPARED, TO_PREPARE)),
        ),
        (describe(forms.Drawing), describe(forms.MonitoringCheck)),
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


def _listed_points(values: Values, held: RegisterView, today: date) -> int | None:
    materials = held["install_materials"].get(values["contract_no"])
    return materials.get("material_points") if materials else None


def _other_points(held: RegisterView, today: date) -> Iterator[Seen]:
    """Tests of another number of points than the list of materials has."""
    for key, each in held["installations"].items():
        tested, listed = each.get("points_total"), _listed_points(each.values, held, today)
        if tested is not None and listed is not None and tested != listed:
            yield Seen(key, "points_total", str(tested), ENGINEERING.code, {"listed": str(listed)})


def _by_state(held: RegisterView, today: date) -> FigureRows:
    those = list(held["installations"].values())
    counts: FigureRows = [[state.words, sum(each.state == state.code for each in those)] for state in INSTALLATIONS.states]
    return counts if those else []


INSTALLATIONS = Register(
    "installations", Localized("入网安装", "Installations"),
    forms=tuple(map(describe, (forms.Contract, forms.InstallApproval, forms.ContractAmended, forms.CustomerPapers, forms.Installed,
                               forms.SignalTest, forms.HandedOver))),
    states=(TO_APPROVE, TO_AMEND, TO_COLLECT, PREPARING, TO_INSTALL, TO_TEST, TO_HAND_OVER, IN_SERVICE),
    sealed=Sealed("installations", "{contract_no}", tuple(each.code for each in (TO_COLLECT, PREPARING, *_BEGUN)), ("install_site", "site_place"), TO_APPROVE.code, final=tuple(each.code for each in _BEGUN)),
    stages=(
        Stage("list_contract", Localized("合同登记", "Contract"), MARKET.code, "install_contract", transitions=(Transition(TO_APPROVE.code),)),
        Stage("approve_install", Localized("安装审批", "Approve"), DIRECTOR.code, "install_approval", TO_APPROVE.code, days=2, strict=True,
              not_by=("market_by",), task=Localized("审批下列安装", "Approve these installations"),
              transitions=fields.decided("install_answer", TO_COLLECT, TO_AMEND)),
        Stage("amend_contract", Localized("合同补正", "Amend"), MARKET.code, "contract_amended", TO_AMEND.code, days=3,
              anew=True, transitions=(Transition(TO_APPROVE.code),), task=Localized("按审批意见补正合同", "Amend the contract")),
        Stage("collect_papers", Localized("收集资料", "Documents"), MARKET.code, "customer_papers", TO_COLLECT.code, days=5,
              transitions=(Transition(PREPARING.code, when=_ALL_PAPERS), Transition(TO_COLLECT.code)),
              task=Localized("收齐五项资料，收到的填“是”", "Collect the five documents")),
        Stage("prepare_install", Localized("安装准备", "Prepare"), DIRECTOR.code, state=PREPARING.code, days=10,
              transitions=(Transition(TO_INSTALL.code, known=(("branches_done", (YES.code,)),)),)),
        Stage("install_site_stage", Localized("安装施工", "Install"), ENGINEERING.code, "installed_sheet", TO_INSTALL.code, days=5, strict=True, on_site=True,
              transitions=(Transition(TO_TEST.code),), task=Localized("按图安装", "Install as drawn")),
        Stage("test_signals", Localized("联合测试", "Joint test"), MONITORING.code, "signal_test", TO_TEST.code, days=2, strict=True,
              task=Localized("与工程部逐点联测", "Test point by point with engineering"),
              transitions=fields.decided("test_answer", TO_HAND_OVER, TO_INSTALL, forms.PASSED, forms.FAILED)),
        Stage("hand_over", Localized("安装交接", "Hand over"), ENGINEERING.code, "handed_over", TO_HAND_OVER.code, days=2,
              transitions=(Transition(IN_SERVICE.code),), strict=True, task=Localized("移交监控中心，书面通知市场部，归档备案", "Hand over to the monitoring centre, notify the market department, file it")),
    ),
    manager=DIRECTOR.code, looks_at=tuple(each.code for each in BRANCHES),
    derived=(
        Derived(Field("blocked_by", Localized("受阻于", "Blocked by")), look=_blocked_by),
        Derived(Field("listed_points", Localized("清单点位数", "Points listed"), Kind.INTEGER), look=_listed_points),
        Derived(Field("branches_done", Localized("准备齐全", "All prepared"), Kind.CHOICE, options=(YES, NO)), look=lambda values, held, today: (NO if _blocking(values, held) else YES).code),
    ),
    watches=(warning("installation.other_points", Localized("测试点位 {value} 个，材料清单 {listed} 个，不相等", "{value} points were tested, {listed} are listed"),
                     Localized("核对点位；漏测的补测，清单有误的更正", "Test what was left out, or correct the list"), _other_points),
             telling.bad_answer("installation.not_as_drawn", "install_surveys", ("as_drawn", NO), ("install_site", "survey_found"), Localized("“{what}”的现场与图不同：{note}", "“{what}” is not as drawn: {note}"),
                                Localized("改图后重新录入、核对，再安装", "Have the drawings corrected and checked before it is installed"), (TECHNICAL.code, DIRECTOR.code)),
             telling.bad_answer("installation.to_change", "install_lines", ("fits_collector", NO), ("install_site", "line_changes"), Localized("“{what}”不能直接采用采集机：{note}", "The collector does not fit “{what}”: {note}"),
                                Localized("与客户商定改造，列入材料", "Agree on the changes with the customer, and list what they need"), (MARKET.code, DIRECTOR.code))),
    statistics=(work.Statistic("installations_by_state", Localized("安装进度", "Installations"), Localized("进度", "State"),
                          (work.Measure(Localized("安装", "Installations")),), _by_state),),
)


def _visits(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["installations"].items():
        if each.state == IN_SERVICE.code:
            handed = date.fromisoformat(each.values["handed_on"])
            for number in range(1, VISITS + 1):
                month = handed.month - 1 + EVERY * number
                due = date(handed.year + month // 12, month % 12 + 1, min(handed.day, 28))
                if (due - today).days > AHEAD:
                    break
                yield CreatedRecord(f"{key}-{number}", {"service_site": each.values["install_site"], "service_due": due.isoformat()})


SERVICE = Register(
    "service_visits", Localized("售后回访", "Service visits"), forms=(describe(forms.VisitDue), describe(forms.ServiceVisit)),
    states=(TO_VISIT, VISITED), kept=True, looks_at=("installations",), opens=(work.CreatesRecords(_visits),), manager=DIRECTOR.code,
    stages=(Stage("serve_site", Localized("售后回访", "Visit"), ENGINEERING.code, "service_visit", TO_VISIT.code, due_by="service_due", on_site=True,
                  transitions=(Transition(VISITED.code),), task=Localized("在应回访日期前回访", "Visit by the day named")),),
)
RECORDS = Register(
    "service_records", Localized("售后服务", "Service"), forms=(describe(forms.ServiceRecord), describe(forms.ServiceDone)), states=(TO_SERVE, SERVED),
    manager=DIRECTOR.code, refers=(work.Refers("serviced_contract", "installations"),), count_by=("service_kind",),
    numbered=work.Numbered("SH{yy}{month}{serial:03d}", ("serviced_contract", "service_began", "service_text"), "service_began"),
    stages=(Stage("take_service", Localized("服务受理", "Take"), ENGINEERING.code, "service_record", transitions=(Transition(TO_SERVE.code),)),
            Stage("end_service", Localized("服务处理", "Do"), ENGINEERING.code, "service_done", TO_SERVE.code, days=2, strict=True,
                  transitions=(Transition(SERVED.code),), task=Localized("及时处理后如实记录", "Do it and say what was done"))),
)
PROCEDURE = Procedure(
    "installation", Localized("入网安装", "Installation"),
    about=Localized("合同、审批、资料齐全后多部门并行准备，安装联测，交接后回访一年",
                "Contract, approval, documents; departments prepare side by side; installation, joint test, hand-over, a year of visits"),
    roles=(MARKET, DIRECTOR, ENGINEERING, TECHNICAL, PURCHASING, MONITORING),
    registers=(INSTALLATIONS, *BRANCHES, SERVICE, RECORDS),
)
