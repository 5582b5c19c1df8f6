"""Makes the sheets of the benchmark: list sheets of one county, all right, each customer once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from stdnum.cn import ric

LABELS = (
    "许可证号", "客户名称", "负责人", "身份证号", "统一社会信用代码", "联系电话", "经营地址", "所属区域", "市场类型",
    "零售业态", "有效期起", "有效期止", "登记日期", "填表人", "备注", "序号",
)  # fmt: skip
TOWNS = ("武强镇", "街关镇", "周窝镇", "东孙庄镇", "豆村镇", "北代镇")
_TRADES = ("食杂店", "便利店", "超市", "商场", "烟酒店", "娱乐服务类", "其他")
_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def customer(number: int) -> tuple[str | int, ...]:
    """Return one row, the same for the same *number*."""
    dice = random.Random(number)
    town = TOWNS[number % len(TOWNS)]
    stem = f"131123{dice.randint(1960, 2000)}{dice.randint(1, 12):02}{dice.randint(1, 28):02}{number % 1000:03}"
    return (
        f"131123{1 + number // 100_000}{number % 100_000:05}",
        f"{dice.choice(_NAMES)}家{dice.choice(_TRADES)}{number}",
        f"{dice.choice(_NAMES)}{dice.choice('国建小春')}{dice.choice('强平芳英')}",
        stem + ric.calc_check_digit(stem + "0"),
        "",
        f"139{dice.randint(10_000_000, 99_999_999)}",
        f"武强县{town}{dice.choice('东西南北')}街{dice.randint(1, 300)}号",
        town,
        dice.choice(("城镇", "乡村")),
        dice.choice(_TRADES),
        f"2025-{dice.randint(1, 12):02}-01",
        f"2029-{dice.randint(1, 12):02}-28",
        "2026-11-02",
        "李敏",
        "",
        number,
    )


def sheets(count: int, rows: int, first: int = 0) -> Iterator[bytes]:
    """Return *count* workbooks of *rows* customers each, the first customer having the number *first*."""
    for at in range(count):
        held = io.BytesIO()
        with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
            sheet = book.add_worksheet("登记")
            sheet.write_row(0, 0, LABELS)
            for row in range(rows):
                sheet.write_row(row + 1, 0, customer(first + at * rows + row))
        yield held.getvalue()


def write(folder: Path, count: int, rows: int, first: int = 0) -> None:
    """Write the workbooks to *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for at, content in enumerate(sheets(count, rows, first)):
        (folder / f"登记-{first}-{at:05}.xlsx").write_bytes(content)
