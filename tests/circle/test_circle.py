"""The whole circle of one shop's papers, played on the files that come out, edited as people edit them:
drop, return, correct, worklist, verify, send back, verify, review, archive, change, undo.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from pipeline.commands.demo import filled
from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.render.reports.template import template
from pipeline.settings import Settings, load_settings
from schemas.language import Layout
from schemas.language.catalogue import load_catalogue as declared
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.circle.editors import Calc, Editor, Openpyxl, Typed

SHOP = "131123100077"
FIRST = date(2026, 11, 2)


@pytest.fixture(params=["LibreOffice", "openpyxl"])
def editor(request: pytest.FixtureRequest) -> Iterator[Editor]:
    if request.param == "LibreOffice" and (why := Calc.missing()):
        pytest.skip(why)
    desk: Editor = Calc() if request.param == "LibreOffice" else Openpyxl()
    yield desk
    desk.close()


class Office:
    """A folder, its people's hands, and eyes for what comes out."""

    def __init__(self, folder: Path, editor: Editor) -> None:
        self.settings: Settings = load_settings({}, environ={}, folder=folder).settings.model_copy(
            update={"settle_seconds": 0}
        )
        self.settings.inbox.mkdir(parents=True, exist_ok=True)
        self.settings.outbox.mkdir(parents=True, exist_ok=True)
        self.editor = editor

    def out(self, path: str) -> Path:
        return self.settings.outbox / path

    def drop_form(self, code: str, name: str, *records: dict[str, str]) -> None:
        form = declared().form(code)
        drop = Filled(name, code, records=records, layout=Layout.LIST)
        (self.settings.inbox / name).write_bytes(filled(template(form, Layout.LIST, "zh", ""), form, drop))

    def send_back(self, path: str, name: str, *typed: tuple[str, str, str, str]) -> None:
        """Type into the report at *path*, each value at sheet, key and label, and drop it under *name*."""
        places: Typed = [(sheet, cell(self.out(path), sheet, key, label), text) for sheet, key, label, text in typed]
        self.editor.edit(self.out(path), self.settings.inbox / name, places)

    def master(self, sheet: str = "客户", label: str = "许可证号") -> dict[str, dict[str, Any]]:
        return {str(row[label]): row for row in table(self.out("master.xlsx"), sheet, label)}


def table(path: Path, sheet: str, label: str) -> list[dict[str, Any]]:
    header, columns = located(path, sheet, label)
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=header + 1, values_only=True)
    return [{name: row[at - 1] for name, at in columns.items()} for row in rows if any(row)]


def located(path: Path, sheet: str, label: str) -> tuple[int, dict[str, int]]:
    """Return the header's row and its columns by label, counted from 1."""
    for at, row in enumerate(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True), 1):
        labels = [str(value or "").strip(" *") for value in row]
        if label in labels:
            return at, {name: column for column, name in enumerate(labels, 1) if name}
    raise LookupError(f"no {label} on {sheet} of {path.name}")


def cell(path: Path, sheet: str, key: str, label: str) -> str:
    header, columns = located(path, sheet, label)
    page = openpyxl.load_workbook(path)[sheet]
    for row in range(header + 1, page.max_row + 1):
        if str(page.cell(row, columns["许可证号"]).value) == key:
            return f"{get_column_letter(columns[label])}{row}"
    raise LookupError(f"{key} is not on {sheet} of {path.name}")


VERIFIED = (
    ("核实结果", "属实"), ("商圈", "居民区"), ("经营规模", "中"), ("订货方式", "网上订货"), ("结算方式", "电子结算"),
    ("订货日", "周二"), ("送货线路", "03线"), ("客户档位", "12"), ("政策宣传", "已完成"), ("货源介绍", "已完成"),
    ("订货程序", "已完成"), ("核实人", "李秀英"),
)  # fmt: skip


def test_one_shop_from_the_first_sheet_to_undo(tmp_path: Path, editor: Editor) -> None:
    office = Office(tmp_path, editor)
    for roster in (PEOPLE, AREAS):
        office.drop_form(roster.form, roster.name, *roster.records)  # type: ignore[arg-type]
    shop = {
        "customer_name": "惠民超市", "principal": "张三喜", "contact_phone": "13932820018",
        "shop_address": "武强县周窝镇周窝村12号", "market_type": "乡村", "trade_type": "超市",
        "valid_from": "2024-03-05", "valid_until": "2029-03-04", "registered_on": "2026-11-02", "filled_by": "李敏",
    }  # fmt: skip
    office.drop_form(
        "registration",
        "周窝镇登记.xlsx",
        {"licence_no": SHOP, "resident_id": "131123198003120012", **shop},  # the last digit mistyped
        {"licence_no": "131123100026", "resident_id": "13112319751120012X", **shop, "customer_name": "平安烟酒店",
         "contact_phone": "13932820026", "shop_address": "武强县周窝镇张法台村3号"},
    )  # fmt: skip

    # the sheet comes back marked, the good row is in
    summary = run(office.settings, today=FIRST)
    assert summary.rows.rejected == 1
    assert set(office.master()) == {"131123100026"}
    returned = "returns/周窝镇登记.xlsx"
    bad = cell(office.out(returned), "新入网户登记表", SHOP, "身份证号")
    page = openpyxl.load_workbook(office.out(returned))["新入网户登记表"]
    assert page[bad].comment is not None and "身份证号" in page[bad].comment.text
    assert page[bad].fill.fgColor.rgb != "00000000"

    # corrected in place and dropped back under another name
    office.send_back(returned, "改好了.xlsx", ("新入网户登记表", SHOP, "身份证号", "131123198003120013"))
    summary = run(office.settings, today=FIRST)
    assert (summary.rows.accepted, summary.rows.unchanged, summary.rows.rejected) == (1, 1, 0)
    assert office.master()[SHOP]["当前状态"] == "待核实"
    assert not office.out(returned).exists()
    exceptions = office.out("exceptions/all.xlsx")
    assert not exceptions.exists() or "周窝镇登记.xlsx" not in [
        row["文件"] for row in table(exceptions, "异常表", "文件") if row["程度"] == "错误"
    ]

    # verified, sent back with the reason, verified again, passed
    mine = "worklists/K02-李秀英.xlsx"
    answers = [("核实", SHOP, label, text) for label, text in (*VERIFIED, ("核实日期", "2026-11-03"))]
    office.send_back(mine, "李秀英.xlsx", *answers)
    run(office.settings, today=date(2026, 11, 3))
    assert office.master()[SHOP]["当前状态"] == "待审核"

    managers = "worklists/S01-赵敏.xlsx"
    decision = (("审核结论", "退回"), ("审核意见", "请补拍门头照片"), ("审核日期", "2026-11-04"), ("审核人", "赵敏"))
    office.send_back(managers, "赵敏.xlsx", *(("审核", SHOP, label, text) for label, text in decision))
    run(office.settings, today=date(2026, 11, 4))
    assert office.master()[SHOP]["当前状态"] == "待核实"
    (back,) = [row for row in table(office.out(mine), "核实", "许可证号") if row["许可证号"] == SHOP]
    assert "请补拍门头照片" in [str(value) for value in back.values()]

    again = [
        ("核实", SHOP, label, text) for label, text in (*VERIFIED, ("核实日期", "2026-11-05"), ("说明", "照片已补"))
    ]
    office.send_back(mine, "李秀英 2.xlsx", *again)
    run(office.settings, today=date(2026, 11, 5))
    passed = (("审核结论", "通过"), ("审核意见", "资料齐全"), ("审核日期", "2026-11-05"), ("审核人", "赵敏"))
    office.send_back(managers, "赵敏 2.xlsx", *(("审核", SHOP, label, text) for label, text in passed))
    run(office.settings, today=date(2026, 11, 5))
    archived = office.master()[SHOP]
    assert (archived["当前状态"], archived["档案号"], archived["客户档位"]) == ("已归档", "2026-0001", 12)

    # a new phone, then it turns out to be a mistake: the sheet is taken back
    office.drop_form(
        "change_sheet",
        "变更.xlsx",
        {"licence_no": SHOP, "change_kind": "变更", "change_item": "联系电话", "changed_to": "13932829999",
         "effective_on": "2026-11-06", "change_reason": "换号", "handled_by": "李敏"},
    )  # fmt: skip
    changed = run(office.settings, today=date(2026, 11, 6))
    assert office.master()[SHOP]["联系电话"] == "13932829999"
    undo(office.settings, str(changed.run), today=date(2026, 11, 6))
    run(office.settings, today=date(2026, 11, 6))
    after = office.master()[SHOP]
    assert {label: after[label] for label in archived if label not in ("逾期",)} == {
        label: archived[label] for label in archived if label not in ("逾期",)
    }

    # and all of it can be told
    phones = [(line.before, line.after) for line in history(office.settings, SHOP, field="联系电话")]
    assert phones[:2] == [(None, "13932820018"), ("13932820018", "13932829999")]
    told = [(line.label, line.after) for line in history(office.settings, SHOP)]
    assert ("state", "已归档") in told or ("当前状态", "已归档") in told
