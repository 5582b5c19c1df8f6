"""A list that comes as text: what is in the master, what the clerk is told, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.tools.customers import customers, new_office, office, once, told

LABELS = "许可证号,客户名称,负责人,联系电话,经营地址,有效期止,登记日期"
ROWS = [
    f"13112310{at:04},惠民{at}店,张三喜,139328200{at:02},武强县周窝镇周窝村{at}号,2029-03-04,2026-11-02"
    for at in range(12)
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = new_office(tmp_path)
    office(settings)
    return settings


def drop_text(settings: Settings, *lines: str, name: str) -> None:
    (settings.inbox / name).write_bytes("\r\n".join(lines).encode("gb18030"))


def test_a_stray_quote_swallows_nobody_and_a_comma_lost_moves_nothing(settings: Settings) -> None:
    rows = [*ROWS]
    rows[1] = rows[1].replace("惠民1店", '"惠民1店')
    rows[5] = rows[5].replace(",张三喜", "张三喜")  # a comma is lost: all that follows has moved
    rows[8] = rows[8].replace("惠民8店", '惠民8店"')
    drop_text(settings, LABELS, *rows, name="登记.csv")
    once(settings)

    entered = customers(settings)
    assert sorted(entered) == [f"13112310{at:04}" for at in range(12) if at != 5]
    assert entered["131123100001"]["客户名称"] == '"惠民1店'
    assert {row["负责人"] for row in entered.values()} == {"张三喜"}
    (sentence,) = [sentence for cell, sentence in told(settings) if cell == "A7"]
    assert "第 7 行没有录入" in sentence
    assert "惠民5店张三喜" in sentence

    rows[5] = ROWS[5].replace("张三喜", '"张,三喜"')
    drop_text(settings, LABELS, *rows, name="登记.csv")
    once(settings)
    assert customers(settings)["131123100005"]["负责人"] == "张,三喜"
    assert [cell for cell, _ in told(settings) if cell == "A7"] == []
