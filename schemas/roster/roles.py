"""The roles of a marketing office."""

from __future__ import annotations

from schemas.language import Localized, Option

MARKET_MANAGER = Option("market_manager", Localized("市场经理", "Market manager"), ("市场部经理",))
ACCOUNT_MANAGER = Option("account_manager", Localized("客户经理", "Account manager"), ("客户代表",))
ADMINISTRATOR = Option(
    "system_admin",
    Localized("系统管理员", "System administrator"),
    ("管理员", "系统员", "录入员", "登记员", "信息员", "资料员", "内勤"),
)
GENERAL_MANAGER = Option("general_manager", Localized("总经理", "General manager"), ("公司总经理",))
MANAGER = Option("manager", Localized("经理", "Manager"), ("部门经理",))
OFFICE_HEAD = Option("office_head", Localized("办公室主任", "Office head"), ("办事处经理",))
SALES_HEAD = Option("sales_head", Localized("销售主管", "Sales head"), ("销售部经理", "销售经理"))
FINANCE = Option("finance", Localized("财务", "Finance"), ("财务人员", "会计"))
CUSTOMER_CENTRE = Option("customer_centre", Localized("客户中心", "Customer centre"), ("客服中心", "客服"))
SUPERVISOR = Option("supervisor", Localized("主管", "Supervisor"), ("主管领导",))
DIRECTOR = Option("director", Localized("运行总监", "Director of operations"), ("主任", "总监"))
IT_ENGINEER = Option("it_engineer", Localized("运维工程师", "IT engineer"), ("运维人员",))
IT_HEAD = Option("it_head", Localized("运维主管", "IT head"), ("信息主管",))
PROPERTY_HEAD = Option("property_head", Localized("管理处主任", "Head of the property office"))
STATION_HEAD = Option("station_head", Localized("物业站站长", "Head of the station"), ("管理站站长",))
MEETING_STAFF = Option("meeting_staff", Localized("会务人员", "Meeting staff"), ("会务",))
PLANNER = Option("planning_staff", Localized("企划专员", "Planning officer"), ("企划人员",))
PLANNING_HEAD = Option("planning_head", Localized("企划部经理", "Head of planning"), ("企划部部长", "企划部负责人"))
OPERATOR = Option("equipment_operator", Localized("设备操作人员", "Operator"), ("岗位操作人员", "操作工"))
INSPECTOR = Option("equipment_inspector", Localized("点检员", "Inspector"), ("设备点检员",))
ON_DUTY = Option("equipment_on_duty", Localized("设备运行人员", "Equipment staff on duty"), ("运行维护人员",))
EQUIPMENT_HEAD = Option("equipment_head", Localized("设备主管", "Head of equipment"), ("设备管理人员",))
ADMIN_SECRETARY = Option("admin_secretary", Localized("行政秘书", "Secretary"))
ADMIN_HEAD = Option("admin_head", Localized("行政部主管", "Head of administration"))
DEPARTMENT_HEAD = Option("department_head", Localized("部门负责人", "Head of a department"))
FEE_COLLECTOR = Option("fee_collector", Localized("收费员", "Fee collector"))
REPAIRER = Option("repairer", Localized("维修人员", "Repairer"), ("维修工", "维修员"))
PROJECT_HEAD = Option("project_head", Localized("项目负责人", "Head of the project"))
"""Roles that several procedures name; the roster offers those of the procedures in force (``Procedure.roles``)."""

STAFF = ("people", "staff_name", "staff_role", "staff_also")
"""The register of the staff, and its fields of name, role and further roles, for what looks somebody up there."""

STAFF_UNTIL = ("people", "staff_name", "serves_to")
"""The register of the staff, and its fields of name and last day."""

ROLES = (MARKET_MANAGER, ACCOUNT_MANAGER, ADMINISTRATOR)
