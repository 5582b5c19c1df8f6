"""入网安装: from contract to a year of service visits; what can be prepared at the same time is.

``manual.toml`` says what the manual gives: who does what, the papers, the joint test, the year of service (registers of
``install_service``). Ours: the working days of each step, and four visits, one every three months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.install_checks import AFTER_INSTALLED, BEFORE_INSTALLED, BOUGHT_EARLY, BUY_AGAIN, FAILED, HELD, IS_HELD, LISTED_AGAIN, LISTED_LATE, MONITORING, PASSED, PREPARING, PURCHASING, SAME_AGAIN, SIGNED, TECHNICAL, TO_BUY, TO_HAND_OVER, TO_INSTALL, TO_TEST, UNCHECKED, listed_points, other_points, points_fit, resting, since_signed  # fmt: skip
from schemas.install_service import ENGINEERING, IN_SERVICE, IS_OVER, RECORDS, SERVICE, over, where
from schemas.installation import forms
from schemas.language import Against, Comparison, Field, Form, Kind, Localized, Option, Procedure, Register, Sealed, Stage, State, Transition, Values, durations, fields, telling, watching, work  # fmt: skip
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatedRecord, Derived, FigureRows, RegisterView, Watch, warning
from schemas.roster.roles import DIRECTOR

MARKET = Option("market_dept", Localized("市场部", "Market department"))

TO_APPROVE = State("to_approve", Localized("待审批", "To approve"))
TO_AMEND = State("to_amend", Localized("待补正", "To amend"))
TO_COLLECT = State("to_collect", Localized("待收资料", "Documents wanted"))
_INSTALLED = (TO_TEST, TO_HAND_OVER, IN_SERVICE)
ENDED, END_CONTRACT = ending("installations", "install_ended", DIRECTOR.code)
TO_PREPARE = State("to_prepare", Localized("待准备", "To prepare"))
TO_COMPARE = State("to_compare_drawing", Localized("待监控核对", "With the monitoring centre"))
PREPARED = State("prepared", Localized("已完成", "Done"), final=True)
_NOT_READY = Localized(
    "准备没有齐全（见“受阻于”），图纸须按现场改好、核对同意后再安装",
    "What it waits for is not there: the drawings have to fit the site, and be agreed to",
)
_POINTS_DIFFER = Localized(
    "测试点位 {points_total} 个，材料清单 {listed_points} 个，不相等",
    "{points_total} points were tested, {listed_points} are listed",
)
_ALL_PAPERS = tuple((code, (YES.code,)) for code in forms.PAPERS)


# fmt: off
def _preparing(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["installations"].items():
        if each.state == PREPARING.code:
            yield CreatedRecord(key, where(each) | {"install_site": each.values["install_site"]})


def _contradicted(key: str, held: RegisterView) -> str | None:
    """The drawing, by its number, that the survey has found to be another than the site; None where it has not. One that is
    entered on a day after the survey is not, whatever its number: it answers it.
    """
    survey, drawing = held["install_surveys"].get(key), held["install_drawings"].get(key)
    if survey is None or drawing is None or survey.get("as_drawn") != NO.code:
        return None
    if str(drawing.get("drawn_on") or "") > str(survey.get("surveyed_on")):
        return None
    return str(drawing.get("wrong_drawing") or drawing.get("drawing_no") or "") or None


def _is_drawn(key: str, held: RegisterView) -> bool:
    """Tell whether a drawing stands that fits the site, and was agreed to."""
    drawing = held["install_drawings"].get(key)
    return drawing is not None and drawing.state == PREPARED.code and drawing.get("drawing_no") != _contradicted(key, held)


def _why_redraw(values: Values, held: RegisterView, today: date) -> str | None:
    key = values["contract_no"]
    survey = held["install_surveys"].get(key)
    wrong = _contradicted(key, held)
    return f"现场与图 {wrong} 不同：{survey.get('survey_found')}" if survey and wrong and wrong == values.get("drawing_no") else None


_REDRAWN = Transition(TO_PREPARE.code, known=(("to_redraw", (YES.code,)),), by_itself=True, back=True)
"""From wherever the drawing stands: entered anew, checked by the monitoring centre, agreed to."""


def _branch(
    code: str, zh: str, en: str, base: Form, stages: tuple[Stage, ...], steps: tuple[Form, ...],
    looks_at: tuple[str, ...] = (), derived: tuple[Derived, ...] = (), told: tuple[str, ...] = (), watches: tuple[Watch, ...] = (), sealed: Sealed | None = None,
) -> Register:
    """What is prepared beside the other branches: the program opens it for every installation that may be prepared."""
    between = [state for state in (TO_BUY, TO_COMPARE) if state.code in {stage.state for stage in stages}]
    return Register(
        code, Localized(zh, en), forms=(base, *steps), states=(TO_PREPARE, *between, HELD, PREPARED, over(code)[0]), stages=resting(code, stages, TO_PREPARE, PREPARED), manager=DIRECTOR.code, kept=True,
        looks_at=("installations", *looks_at), opens=(work.CreatesRecords(_preparing, follows=True),), derived=(SIGNED, IS_HELD, IS_OVER, *derived),
        told=told, watches=watches, sealed=sealed,
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
            Stage("list_material", Localized("材料清单", "Materials"), ENGINEERING.code, "material_list", TO_PREPARE.code, days=3, strict=True, open_in=(TO_BUY.code, PREPARED.code),
                  transitions=(Transition(TO_BUY.code),), task=Localized("编制材料计划，交采购部", "List the materials for purchasing")),
            Stage("buy_material", Localized("材料采购", "Buy"), PURCHASING.code, "material_bought", TO_BUY.code, days=5, strict=True, open_in=(PREPARED.code,), against=since_signed("materials_bought_on"),
                  transitions=(Transition(PREPARED.code),), task=Localized("按清单采购", "Buy what is listed")),
            Stage("buy_more", Localized("清单改后补采", "Buy by the new list"), PURCHASING.code, state=PREPARED.code, transitions=(BUY_AGAIN,)),
        ),
        (describe(forms.MaterialList), describe(forms.MaterialBought)),
        derived=(durations.known_on("materials_listed_on", Localized("清单登记日", "List entered on"), "materials"), *LISTED_AGAIN), told=("materials", "material_points"),
        sealed=Sealed("installations", "{contract_no}", (IN_SERVICE.code,), ("materials", "material_points"), TO_TEST.code, final=(IN_SERVICE.code,)),
        watches=(BOUGHT_EARLY, LISTED_LATE),
    ),
    _branch(
        "install_surveys", "勘查", "Site surveys", describe(forms.SurveyBranch),
        (Stage("survey_site", Localized("现场勘查", "Survey"), ENGINEERING.code, "site_survey", TO_PREPARE.code, days=5, strict=True, on_site=True, open_in=(PREPARED.code,), against=since_signed("surveyed_on"),
               transitions=(Transition(PREPARED.code),), task=Localized("到现场勘查", "Survey the site")),),
        (describe(forms.SiteSurvey),),
    ),
    _branch(
        "install_drawings", "图纸", "Drawings", describe(forms.DrawingBranch),
        (
            Stage("enter_drawing", Localized("图纸录入", "Drawings"), TECHNICAL.code, "drawing_entered", TO_PREPARE.code, days=5, strict=True, anew=True, open_in=(TO_COMPARE.code, PREPARED.code), against=since_signed("drawn_on"),
                  transitions=(Transition(TO_COMPARE.code),), task=Localized("录入、整理电子图纸", "Enter the drawings")),
            Stage("compare_drawing", Localized("监控核对", "Monitoring check"), MONITORING.code, "drawing_monitoring", TO_COMPARE.code, days=2,
                  strict=True, task=Localized("核对图纸点位", "Compare the points"),
                  transitions=(_REDRAWN, *fields.decided("monitoring_answer", PREPARED, TO_PREPARE))),
            Stage("redraw", Localized("按现场改图", "Redraw"), TECHNICAL.code, state=PREPARED.code, transitions=(_REDRAWN,)),
        ),
        (describe(forms.Drawing), describe(forms.MonitoringCheck)), ("install_surveys",),
        (
            Derived(Field("wrong_drawing", Localized("与现场不同的图纸", "Drawing unlike the site"), Kind.CODE), look=lambda values, held, today: _contradicted(values["contract_no"], held)),
            Derived(Field("redraw_why", Localized("改图原因", "Why it is redrawn")), look=_why_redraw),
            Derived(Field("to_redraw", Localized("图纸待改", "To redraw"), Kind.CHOICE, options=(YES, NO)),
                    look=lambda values, held, today: (YES if _why_redraw(values, held, today) else NO).code),
        ),
        sealed=Sealed("install_drawings", "{contract_no}", (PREPARED.code,), ("drawing_no", "redrawn_what"), TO_COMPARE.code),
        watches=(watching.same_again("installation.same_drawing", "install_drawings", ("drawing_no",), Localized("图纸编号", "number of the drawing"), "drawn_by", since="drawn_on"),),
    ),
)


def _blocking(values: Values, held: RegisterView) -> list[str]:
    """What is not there yet of what the installation waits for."""
    key = values["contract_no"]
    records = [(each, held[each.code].get(key)) for each in BRANCHES]
    lacking = [each for each, record in records if record is None or record.state != PREPARED.code]
    lacking += [each for each, _ in records if each.code == "install_drawings" and each not in lacking and not _is_drawn(key, held)]
    return [each.title.zh for each in lacking]


def _ready_on(values: Values, held: RegisterView, today: date) -> str | None:
    """The last day of what was prepared, once all is: nothing is installed before."""
    if _blocking(values, held):
        return None
    records = [held[each.code].get(values["contract_no"]) for each in BRANCHES]
    days = [str(each.get(code)) for each in records if each for code in ("surveyed_on", "materials_bought_on", "monitoring_on") if each.get(code)]
    return max(days, default=None)


def _blocked_by(values: Values, held: RegisterView, today: date) -> str | None:
    installation = held["installations"].get(values["contract_no"])
    state = installation.state if installation else ""
    if state == TO_COLLECT.code:
        papers = INSTALLATIONS.forms[3]
        lacking = [papers.field(code).label.zh for code in forms.PAPERS if values.get(code) != YES.code]
        return "资料：" + "、".join(lacking) if lacking else None
    return "、".join(_blocking(values, held)) or None if state in (*BEFORE_INSTALLED, *AFTER_INSTALLED) else None


def _by_state(held: RegisterView, today: date) -> FigureRows:
    those = list(held["installations"].values())
    counts: FigureRows = [[state.words, sum(each.state == state.code for each in those)] for state in INSTALLATIONS.states]
    return counts if those else []


INSTALLATIONS = Register(
    "installations", Localized("入网安装", "Installations"),
    forms=tuple(map(describe, (forms.Contract, forms.InstallApproval, forms.ContractAmended, forms.CustomerPapers, forms.Installed, forms.SignalTest, forms.HandedOver, forms.ContractEnded))),
    states=(TO_APPROVE, TO_AMEND, TO_COLLECT, PREPARING, TO_INSTALL, TO_TEST, TO_HAND_OVER, IN_SERVICE, ENDED),
    sealed=Sealed("installations", "{contract_no}", tuple(each.code for each in (TO_COLLECT, PREPARING, TO_INSTALL, *_INSTALLED)), ("install_site", "site_place"), TO_APPROVE.code, final=tuple(each.code for each in _INSTALLED)),
    stages=(
        Stage("list_contract", Localized("合同登记", "Contract"), MARKET.code, "install_contract", strict=True, transitions=(Transition(TO_APPROVE.code),)),
        Stage("approve_install", Localized("安装审批", "Approve"), DIRECTOR.code, "install_approval", TO_APPROVE.code, days=2, strict=True,
              not_by=("market_by", "amended_by"), task=Localized("审批下列安装", "Approve these installations"),
              transitions=fields.decided("install_answer", TO_COLLECT, TO_AMEND)),
        Stage("amend_contract", Localized("合同补正", "Amend"), MARKET.code, "contract_amended", TO_AMEND.code, days=3,
              whom="market_by", strict=True, anew=True, transitions=(Transition(TO_APPROVE.code),), task=Localized("按审批意见补正合同", "Amend the contract")),
        Stage("collect_papers", Localized("收集资料", "Documents"), MARKET.code, "customer_papers", TO_COLLECT.code, days=5, whom="market_by", strict=True,
              transitions=(Transition(PREPARING.code, when=_ALL_PAPERS), Transition(TO_COLLECT.code)),
              task=Localized("收齐五项资料，收到的填“是”", "Collect the five documents")),
        Stage("prepare_install", Localized("安装准备", "Prepare"), DIRECTOR.code, state=PREPARING.code, days=10,
              transitions=(Transition(TO_INSTALL.code, known=(("branches_done", (YES.code,)),)),)),
        Stage("install_site_stage", Localized("安装施工", "Install"), ENGINEERING.code, "installed_sheet", TO_INSTALL.code, days=5, strict=True, on_site=True,
              against=(Against("installed_on", Comparison.NOT_BEFORE, "ready_on"),),
              transitions=(Transition(PREPARING.code, known=(("branches_done", (NO.code,)),), by_itself=True), Transition("", known=(("branches_done", (NO.code,)),), why=_NOT_READY), Transition(TO_TEST.code)), task=Localized("按图安装", "Install as drawn")),
        Stage("test_signals", Localized("联合测试", "Joint test"), MONITORING.code, "signal_test", TO_TEST.code, days=2, strict=True,
              task=Localized("与工程部逐点联测", "Test point by point with engineering"),
              transitions=(Transition(TO_HAND_OVER.code, known=(("points_fit", (YES.code,)),), by_itself=True),
                           Transition("", when=(("test_answer", (PASSED.code,)),), known=(("branches_done", (NO.code,)),), why=UNCHECKED), *fields.decided("test_answer", TO_HAND_OVER, TO_INSTALL, PASSED, FAILED))),
        Stage("hand_over", Localized("安装交接", "Hand over"), ENGINEERING.code, "handed_over", TO_HAND_OVER.code, days=2,
              transitions=(Transition(TO_TEST.code, known=(("points_fit", (NO.code,)),), by_itself=True, back=True, why=_POINTS_DIFFER), Transition("", known=(("branches_done", (NO.code,)),), why=UNCHECKED), Transition(IN_SERVICE.code)),
              open_in=(IN_SERVICE.code,), strict=True, tells=("market_by", "received_by"), task=Localized("移交监控中心，书面通知市场部，归档备案", "Hand over to the monitoring centre, notify the market department, file it")),
        END_CONTRACT,
    ),
    manager=DIRECTOR.code, looks_at=(*(each.code for each in BRANCHES), "people"), told_to=("market_by", "received_by"),
    derived=(
        Derived(Field("blocked_by", Localized("受阻于", "Blocked by")), look=_blocked_by),
        Derived(Field("listed_points", Localized("清单点位数", "Points listed"), Kind.INTEGER), look=listed_points),
        Derived(Field("points_fit", Localized("测试点位与清单相符", "All points tested"), Kind.CHOICE, options=(YES, NO)), look=points_fit),
        Derived(Field("ready_on", Localized("准备完成日期", "Prepared on"), Kind.DATE), look=_ready_on),
        Derived(Field("branches_done", Localized("准备齐全", "All prepared"), Kind.CHOICE, options=(YES, NO)), look=lambda values, held, today: (NO if _blocking(values, held) else YES).code),
    ),
    watches=(warning("installation.other_points", Localized("测试点位 {value} 个，材料清单 {listed} 个，不相等", "{value} points were tested, {listed} are listed"),
                     Localized("漏测的，监控中心补测后重交联合信号测试表；清单有误的，工程部改好重交安装材料清单", "What was left out is tested, and the test handed in again; or engineering hands in the list put right"), other_points),
             *SAME_AGAIN,
             telling.bad_answer("installation.not_as_drawn", "install_surveys", ("as_drawn", NO), ("install_site", "survey_found"), Localized("“{what}”的现场与图不同：{note}", "“{what}” is not as drawn: {note}"),
                                Localized("改图后重新录入、核对，再安装", "Have the drawings corrected and checked before it is installed"), (TECHNICAL.code, DIRECTOR.code), _is_drawn),
             telling.bad_answer("installation.to_change", "install_lines", ("fits_collector", NO), ("install_site", "line_changes"), Localized("“{what}”不能直接采用采集机：{note}", "The collector does not fit “{what}”: {note}"),
                                Localized("与客户商定改造，列入材料", "Agree on the changes with the customer, and list what they need"), (MARKET.code, DIRECTOR.code))),
    statistics=(work.Statistic("installations_by_state", Localized("安装进度", "Installations"), Localized("进度", "State"), (work.Measure(Localized("安装", "Installations")),), _by_state),),
)


PROCEDURE = Procedure(
    "installation", Localized("入网安装", "Installation"),
    about=Localized("合同、审批、资料齐全后多部门并行准备，安装联测，交接后回访一年", "Contract, approval, documents; departments prepare side by side; installation, joint test, hand-over, a year of visits"),
    roles=(MARKET, DIRECTOR, ENGINEERING, TECHNICAL, PURCHASING, MONITORING),
    registers=(INSTALLATIONS, *BRANCHES, SERVICE, RECORDS),
)
