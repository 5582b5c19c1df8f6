"""An office that registers new customers: its folder, its sheets as staff fill them, and what stands in them after a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.commands.demo import filled
from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.render.reports.template import template
from pipeline.settings import Settings, load_settings
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import AREAS, PEOPLE

DAY = date(2026, 11, 3)
KEY = "131123100018"
VISIT: Cells = {
    "licence_no": KEY,
    "verdict": "属实",
    "trading_district": "居民区",
    "shop_scale": "小",
    "order_way": "网上订货",
    "pay_way": "现金",
    "order_day": "周一",
    "delivery_route": "1线",
    "customer_grade": 3,
    "policy_told": "已完成",
    "supply_told": "已完成",
    "ordering_told": "已完成",
    "verified_on": "2026-11-03",
    "verified_by": "李秀英",
}
PASSED: Cells = {
    "licence_no": KEY,
    "conclusion": "通过",
    "reviewed_on": "2026-11-03",
    "reviewed_by": "赵敏",
}
SHOP: Cells = {
    "licence_no": "131123100018",
    "customer_name": "惠民超市",
    "principal": "张三喜",
    "contact_phone": "13932820018",
    "shop_address": "武强县周窝镇周窝村12号",
    "valid_until": "2029-03-04",
}


def new_office(folder: Path, **given: Any) -> Settings:
    """An office in *folder* with an empty inbox, whose files need not lie still before they are read."""
    settings = load_settings({"settle_seconds": 0, **given}, environ={}, folder=folder).settings
    settings.inbox.mkdir(parents=True)
    return settings


def drop(settings: Settings, sheet: Filled, name: str = "") -> Path:
    form = catalogue().form(sheet.form)
    path = settings.inbox / (name or sheet.name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(filled(template(form, sheet.layout, "zh", "营销部"), form, sheet))
    return path


def shops(*rows: Cells, name: str = "登记.xlsx") -> Filled:
    return Filled(name, "registration", rows)


def once(settings: Settings) -> RunSummary:
    summary = run(settings, today=DAY)
    rows = summary.rows
    assert rows.read == rows.accepted + rows.unchanged + rows.rejected
    return summary


def office(settings: Settings) -> None:
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    once(settings)


def told(settings: Settings) -> list[tuple[str, str]]:
    """The rule-free view of a reader: cell and sentence of every open finding."""
    path = settings.outbox / "exceptions" / "all.xlsx"
    if not path.exists():
        return []
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    header = next(at for at, row in enumerate(rows) if "单元格" in row)
    cell, sentence = rows[header].index("单元格"), rows[header].index("问题")
    return [(row[cell], row[sentence]) for row in rows[header + 1 :] if any(row)]


def customers(settings: Settings) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(settings.outbox / "master.xlsx")
    if "客户" not in book.sheetnames:  # a page where nothing stands in it is left out
        return {}
    rows = list(book["客户"].iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if "许可证号" in row)
    found = [dict(zip(map(str, rows[header]), row, strict=True)) for row in rows[header + 1 :] if row[0]]
    return {str(row["许可证号"]): dict(row) for row in found}
