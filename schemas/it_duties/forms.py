"""The forms of what IT people do again and again: patrols, routine work, reports; hand-overs of accounts."""

from __future__ import annotations


from schemas.language import FieldRole, Localized, Rule, Severity, answers, checks, fields
from schemas.language.ending import Ended
from schemas.language.model import Column, Date, FormModel, Number, Test, Text, Verdict, field, form

NORMAL, ABNORMAL = fields.options(("patrol_normal", "正常", "Normal"), ("patrol_abnormal", "异常", "Abnormal"))
LOG_KINDS = fields.options(("account", "账号交接", "Account"), ("backup", "数据备份", "Backup"))
MONTHLY, YEARLY, PLANNED = fields.options(
    ("it_month_report", "服务月报", "Monthly report"), ("it_year_report", "服务年报", "Yearly report"),
    ("it_year_plan", "信息化年度计划", "Plan of a year"),
)  # fmt: skip
SECRET = Rule(
    "it.secret",
    Severity.ERROR,
    Localized("{label}里写了密码，未采用", "{label} holds a password: it is not taken"),
    Localized("删去密码再交；密码只当面交接", "Delete it: passwords are handed over in person only"),
)
_SECRET = r"(?i)(?:密码|口令|password|passwd|pwd)\s*(?:(?:[:：=]|是|为)\s*[!-~]{3}|(?=[!-~]*[0-9])[!-~]{4})"
_PATROL = ("巡检编号", "Patrol No", "机房-2026-11-03")
_ROUTINE = ("例行工作编号", "Routine No", "数据备份-2026-11-02")
_REPORT = ("运维报告编号", "Report No", "服务月报-2026-11")


def _tells_none(column: Column) -> Verdict:
    return ~column.str.contains(_SECRET, regex=True)


NO_SECRET = (Test(SECRET, _tells_none),)


# fmt: off
class PatrolPlan(FormModel, form=form("patrol_plan", "巡检计划表", "Patrol plan")):
    patrol_no: Text = fields.number(*_PATROL, given=True)
    patrol_place: Text = fields.text("巡检地点", "Place", "机房", means=FieldRole.TITLE)
    patrol_on: Date = fields.day("计划巡检日期", "Planned for")
    patrol_person: Text = fields.filled_by("巡检责任人", "By", "马工")


POINTS = ("patrol_devices", "patrol_links", "patrol_security")
"""What a patrol looks at."""


class Patrol(FormModel, form=form("patrol_check", "巡检记录表", "Patrol")):
    patrol_no: Text = fields.number(*_PATROL)
    patrol_result: Text = field("巡检结果", "Result", required=True, options=(NORMAL, ABNORMAL), example="异常")
    patrol_found: Text = field("巡检发现", "Found", required_when={"patrol_result": (ABNORMAL.code,)},
                               example="温度 31 度", tests=NO_SECRET)
    patrol_devices: Text = field("设备运行和配置", "Devices", options=(NORMAL, ABNORMAL))
    patrol_links: Text = field("网络连接和流量", "Links and traffic", options=(NORMAL, ABNORMAL))
    patrol_security: Text = field("安全设备运行和配置", "Security devices", options=(NORMAL, ABNORMAL))
    patrolled_at: Text = fields.moment("巡检时间", "At", means=FieldRole.DONE_ON)
    patrolled_by: Text = fields.done_by("巡检人", "By", "马工")

    none_found = checks.nothing_beside("patrol_result", NORMAL, "patrol_found")
    each_in_order = answers.in_order_throughout("patrol_result", NORMAL, POINTS, ABNORMAL)


class PatrolEnded(Ended, form=form("patrol_ended", "巡检作废单", "Patrol ended")):
    patrol_no: Text = fields.number(*_PATROL)


class Routine(FormModel, form=form("it_routine", "例行工作", "Routine work")):  # the program opens it
    routine_no: Text = fields.number(*_ROUTINE)
    routine_title: Text = field("例行工作名称", "Routine", means=FieldRole.TITLE)
    routine_due: Date = fields.day("例行工作期限", "Due")


class RoutineDone(FormModel, form=form("it_routine_done", "例行工作记录表", "Routine work done")):
    routine_no: Text = fields.number(*_ROUTINE)
    routine_result: Text = field("例行工作结果", "Result", required=True, options=(NORMAL, ABNORMAL), example="异常")
    routine_found: Text = field("例行工作发现", "Found", required_when={"routine_result": (ABNORMAL.code,)},
                                example="备份文件读不出", tests=NO_SECRET)
    routine_text: Text = field("例行工作情况", "What was done", example="备份在移动硬盘 2 号", tests=NO_SECRET)
    routine_at: Text = fields.moment("例行工作完成时间", "Done at", means=FieldRole.DONE_ON)
    routine_by: Text = fields.done_by("例行工作完成人", "Done by", "马工")

    none_found = checks.nothing_beside("routine_result", NORMAL, "routine_found")


class RoutineEnded(Ended, form=form("it_routine_ended", "例行工作作废单", "Routine work ended")):
    routine_no: Text = fields.number(*_ROUTINE)


class Report(FormModel, form=form("it_report", "运维报告", "IT report")):  # the program opens it, and counts
    report_no: Text = fields.number(*_REPORT)
    report_title: Text = field("运维报告名称", "Report", means=FieldRole.TITLE)
    report_kind: Text = field("运维报告种类", "Kind of report", options=(MONTHLY, YEARLY, PLANNED))
    report_period: Text = field("运维报告期间", "Period")
    report_due: Date = fields.day("运维报告期限", "Due")


class MonthReport(FormModel, form=form("it_month_report", "运维服务月报", "Monthly report")):
    report_no: Text = fields.number(*_REPORT)
    month_served: Text = fields.text("本月服务情况", "Service", "按时响应 12 次", tests=NO_SECRET)
    month_problems: Text = field("本月问题处理情况", "Problems", example="机房断电一次，已换电源", tests=NO_SECRET)  # 无 is a good answer where there was no ticket
    month_sent_on: Date = fields.done_on("月报提交日期", "Handed in on")
    month_by: Text = fields.done_by("月报填报人", "Written by", "马工")


class YearReport(FormModel, form=form("it_year_report", "运维服务年报", "Yearly report")):
    report_no: Text = fields.number(*_REPORT)
    year_served: Text = fields.text("全年服务情况", "Service", "响应及时率 96%", tests=NO_SECRET)
    year_improve: Text = fields.text("改进计划", "What is to be better", "更换旧交换机", tests=NO_SECRET)
    year_sent_on: Date = fields.done_on("年报提交日期", "Handed in on")
    year_by: Text = fields.done_by("年报填报人", "Written by", "马工")


class YearPlan(FormModel, form=form("it_year_plan", "信息化年度计划表", "IT plan of a year")):
    report_no: Text = fields.number(*_REPORT)
    it_plan: Text = fields.text("年度信息化工作", "Work planned", "升级防火墙；培训两次", tests=NO_SECRET)
    it_budget: Number = fields.amount("电脑设备预算", "Budget for equipment", example="50000", tests=[answers.not_nothing()])
    it_planned_on: Date = fields.done_on("年度计划提交日期", "Handed in on")
    it_planned_by: Text = fields.done_by("年度计划编制人", "Written by", "齐主管")


class ReportEnded(Ended, form=form("it_report_ended", "运维报告作废单", "Report ended")):
    report_no: Text = fields.number(*_REPORT)


class ServiceLog(FormModel, form=form("it_log", "账号交接及备份登记表", "Account hand-overs and backups",
                                      titles=("备份登记表", "账号交接登记表"))):
    log_no: Text = fields.number("登记流水号", "Log No", "RZ2611001", given=True)
    log_kind: Text = field("登记类别", "Kind of log", required=True, options=LOG_KINDS)
    log_subject: Text = fields.text("账号或数据名称", "Account or data", "订货系统", means=FieldRole.TITLE, tests=NO_SECRET)
    log_text: Text = fields.text("交接或备份情况", "What was done", "已交接给李敏", tests=NO_SECRET)
    logged_at: Text = fields.moment("登记时间", "At")
    logged_by: Text = fields.filled_by("登记责任人", "Logged by", "马工")
