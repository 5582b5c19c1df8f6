"""The forms of an installation: one a step, each with its department."""

from __future__ import annotations

from schemas.install_checks import ALL_EQUAL, FAILED, PASSED
from schemas.language import FieldRole, Kind, Localized, Rule, Severity, checks, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, FormModel, Text, WholeNumber, field, form, row_rule
from schemas.language.work import NO, YES

# fmt: off

PAPERS = ("paper_profile", "paper_plan", "paper_alarm", "paper_control", "paper_codes")
POINTS = Rule(
    "installation.points", Severity.ERROR, Localized("信号一致的点位与点位总数不等，不能填“合格”", "Not every point is equal: the test cannot be passed"),
    Localized("逐点测试，全部一致才合格；否则填“不合格”并写明哪些点位", "Test point by point; else say which points failed"))


class _OfInstallation(FormModel):
    contract_no: Text = fields.number("安装合同号", "Contract No", "AZ2026001")


class _Branch(_OfInstallation):
    """What the program opens for each of the four that prepare an installation side by side."""

    install_site: Text = field("安装单位", "Site", means=FieldRole.TITLE)
    contract_place: Text = field("安装地点", "Place")
    contract_notice: Text = field("安装通知单号", "Installation notice No", kind=Kind.CODE)


class Contract(_OfInstallation, form=form("install_contract", "安装合同登记表", "Installation contract", titles=("入网安装登记表",))):
    install_site: Text = fields.text("安装单位", "Site", "惠民超市", means=FieldRole.TITLE)
    site_place: Text = fields.text("安装地点", "Place", "周窝镇周窝村12号", aliases=("施工地点", "施工地址"))
    notice_no: Text = fields.text("安装通知单号", "Installation notice No", "TZ2026001", kind=Kind.CODE)
    contract_signed: Date = fields.day("安装合同签订日期", "Signed on", trends=True, means=FieldRole.CAME_ON)
    market_by: Text = fields.filled_by("市场部经办人", "Market department", aliases=("市场部经办", "市场部经办人员", "市场部经手人", "市场部办理人", "市场部人员", "市场部负责人", "市场部登记人", "市场部承办人", "市场部填表人", "市场部经办者", "市场部业务员", "市场部签字", "经办人"))


class InstallApproval(_OfInstallation, form=form("install_approval", "安装审批表", "Approval of an installation")):
    install_answer: Text = fields.decision("安装审批结论", "Decision")
    install_reason: Text = fields.reason("安装审批意见", "Remark", "install_answer")
    director_signed: Text = fields.done_by("运行总监签字", "Director signed", "严总", aliases=("主任签字",))


class ContractAmended(_OfInstallation, form=form("contract_amended", "安装合同补正表", "Contract amended")):
    amendment: Text = fields.text("补正内容", "What was amended", "补充付款条款")
    amended_by: Text = fields.done_by("补正人", "Amended by")


class CustomerPapers(_OfInstallation, form=form("customer_papers", "客户资料登记表", "The customer's documents")):
    paper_profile: Text = field("客户基本情况表", "Profile of the customer", required=True, options=(YES, NO))
    paper_plan: Text = field("大楼平面结构图", "Floor plans", required=True, options=(YES, NO), aliases=("平面结构图",))
    paper_alarm: Text = field("火灾自动报警系统图", "Plan of the fire alarm", required=True, options=(YES, NO))
    paper_control: Text = field("控制设备使用和操作说明", "Manual of the control unit", required=True, options=(YES, NO), aliases=("控制设备说明书",))
    paper_codes: Text = field("设计编码及代码说明", "Codes of the design", required=True, options=(YES, NO), aliases=("编码及代码说明",))
    papers_by: Text = fields.done_by("资料接收人", "Received by")


class LineBranch(_Branch, form=form("line_branch", "线路任务", "Line task")): ...


class LineOrder(_OfInstallation, form=form("line_order", "分析及线路单", "Analysis and line order")):
    line_kind: Text = fields.text("线路方式", "Line", "宽带接入消防控制室")
    line_analysis: Text = fields.text("线路分析", "Analysis", "信号覆盖良好")
    fits_collector: Text = field("能否直接采用采集机", "Collector fits", required=True, options=(YES, NO))
    line_changes: Text = field("改造意见", "What to change", required_when={"fits_collector": (NO.code,)}, example="加装转接模块")
    line_by: Text = fields.done_by("线路分析人", "By")


class MaterialBranch(_Branch, form=form("material_branch", "材料任务", "Material task")): ...


class MaterialList(_OfInstallation, form=form("material_list", "安装材料清单", "Material list")):
    materials: Text = fields.text("所需材料", "Materials", "主机 1、探头 12")
    material_points: WholeNumber = field("点位数量", "Points", kind=Kind.INTEGER, required=True, ge=1, example="12")
    materials_by: Text = fields.done_by("材料编制人", "By")


class MaterialBought(_OfInstallation, form=form("material_bought", "材料采购完成表", "Materials bought")):
    bought_materials: Text = fields.text("采购情况", "What was bought", "已全部到货")
    materials_bought_on: Date = fields.done_on("采购完成日期", "Bought on")
    materials_bought_by: Text = fields.done_by("采购人", "Bought by")


class SurveyBranch(_Branch, form=form("survey_branch", "勘查任务", "Survey task")): ...


class SiteSurvey(_OfInstallation, form=form("site_survey", "现场勘查表", "Site survey sheet")):
    as_drawn: Text = field("现场与图是否相同", "As drawn", required=True, options=(YES, NO))
    survey_found: Text = fields.text("勘查情况", "Found", "具备安装条件")
    surveyed_on: Date = fields.done_on("勘查日期", "Surveyed on")
    surveyed_by: Text = fields.done_by("勘查人", "By")


class DrawingBranch(_Branch, form=form("drawing_branch", "图纸任务", "Drawing task")): ...


class Drawing(_OfInstallation, form=form("drawing_entered", "图纸录入表", "Drawings entered")):
    drawing_no: Text = fields.text("图纸编号", "Drawing No", "T2026001", kind=Kind.CODE, help=Localized("改过的图纸编新号，如 T2026001-2", "A drawing that was changed has a new number"))
    drawn_on: Date = fields.done_on("图纸录入日期", "Entered on")
    redrawn_what: Text = field("改图说明", "What was redrawn", example="补上三层", help=Localized("退回后改好的，写明改了什么", "Of what was sent back: what was changed"))
    drawn_by: Text = fields.done_by("图纸录入人", "Entered by")


class MonitoringCheck(_OfInstallation, form=form("drawing_monitoring", "图纸监控核对表", "Drawings: monitoring check")):
    monitoring_answer: Text = fields.decision("监控核对结论", "Answer")
    monitoring_reason: Text = fields.reason("监控核对意见", "Remark", "monitoring_answer")
    monitoring_on: Date = fields.done_on("监控核对日期", "Checked on")
    monitoring_by: Text = fields.done_by("监控核对人", "Checked by")


class Installed(_OfInstallation, form=form("installed_sheet", "安装施工记录表", "Record of the installation")):
    installed_on: Date = fields.done_on("安装完成日期", "Installed on")
    installed_by: Text = fields.done_by("安装施工人", "Installed by")


class SignalTest(_OfInstallation, form=form("signal_test", "联合信号测试表", "Joint signal test")):
    points_total: WholeNumber = field("点位总数", "Points", kind=Kind.INTEGER, required=True, ge=1, example="12")
    points_equal: WholeNumber = field("信号一致点位", "Equal points", kind=Kind.INTEGER, required=True, ge=0, example="12")
    test_answer: Text = field("联合测试结论", "Result", required=True, options=(PASSED, FAILED))
    test_reason: Text = fields.reason("不一致点位", "Which points", "test_answer", FAILED.code)
    tested_on: Date = fields.done_on("联合测试日期", "Tested on")
    tested_by: Text = fields.done_by("监控测试人", "Tested by")

    @row_rule(POINTS, at="test_answer")
    def every_point_equal(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """It is passed only with every point equal."""
        return ~((frame["test_answer"] == PASSED.code) & (frame["points_equal"] != frame["points_total"]))

    @row_rule(ALL_EQUAL, at="points_equal")
    def fails_of_something(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """It fails because of points that are not equal."""
        return ~((frame["test_answer"] == FAILED.code) & (frame["points_equal"] == frame["points_total"]))


class HandedOver(_OfInstallation, form=form("handed_over", "安装交接单", "Hand-over", titles=("安装交接及书面通知",))):
    handed_on: Date = fields.done_on("交接日期", "Handed over on")
    received_by: Text = fields.person("监控中心接收人", "Received by the monitoring centre", "韩监")
    written_notice: Text = fields.text("书面通知编号", "Written notice to the market department", "SM2026001", kind=Kind.CODE)
    collector_no: Text = fields.text("采集机备案号", "Collector No", "CJJ2026001", kind=Kind.CODE)
    papers_filed: Text = fields.text("资料归档号", "Where its papers are filed", "DA2026001", kind=Kind.CODE)
    handed_by: Text = fields.done_by("交接人", "Handed over by", "蒋工")

    not_to_himself = checks.another_person("handed_by", "received_by")


class ContractEnded(Ended, _OfInstallation, form=form("install_ended", "安装合同作废单", "Installation contract ended")): ...
