"""资产: the computers and devices of the office, a part of ``it_service``: who has what, and when a warranty ends.

Ours: 60 days of notice before a warranty ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from schemas.language import (
    FieldRole,
    Kind,
    Localized,
    Register,
    Stage,
    State,
    Transition,
    checks,
    fields,
    watching,
    work,
)
from schemas.language.ending import Ended, ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.work import FigureRows, Measure, Parameter, RegisterView, Seen, Statistic, warning
from schemas.roster.roles import IT_ENGINEER as ENGINEER
from schemas.roster.roles import IT_HEAD as HEAD

WARRANTY = Parameter("it_warranty_days", Localized("质保到期前几天提醒", "Days before a warranty ends"), 60, 1, 730)
ASSET_KINDS = fields.options(
    ("computer", "计算机", "Computer"), ("printer", "打印机", "Printer"), ("network_gear", "网络设备", "Network"),
    ("server", "服务器", "Server"), ("software", "软件", "Software"),
)  # fmt: skip
IN_USE = State("in_use", Localized("在用", "In use"), final=True)
_STATE, _STAGE = ending("it_assets", "it_asset_ended", ENGINEER.code)
OUT_OF_USE = replace(_STATE, words=Localized("已停用", "Out of use"))
PUT_OUT_OF_USE = replace(_STAGE, title=Localized("停用", "Put out of use"))


# fmt: off
class Asset(FormModel, form=form("it_asset", "资产台账", "Assets", titles=("信息资产台账",), about=("store_at",))):
    asset_no: Text = fields.number("资产编号", "Asset No", "ZC0001")
    asset_kind: Text = field("资产类别", "Kind of asset", required=True, options=ASSET_KINDS)
    asset_model: Text = fields.text("规格型号", "Model", "HP-1108", means=FieldRole.TITLE)
    asset_serial: Text = field("设备序列号", "Serial No", kind=Kind.CODE, example="CN12345")
    asset_place: Text = fields.text("存放地点", "Place", "营销部 203", aliases=("使用地点", "保管地点", "设备存放地点", "资产存放地点", "设备位置", "资产位置"))
    asset_owner: Text = fields.text("资产使用人", "Owner", "王建国", aliases=("领用人", "资产保管人", "保管人", "资产责任人", "设备责任人", "资产负责人", "设备负责人", "资产管理人"))
    bought_on: Date = fields.day("购置日期", "Bought on", required=False, trends=True, example="2024-03-01")
    warranty_end: Date = fields.day("质保到期日", "Warranty ends", required=False, example="2027-02-28")
    bought_before_it_ends = checks.in_order("bought_on", "warranty_end", trends=True)


class AssetEnded(Ended, form=form("it_asset_ended", "资产停用单", "Asset put out of use", titles=("资产报废单", "设备更换单"))):
    asset_no: Text = fields.number("资产编号", "Asset No", "ZC0001")


def _ending(held: RegisterView, today: date) -> dict[str, work.RecordView]:
    """The assets whose warranty ends within the days of notice."""
    last = (today + timedelta(days=held.parameter(WARRANTY.code))).isoformat()
    assets = [(key, each) for key, each in held["it_assets"].items() if each.state != ended("it_assets")]
    return {key: each for key, each in assets if today.isoformat() <= str(each.get("warranty_end", "")) <= last}


def _warranties(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in _ending(held, today).items():
        yield Seen(key, "warranty_end", each.values["warranty_end"], HEAD.code, {"model": each.values["asset_model"]})


def _warranty_months(held: RegisterView, today: date) -> FigureRows:
    ends = Counter(work.month_of(each.values["warranty_end"]) for each in _ending(held, today).values())
    return [[month, ends[month]] for month in sorted(ends)]


ASSETS = Register(
    "it_assets", Localized("资产", "Assets"), forms=(describe(Asset), describe(AssetEnded)), states=(IN_USE, OUT_OF_USE), manager=HEAD.code, count_by=("asset_kind",),
    stages=(Stage("list_asset", Localized("资产登记", "List"), ENGINEER.code, "it_asset", transitions=(Transition(IN_USE.code),)), PUT_OUT_OF_USE),
    watches=(warning("it.warranty", Localized("“{model}”质保 {value} 到期", "“{model}”: the warranty ends on {value}"),
                     Localized("续保或备件", "Renew it, or get spares"), _warranties),
             watching.same_again("it.same_serial", "it_assets", ("asset_serial",), Localized("设备序列号", "serial number"), "")),
    statistics=(Statistic("it_warranties", Localized("质保到期按月", "Warranties that end"), Localized("月份", "Month"), (Measure(Localized("资产数", "Assets")),), _warranty_months),),
)
