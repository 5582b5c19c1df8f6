"""The forms of the year of service: visits, upgrades and faults."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, fields
from schemas.language.model import Date, FormModel, Text, field, form

# fmt: off

UPGRADE = Option("collector_upgrade", Localized("采集机升级", "Upgrade"), ("升级",))
FAULT = Option("collector_fault", Localized("故障处理", "Fault"), ("故障",))


class VisitDue(FormModel, form=form("service_visit_due", "售后回访任务", "Service visit")):  # the program opens it
    service_no: Text = fields.number("回访编号", "Visit No", "AZ2026001-1")
    service_site: Text = field("回访单位", "Site", means=FieldRole.TITLE)
    contract_place: Text = field("安装地点", "Place")
    contract_notice: Text = field("安装通知单号", "Installation notice No", kind=Kind.CODE)
    service_from: Date = field("交付日期", "In service from", kind=Kind.DATE)
    service_due: Date = field("应回访日期", "Due", kind=Kind.DATE)


class ServiceVisit(FormModel, form=form("service_visit", "售后回访记录表", "Record of a service visit")):
    service_no: Text = fields.number("回访编号", "Visit No", "AZ2026001-1")
    service_found: Text = fields.text("回访情况", "Found", "运行正常")
    served_on: Date = fields.done_on("回访日期", "Visited on")
    service_by: Text = fields.done_by("回访人", "Visited by")


class ServiceRecord(FormModel, form=form("service_record", "售后服务记录表", "Service in the first year", titles=("采集机升级及故障处理记录表",))):
    service_record_no: Text = fields.number("售后服务编号", "Service No", "SH2611001", given=True)
    serviced_contract: Text = fields.text("服务合同号", "Contract served", "AZ2026001", kind=Kind.CODE, means=FieldRole.TITLE)
    service_kind: Text = field("服务类型", "Kind of service", required=True, options=(UPGRADE, FAULT))
    service_began: Date = fields.day("服务受理日期", "Taken on", trends=True, means=FieldRole.CAME_ON)
    service_text: Text = fields.text("服务内容", "What it is", "采集机程序升级")
    service_taken_by: Text = fields.filled_by("服务受理人", "Taken by", "蒋工")


class ServiceDone(FormModel, form=form("service_done", "售后服务完成表", "Service done")):
    service_record_no: Text = fields.number("售后服务编号", "Service No", "SH2611001")
    service_result: Text = fields.text("服务结果", "Result", "已恢复")
    service_done_on: Date = fields.done_on("服务完成日期", "Done on")
    service_done_by: Text = fields.done_by("服务完成人", "Done by", "蒋工")
