from datetime import date

import pytest

from pipeline.domain.extract import Known
from pipeline.read.read_file import read_file
from pipeline.validate.check_form import check_form
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context
from tests.read.sheets import as_bytes, workbook

CATALOGUE = load_catalogue()
STAFF = CATALOGUE.form("staff_list")


def judged(role: str, further: str = "") -> tuple[list[dict[str, object]], list[tuple[str, str, str]]]:
    """Return the accepted people, and rule, cell and what is shown after of each finding."""
    table = f"工号 | 姓名 | 角色 | 兼任岗位\nK1 | 王五 | {role} | {further}"
    known = Known(tuple(CATALOGUE.forms), {})
    reading = read_file("人员.xlsx", as_bytes(workbook(table)), "hash", known)
    checked = check_form(STAFF, reading.extracts, Context(today=date(2026, 11, 23)))
    told = [(each.rule, each.cell, dict(each.details).get("after@zh", "")) for each in checked.findings]
    return [dict(each.values) for each in checked.records], told


@pytest.mark.parametrize(
    "written", ["市场经理兼客户经理", "市场经理 兼 客户经理", "市场经理（兼客户经理）", "市场经理兼任客户经理"]
)
def test_two_posts_in_one_cell_are_parted_and_told(written: str) -> None:
    people, told = judged(written)
    assert [(each["staff_role"], each["staff_also"]) for each in people] == [("market_manager", "客户经理")]
    assert told == [("repair.choice", "C2", "市场经理，兼任岗位：客户经理")]


@pytest.mark.parametrize(
    ("written", "further"),
    [("市场经理兼司机", ""), ("市场经理兼客户经理", "系统管理员"), ("兼客户经理", "")],
)
def test_what_can_be_meant_otherwise_is_an_error_at_its_cell(written: str, further: str) -> None:
    people, told = judged(written, further)
    assert people == []
    assert [(rule, cell) for rule, cell, _ in told] == [("value.choice", "C2")]


@pytest.mark.parametrize("part", ["市场", "销售主", "审批"])
def test_a_part_of_a_post_is_no_post_as_who_has_it_may_approve_money(part: str) -> None:
    people, told = judged(part)
    assert people == []
    assert [(rule, cell) for rule, cell, _ in told] == [("value.choice", "C2")]
