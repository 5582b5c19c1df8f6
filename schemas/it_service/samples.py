"""An asset, two tickets, one change, the day's patrol and the week's backup."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

# fmt: off
STAFF = staff("运维人员.xlsx", ("IT01", "马工", "运维工程师"), ("IT02", "齐主管", "运维主管"))
ASSETS = Filled("资产台账.xlsx", "it_asset", (
    {"asset_no": "ZC0001", "asset_kind": "打印机", "asset_model": "HP-1108", "asset_place": "营销部 203",
     "asset_owner": "王建国", "warranty_end": "2026-12-01"},
))
TICKETS = Filled("运维受理单.xlsx", "it_ticket", tuple(
    {"ticket_kind": "事件", "ticket_priority": priority, "reported_at": at, "reported_from": "营销部",
     "ticket_text": what, "ticket_asset": asset, "ticket_by": "马工"}
    for priority, at, what, asset in (
        ("高", "2026-11-02 08:40", "打印机卡纸", "ZC0001"), ("紧急", "2026-11-02 09:10", "订货系统登不上", ""),
    )
))
CHANGES = Filled("变更申请单.xlsx", "it_change", (
    {"change_what": "升级防火墙", "change_risk": "断网 10 分钟", "rollback_plan": "恢复旧版本配置", "change_test": "备机上试过",
     "planned_at": "2026-11-05 22:00", "change_asked_on": "2026-11-02", "change_asked_by": "马工"},
))
_RESPONSE: Cells = {"diagnosis": "硒鼓老化", "responded_at": "2026-11-02 09:20", "responded_by": "马工"}
_APPROVAL: Cells = {"change_answer": "同意", "change_approver": "齐主管"}
_PATROL: Cells = {"patrol_result": "正常", "patrol_devices": "正常", "patrol_links": "正常", "patrol_security": "正常",
                  "patrolled_at": "2026-11-02 10:00", "patrolled_by": "马工"}
_BACKUP: Cells = {"routine_result": "正常", "routine_text": "备份在移动硬盘 2 号", "routine_at": "2026-11-02 17:30", "routine_by": "马工"}
_MONTH: Cells = {"month_served": "新设岗位，无运维单", "month_problems": "无", "month_sent_on": "2026-11-03", "month_by": "马工"}
SCENES = (
    Scene(date(2026, 11, 2), "资产、故障和变更申请", (STAFF, ASSETS, TICKETS, CHANGES)),
    Scene(date(2026, 11, 3), "响应故障，批准变更，巡检和备份", (
        Returned("响应-马工.xlsx", "IT01", {"YW2611001": _RESPONSE, "YW2611002": _RESPONSE}),
        Returned("变更审批-齐主管.xlsx", "IT02", {"BG2611001": _APPROVAL}),
        Returned("巡检和备份-马工.xlsx", "IT01", {"网络设备-2026-11-02": _PATROL, "数据备份-2026-11-02": _BACKUP, "服务月报-2026-10": _MONTH}),
    )),
)
