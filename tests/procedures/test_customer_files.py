"""客户建档, played through: numbers by class, what is missing, the check, loans of the paper, what was updated when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.language.catalogue import declared_procedures
from schemas.roster.samples import AREAS
from tests.tools.office import Office

PEOPLE = [
    ("K01", "王建国", "客户经理"),
    ("K02", "李秀英", "客户经理"),
    ("DA01", "方晴", "档案管理员"),
    ("S01", "赵敏", "市场经理"),
]
SHEET = "客户档案"
FULL = {
    "file_contact": "张三喜",
    "file_phone": "13932820018",
    "file_address": "周窝镇周窝村12号",
    "file_licence": "92131123MA0A1B2C3L",
    "file_goods": "烟酒副食",
    "file_terms": "月结",
}
TOLD = "王建国登记了 {} 的“{}”有更新，请知悉"
CHECKED = {"file_answer": "同意", "file_checked_by": "方晴"}


def signed(office: Office, *keys: str, at: str = "2026-11-02 10:00") -> None:
    """The manager looks at complete files and signs them."""
    said = {"sign_answer": "同意", "file_signed_on": at[:10], "file_signed_by": "赵敏"}
    office.answer("S01", dict.fromkeys(keys, said))
    office.run(at)


def a_file(customer: str, kind: str = "会员", **more: Any) -> dict[str, Any]:
    said = {"file_customer": customer, "file_class": kind, "file_holder": "方晴"}
    return {**said, "filed_on": "2026-11-02", "file_by": "王建国"} | more


def update(file: str, item: str, content: str, on: str) -> dict[str, Any]:
    said = {"updated_file": file, "updated_item": item, "updated_content": content}
    return {**said, "updated_on": on, "updated_by": "王建国"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["customer_files"], PEOPLE)
    four = {code: value for code, value in FULL.items() if code not in ("file_goods", "file_terms")}
    four |= {"file_licence": "92131123MA0A1B2D4X"}  # his own
    office.drop("customer_file", a_file("惠民超市", **FULL), a_file("新星副食", "非会员", **four), a_file("老刘烟酒"))
    office.run("2026-11-02 09:00")
    return office


def test_one_licence_on_the_files_of_two_customers_is_told_until_one_is_put_right(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_files"], PEOPLE)
    office.drop("customer_file", a_file("惠民超市", **FULL))
    office.run("2026-11-02 09:00")
    office.drop("customer_file", a_file("新星副食", **FULL | {"file_licence": "92131123ma0a1b2c3l"}, file_by="李秀英"))
    office.run("2026-11-02 10:00")
    told = "“92131123MA0A1B2C3L”和 A0001 的执照号相同，可能是同一件"
    said = [(row["由谁处理"], row["问题"].upper()) for row in office.open_exceptions()]
    assert sorted(said) == [("方晴", told), ("李秀英", told), ("赵敏", told)]
    office.edit_master(SHEET, "A0002", {"执照号": "92131123MA0A1B2D4X"})
    office.run("2026-11-02 11:00")
    assert office.exceptions() == []


def test_what_nobody_may_do_and_a_loan_of_no_file_are_the_managers_to_see(office: Office) -> None:
    """赵敏 alone signs files, and nobody his own: she, who watches over them, can name a stand-in. Of both, a mail goes to her."""
    office.drop("customer_file", a_file("经理建", **FULL) | {"file_by": "赵敏"})
    loan = {"lent_file": "A9999", "lent_on": "2026-11-02", "lent_until": "2026-11-10", "lent_to": "王建国"}
    office.drop("file_loan", loan)
    office.run("2026-11-02 10:00")
    lines = [row for row in office.open_exceptions() if row["由谁处理"] == "赵敏"]
    assert any("没有人可办“档案签阅”" in str(row["问题"]) for row in lines if row["编号"] == "A0003")
    assert [row["表中写法"] for row in lines if row["编号"] == "JY261101"] == ["A9999"]
    assert office.record("档案借阅", "JY261101")["当前状态"] == "待借出"  # nobody is to bring back what there is not
    office.run("2026-11-11 09:00")
    assert not any("JY261101" in mail or "收回" in mail for mail in office.mails("DA01"))
    assert "档案签阅" in office.mails("S01")[-1]
    assert any("A0003" in row.values() for row in office.worklist("S01", "未能分配"))


def test_files_that_come_weeks_after_they_were_made_are_told_to_who_looks_at_them(office: Office) -> None:
    """管理方法 7: looked at on the next morning. Made on 10-20, a sheet of 11-02 could not be."""
    office.drop("customer_file", a_file("老张副食", filed_on="2026-10-20"))
    office.run("2026-11-03 09:00")
    told = "王建国 2026-11-03 才交来 1 条，最早的是 2026-10-20 的"
    office.exceptions()
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["赵敏"]


def test_a_file_is_not_signed_before_it_was_made(office: Office) -> None:
    said = {"sign_answer": "同意", "file_signed_on": "2026-11-01", "file_signed_by": "赵敏"}
    office.answer("S01", {"A0001": said})
    office.run("2026-11-02 10:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "待签阅"
    assert office.exceptions() == ["档案签阅日期“2026-11-01”早于建档日期“2026-11-02”，先后不对"]


def test_a_file_signed_by_its_own_day_before_it_was_complete_is_told(office: Office) -> None:
    """管理方法 7: a file is completed, and signed the next morning. Completed on Thursday the 5th, signed on Tuesday the 3rd."""
    full = FULL | {"file_licence": "92131123MA0A1B2F6X"}
    office.drop("file_completion", {"file_no": "A0002", **full, "file_completed_by": "王建国"})
    office.run("2026-11-05 09:00")
    office.drop(
        "file_signed",
        {"file_no": "A0002", "sign_answer": "同意", "file_signed_on": "2026-11-03", "file_signed_by": "赵敏"},
    )
    office.run("2026-11-06 09:00")
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才办" in str(row["问题"])]
    assert told == [("方晴", "A0002 的档案签阅日期是 2026-11-03，“补充档案”2026-11-05 才办")]


def test_a_file_sent_back_when_it_was_looked_at_is_not_signed_before_it_was_put_right(office: Office) -> None:
    """Sent back on Tuesday the 3rd, put right on Friday the 6th, within its five working days, and signed on Monday the 9th."""
    back = {
        "sign_answer": "退回",
        "sign_reason": "缺执照复印件",
        "file_signed_on": "2026-11-03",
        "file_signed_by": "赵敏",
    }
    office.answer("S01", {"A0001": back})
    office.run("2026-11-03 09:00")
    office.answer("K01", {"A0001": {"file_completed_by": "王建国", "file_mended": "执照复印件已补入纸档"}})
    office.run("2026-11-06 09:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "待签阅"
    assert office.exceptions() == []
    signed(office, "A0001", at="2026-11-09 09:00")
    assert (office.record(SHEET, "A0001")["当前状态"], office.exceptions()) == ("待验收", [])


def test_a_file_is_signed_by_the_market_manager_of_whose_area_it_is(tmp_path: Path) -> None:
    """管理方法 7: the manager of the shop. Of 王建国's areas that is 赵敏, of 李秀英's 钱进; who of them has less to do does not count."""
    office = Office(tmp_path, ["customer_files"], [*PEOPLE, ("S02", "钱进", "市场经理")])
    area = {"account_manager_no": "K01", "market_manager_no": "S01"}
    names = {"area_code": "131123100", "area_name": "武强镇"} | area
    others = {"area_code": "131123101", "area_name": "周窝镇", "account_manager_no": "K02", "market_manager_no": "S02"}
    office.drop("area_list", names, others)
    licences = ("92131123MA0A1B2C3L", "92131123MA0A1B2D4X", "92131123MA0A1B2F6X")
    by = ("王建国", "王建国", "李秀英")
    files = [
        a_file(f"{number}店", **FULL | {"file_licence": licence}, file_by=name)
        for number, licence, name in zip("甲乙丙", licences, by, strict=True)
    ]
    office.drop("customer_file", *files)
    office.run("2026-11-02 09:00")
    assert {row["建档客户"]: row["当前办理人"] for row in office.master(SHEET)} == {
        "甲店": "赵敏", "乙店": "赵敏", "丙店": "钱进",
    }  # fmt: skip


def test_the_next_step_of_a_file_is_no_handing_over(office: Office) -> None:
    office.answer("K01", {"B0001": {"file_goods": "副食", "file_terms": "现结", "file_completed_by": "王建国"}})
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, "B0001")
    assert (record["当前办理人"], "转来" in str(record["分配依据"])) == ("赵敏", False)
    assert not any("转给" in text for text in office.mails("K01"))


def test_files_are_numbered_by_class_and_say_what_is_missing(office: Office) -> None:
    files = {row["建档客户"]: row for row in office.master(SHEET)}
    assert [files[name]["客户档案编号"] for name in ("惠民超市", "新星副食", "老刘烟酒")] == ["A0001", "B0001", "A0002"]
    # four of six, none of six
    assert [files[name]["完整率（%）"] for name in ("惠民超市", "新星副食", "老刘烟酒")] == [100, 67, 0]
    assert files["新星副食"]["缺项"] == "主营品类、结算方式"
    # members: 100 % and nothing
    assert office.figures("统计", "档案按类别") == [["会员", 2, 1, 0.5, 0], ["其他客户", 1, 0, 0.67, 0]]


def test_what_is_missing_is_filled_in_by_whoever_filed_it_and_the_keeper_files_it_away(office: Office) -> None:
    assert office.record(SHEET, "A0001")["当前办理人"] == "赵敏"
    assert {row["客户档案编号"] for row in office.worklist("K01", "补充档案")} == {"B0001", "A0002"}
    office.answer("K01", {"B0001": {"file_goods": "副食", "file_completed_by": "王建国"}})
    office.run("2026-11-03 09:00")
    assert (office.record(SHEET, "B0001")["当前状态"], office.record(SHEET, "B0001")["缺项"]) == ("待补充", "结算方式")
    office.answer("K01", {"B0001": {"file_terms": "现结", "file_completed_by": "王建国"}})
    office.run("2026-11-03 10:00")
    signed(office, "B0001", at="2026-11-03 11:00")
    office.answer("DA01", {"B0001": CHECKED})
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, "B0001")
    assert (record["当前状态"], record["是否齐全"], record["结算方式"]) == ("已归档", "是", "现结")


def test_a_file_sent_back_says_why_and_only_the_keeper_checks_what_is_not_his_own(office: Office) -> None:
    office.drop("customer_file", a_file("平安街烟酒店", **FULL, file_by="方晴"))
    office.run("2026-11-02 10:00")
    signed(office, "A0001", "A0003", at="2026-11-02 11:00")
    office.drop(
        "file_check",
        {"file_no": "A0001", **CHECKED, "file_checked_by": "李秀英"},
        {"file_no": "A0003", **CHECKED},
    )
    office.run("2026-11-03 09:00")
    said = office.exceptions()
    assert "“惠民超市”的“档案验收”应由“档案管理员”办理，“李秀英”不是该岗位的在岗人员" in said
    assert "“平安街烟酒店”的“建档人”就是方晴，不能由本人办理“档案验收”" in said

    office.answer("DA01", {"A0001": {**CHECKED, "file_answer": "退回", "file_reason": "纸档缺执照复印件"}})
    office.run("2026-11-03 10:00")
    rows = {row["客户档案编号"]: row for row in office.worklist("K01", "补充档案")}
    assert rows["A0001"]["退回原因"] == "纸档缺执照复印件"


def test_a_file_not_checked_is_late_and_the_market_managers_to_see(office: Office) -> None:
    signed(office, "A0001")
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, "A0001")["时限提醒"] == "逾期 1 天"
    assert "逾期情况" in office.tasks("S01")


def test_the_same_customer_is_the_same_file(office: Office) -> None:
    office.drop("customer_file", a_file("惠民超市", **FULL | {"file_terms": "现结"}))
    office.run("2026-11-03 09:00")
    assert len(office.master(SHEET)) == 3
    assert office.record(SHEET, "A0001")["结算方式"] == "现结"


def test_who_has_the_paper_file_is_known(office: Office) -> None:
    assert office.record(SHEET, "A0001")["纸档现在谁处"] == "方晴"
    loan = {"lent_file": "A0001", "lent_on": "2026-11-03", "lent_until": "2026-11-05", "lent_to": "李秀英"}
    office.drop("file_loan", loan, {**loan, "lent_file": "A0099"})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, "A0001")["纸档现在谁处"] == "李秀英"
    assert any("A0099" in sentence for sentence in office.exceptions())
    assert office.figures("统计", "档案按类别")[0] == ["会员", 2, 1, 0.5, 1]

    office.run("2026-11-09 09:00")
    assert office.record("档案借阅", "JY261101")["时限提醒"] == "逾期 4 天"
    office.answer("DA01", {"JY261101": {"given_back_on": "2026-11-09", "taken_back_by": "方晴"}})
    office.run("2026-11-09 10:00")
    assert office.record("档案借阅", "JY261101")["当前状态"] == "已归还"
    assert office.record(SHEET, "A0001")["纸档现在谁处"] == "方晴"


def test_what_was_updated_when_is_known_and_an_old_file_is_told(office: Office) -> None:
    office.drop(
        "file_update",
        update("A0001", "结算方式", "现结", "2026-11-05"),
        update("A0001", "建档电话", "13932829999", "2026-11-04"),
    )
    office.run("2026-11-05 09:00")
    record = office.record(SHEET, "A0001")
    assert (record["最近更新日期"], record["最近更新项目"]) == ("2026-11-05", "结算方式")
    assert [row["更新内容"] for row in office.master("档案更新")] == ["现结", "13932829999"]

    office.run("2027-11-03 09:00")  # a year and a day after filing, not yet after the update
    stale = [sentence for sentence in office.exceptions() if "没有更新" in sentence]
    of_both = ["“老刘烟酒”的档案自 2026-11-02 起没有更新", "“新星副食”的档案自 2026-11-02 起没有更新"]
    assert sorted(stale) == sorted(of_both * 2)  # two account managers: each of them reads it
    office.drop("file_update", update("B0001", "其他资料", "已核对", "2027-11-03"))
    office.run("2027-11-03 10:00")
    assert "“新星副食”的档案自 2026-11-02 起没有更新" not in office.exceptions()


@pytest.mark.parametrize("how", ["the sheet again", "an update", "the master"])
def test_a_file_that_has_everything_is_complete_however_it_came_in(office: Office, how: str) -> None:
    rest = {"file_goods": "副食", "file_terms": "现结"}
    four = {code: value for code, value in FULL.items() if code not in rest}
    if how == "the sheet again":
        office.drop("customer_file", a_file("新星副食", "非会员", **four, **rest))
    elif how == "an update":
        on = "2026-11-03"
        office.drop("file_update", update("B0001", "主营品类", "副食", on), update("B0001", "结算方式", "现结", on))
    else:
        office.edit_master(SHEET, "B0001", {"主营品类": "副食", "结算方式": "现结"})
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, "B0001")
    assert (record["是否齐全"], record["缺项"], record["当前状态"]) == ("是", None, "待签阅")
    assert {row["客户档案编号"] for row in office.worklist("K01", "补充档案")} == {"A0002"}


def test_a_complete_file_that_was_sent_back_stays_with_who_filed_it(office: Office) -> None:
    signed(office, "A0001")
    office.answer("DA01", {"A0001": {**CHECKED, "file_answer": "退回", "file_reason": "纸档缺执照复印件"}})
    office.run("2026-11-03 09:00")
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "待补充"
    office.answer("K01", {"A0001": {"file_completed_by": "王建国", "file_mended": "执照复印件已补入纸档"}})
    office.run("2026-11-03 11:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "待签阅"


def test_what_comes_again_just_as_it_was_sent_back_is_no_answer(office: Office) -> None:
    signed(office, "A0001")
    office.answer("DA01", {"A0001": {**CHECKED, "file_answer": "退回", "file_reason": "执照号与执照不符"}})
    office.run("2026-11-03 09:00")
    office.answer("K01", {"A0001": {"file_completed_by": "王建国"}})  # a name alone says nothing
    office.run("2026-11-03 09:30")
    assert office.record(SHEET, "A0001")["当前状态"] == "待补充"

    again = {"file_no": "A0001", **FULL, "file_completed_by": "王建国"}
    office.drop("file_completion", again, name="补充.xlsx")
    office.run("2026-11-03 10:00")
    assert office.exceptions() == ["“惠民超市”的“补充档案”与退回时相同，未采用，仍待办理"]
    (row,) = (each for each in office.worklist("K01", "补充档案") if each["客户档案编号"] == "A0001")
    assert (row["退回原因"], office.record(SHEET, "A0001")["当前状态"]) == ("执照号与执照不符", "待补充")

    office.drop("file_completion", again | {"file_licence": "92131123MA0A1B2C9X"}, name="补充.xlsx")
    office.run("2026-11-03 11:00")
    record = office.record(SHEET, "A0001")
    assert (record["执照号"], record["当前状态"], office.exceptions()) == ("92131123MA0A1B2C9X", "待签阅", [])


def test_what_was_sent_back_is_put_right_on_the_worklist(office: Office) -> None:
    signed(office, "A0001")
    office.answer("DA01", {"A0001": {**CHECKED, "file_answer": "退回", "file_reason": "执照号与执照不符"}})
    office.run("2026-11-03 09:00")
    mended = {"file_licence": "92131123MA0A1B2C9X", "file_mended": "执照号已更正", "file_completed_by": "王建国"}
    office.answer("K01", {"A0001": mended})
    office.run("2026-11-03 10:00")
    record = office.record(SHEET, "A0001")
    assert (record["执照号"], record["当前状态"], office.exceptions()) == ("92131123MA0A1B2C9X", "待签阅", [])


def test_an_updated_phone_replaces_the_old_one(office: Office) -> None:
    office.drop("file_update", update("A0001", "建档电话", "139 3282 9999", "2026-11-04"))
    office.drop("file_update", update("B0001", "建档地址", "北代村8号", "2026-11-04"))
    office.run("2026-11-04 09:00")
    assert office.record(SHEET, "A0001")["建档电话"] == "13932829999"
    assert office.record(SHEET, "B0001")["建档地址"] == "北代村8号"
    # nothing is wrong: the keeper reads of it, and not the number itself
    assert set(office.exceptions()) == {TOLD.format("A0001", "建档电话"), TOLD.format("B0001", "建档地址")}

    # what is said later stands: on the file's own sheet, and on another line; what is of an earlier day does not
    office.edit_master(SHEET, "A0001", {"建档电话": "13932828888"})
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, "A0001")["建档电话"] == "13932828888"
    office.drop("file_update", update("A0001", "建档电话", "13932827777", "2026-11-03"))
    office.run("2026-11-06 09:00")
    assert office.record(SHEET, "A0001")["建档电话"] == "13932828888"
    office.drop("file_update", update("A0001", "建档电话", "13932826666", "2026-11-06"))
    office.run("2026-11-06 10:00")
    assert office.record(SHEET, "A0001")["建档电话"] == "13932826666"


def test_an_update_that_is_no_phone_stays_out_and_the_old_one_stands(office: Office) -> None:
    office.drop("file_update", update("A0001", "建档电话", "1393282", "2026-11-04"))
    office.run("2026-11-04 09:00")
    assert office.exceptions() == ["更新内容“1393282”不是完整的电话号码"]
    assert office.record(SHEET, "A0001")["建档电话"] == "13932820018"


def test_an_update_of_a_file_that_comes_later_is_taken_then(office: Office) -> None:
    office.drop("file_update", update("A0003", "结算方式", "现结", "2026-11-03"))
    office.run("2026-11-03 09:00")
    assert office.exceptions() == ["所更新档案“A0003”不在“客户档案”中"]
    office.drop("customer_file", a_file("平安街烟酒店", filed_on="2026-11-03"))
    office.run("2026-11-04 09:00")
    assert office.record(SHEET, "A0003")["结算方式"] == "现结"
    assert office.exceptions() == [TOLD.format("A0003", "结算方式")]


def lent(to: str, on: str, file: str = "A0001") -> dict[str, Any]:
    return {"lent_file": file, "lent_on": on, "lent_until": "2026-11-20", "lent_to": to}


@pytest.fixture
def filed(office: Office) -> Office:
    signed(office, "A0001")
    office.answer("DA01", {"A0001": CHECKED})
    office.run("2026-11-03 09:00")
    return office


def test_a_paper_file_has_one_borrower_at_a_time(filed: Office) -> None:
    filed.drop("file_loan", lent("李秀英", "2026-11-03"))
    filed.run("2026-11-03 10:00")
    filed.drop("file_loan", lent("王建国", "2026-11-04"))
    filed.run("2026-11-04 09:00")
    assert filed.exceptions() == ["档案 A0001 的纸档还在李秀英处，一份纸档一次只借一人"]
    assert [row["当前状态"] for row in filed.master("档案借阅")] == ["借出", "待借出"]
    assert filed.record(SHEET, "A0001")["纸档现在谁处"] == "李秀英"

    filed.answer("DA01", {"JY261101": {"given_back_on": "2026-11-05", "taken_back_by": "方晴"}})
    filed.run("2026-11-05 09:00")
    # he wanted it on the 4th, when it was out: its keeper says when he got it, and until when
    assert [row["当前状态"] for row in filed.master("档案借阅")] == ["已归还", "待交付"]
    assert (filed.record(SHEET, "A0001")["纸档现在谁处"], filed.exceptions()) == ("方晴", [])
    handed = {"handed_on": "2026-11-04", "lent_until": "2026-11-12", "handed_by": "方晴"}
    filed.answer("DA01", {"JY261102": handed})
    filed.run("2026-11-06 09:00")
    assert "实际借出日期“2026-11-04”早于纸档归还日期“2026-11-05”" in filed.exceptions()
    filed.answer("DA01", {"JY261102": handed | {"handed_on": "2026-11-06"}})
    filed.run("2026-11-06 10:00")
    loan = filed.record("档案借阅", "JY261102")
    assert (loan["当前状态"], loan["应办结日"], filed.exceptions()) == ("借出", "2026-11-12", [])
    assert filed.record(SHEET, "A0001")["纸档现在谁处"] == "王建国"


def test_two_who_borrow_it_on_one_sheet_are_taken_in_turn(filed: Office) -> None:
    filed.drop("file_loan", lent("王建国", "2026-11-04"), lent("李秀英", "2026-11-03"))
    filed.run("2026-11-04 09:00")
    assert {row["借阅人"]: row["当前状态"] for row in filed.master("档案借阅")} == {
        "李秀英": "借出",
        "王建国": "待借出",
    }


def test_a_file_that_comes_back_and_goes_out_on_one_day_is_in_order(filed: Office) -> None:
    filed.drop("file_loan", lent("李秀英", "2026-11-03"))
    filed.run("2026-11-03 10:00")
    filed.answer("DA01", {"JY261101": {"given_back_on": "2026-11-05", "taken_back_by": "方晴"}})
    filed.drop("file_loan", lent("王建国", "2026-11-05"))
    filed.run("2026-11-05 09:00")
    assert [row["当前状态"] for row in filed.master("档案借阅")] == ["已归还", "借出"]
    assert filed.exceptions() == []


def test_its_sheets_are_known_among_those_of_all_procedures(tmp_path: Path) -> None:
    office = Office(tmp_path, [each.code for each in declared_procedures() if not each.roster], PEOPLE)
    office.drop("customer_file", a_file("惠民超市", **FULL), a_file("新星副食"))
    office.run("2026-11-02 09:00")
    office.drop("file_completion", {"file_no": "A0002", **FULL, "file_completed_by": "王建国"})
    office.drop("file_update", update("A0001", "结算方式", "现结", "2026-11-02"))
    office.drop(
        "file_loan", {"lent_file": "A0001", "lent_on": "2026-11-02", "lent_until": "2026-11-05", "lent_to": "李秀英"}
    )
    office.run("2026-11-02 10:00")
    assert office.record(SHEET, "A0002")["当前状态"] == "待签阅"
    assert (len(office.master("档案更新")), len(office.master("档案借阅"))) == (1, 1)


def test_switched_off_it_leaves_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care"], PEOPLE[:2] + PEOPLE[3:])
    office.run("2026-11-02 09:00")
    assert not {SHEET, "档案更新", "档案借阅"} & set(office.pages())
    assert not list(office.settings.outbox.rglob("*建档*")) and not list(office.settings.outbox.rglob("*客户档案*"))


def test_days_of_a_file_follow_each_other(office: Office) -> None:
    loan = {"lent_file": "A0001", "lent_on": "2026-11-03", "lent_to": "王建国"}
    office.drop("file_loan", {**loan, "lent_until": "2026-11-02"}, name="借阅.xlsx")
    office.drop("file_update", update("A0001", "建档电话", "13932829999", "2026-11-01"))
    office.run("2026-11-04 09:00")
    assert sorted(each for each in office.exceptions() if "20" in each) == [
        "应还日期“2026-11-02”早于同一行应在它前面的日期",
        "更新日期 2026-11-01 早于建档日期 2026-11-02",
    ]
    assert office.master("档案借阅") == []
    office.drop("file_loan", {**loan, "lent_until": "2026-11-03"}, name="借阅.xlsx")
    office.drop(
        "file_update", {**update("A0001", "建档电话", "13932829999", "2026-11-03"), "file_update_no": "GX261101"}
    )
    office.run("2026-11-04 10:00")
    assert not [each for each in office.exceptions() if "早于" in each]


def test_what_was_checked_against_the_paper_is_checked_again_when_it_is_changed(filed: Office) -> None:
    assert filed.record(SHEET, "A0001")["当前状态"] == "已归档"
    filed.drop("customer_file", a_file("惠民超市", **FULL | {"file_licence": "92131123MA0A1B2C9X"}))
    filed.run("2026-11-09 09:00")
    assert filed.record(SHEET, "A0001")["当前状态"] == "待签阅"
    (row,) = filed.worklist("S01", "档案签阅")
    assert row["退回原因"] == "签字后有改动：执照号 92131123MA0A1B2C3L→92131123MA0A1B2C9X，请重新签字"


def test_an_update_that_another_of_a_later_day_has_overtaken_is_told(office: Office) -> None:
    office.drop("file_update", update("A0001", "结算方式", "现结", "2026-11-04"))
    office.run("2026-11-04 09:00")
    office.drop("file_update", update("A0001", "结算方式", "周结", "2026-11-03"))
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, "A0001")["结算方式"] == "现结"
    assert "“周结”没有写入档案：2026-11-04 的更新 GX261101 更晚" in office.exceptions()


def test_an_update_by_another_hand_is_told_to_whoever_keeps_the_file_and_whoever_filed_it(office: Office) -> None:
    office.drop("file_update", {**update("A0001", "结算方式", "现结", "2026-11-03"), "updated_by": "李秀英"})
    office.run("2026-11-03 09:00")
    told = "李秀英登记了 A0001 的“结算方式”有更新，请知悉"
    assert [(row["由谁处理"], row["问题"]) for row in office.open_exceptions()] == [("方晴", told), ("王建国", told)]
    assert told in office.mails("DA01")[-1] and told in office.mails("K01")[-1]
    office.run("2026-11-11 09:00")  # told for a week
    assert told not in office.exceptions()


def test_an_update_by_whoever_keeps_and_has_filed_it_is_told_to_nobody(office: Office) -> None:
    office.drop("customer_file", a_file("平安街烟酒店", **FULL, file_by="方晴"))
    office.run("2026-11-02 10:00")
    office.drop("file_update", {**update("A0003", "结算方式", "现结", "2026-11-03"), "updated_by": "方晴"})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, "A0003")["结算方式"] == "现结"
    assert not [each for each in office.exceptions() if "请知悉" in each]


def test_a_change_on_the_files_own_sheet_is_the_keepers_to_read(office: Office) -> None:
    office.drop("customer_file", a_file("惠民超市", **FULL | {"file_terms": "现结"}))
    office.run("2026-11-03 09:00")
    (line,) = (each for each in office.mails("DA01")[-1].splitlines() if "月结" in each)
    assert "现结" in line and "王建国" in line


def test_the_days_for_completing_a_file_run_on_when_something_is_added(office: Office) -> None:
    # filed on Monday the 2nd: five working days are up on Monday the 9th
    assert office.record(SHEET, "A0002")["应办结日"] == "2026-11-09"
    office.answer("K01", {"A0002": {"file_goods": "副食", "file_completed_by": "王建国"}})
    office.run("2026-11-05 09:00")
    record = office.record(SHEET, "A0002")
    assert (record["主营品类"], record["当前状态"], record["应办结日"]) == ("副食", "待补充", "2026-11-09")
    office.drop("file_completion", {"file_no": "A0002", "file_terms": "现结", "file_completed_by": "王建国"})
    office.run("2026-11-06 09:00")
    record = office.record(SHEET, "A0002")
    assert (record["结算方式"], record["应办结日"]) == ("现结", "2026-11-09")
    office.run("2026-11-10 09:00")
    assert office.record(SHEET, "A0002")["时限提醒"] == "逾期 1 天"


def test_a_loan_not_given_back_is_told_to_the_borrower_and_late_to_the_keepers_superior(filed: Office) -> None:
    filed.drop("file_loan", {**lent("李秀英", "2026-11-03"), "lent_until": "2026-11-05"})
    filed.run("2026-11-05 09:00")
    assert filed.exceptions() == []  # still in time
    filed.run("2026-11-06 09:00")
    told = "李秀英借的 A0001 应于 2026-11-05 归还，还没有还"
    assert [(row["由谁处理"], row["问题"]) for row in filed.open_exceptions()] == [("李秀英", told)]
    assert told in filed.mails("K02")[-1]
    assert "档案归还" in filed.mails("S01")[-1]
    filed.answer("DA01", {"JY261101": {"given_back_on": "2026-11-06", "taken_back_by": "方晴"}})
    filed.run("2026-11-06 10:00")
    assert filed.exceptions() == []


def test_a_borrower_who_is_nobodys_colleague_is_asked_for_nothing(filed: Office) -> None:
    filed.drop("file_loan", {**lent("外单位老郑", "2026-11-03"), "lent_until": "2026-11-05"})
    filed.run("2026-11-09 09:00")
    assert set(filed.exceptions()) == {"“借阅登记”填的是“外单位老郑”（1 行），人员表中没有此人"}


def test_a_complete_file_is_signed_by_the_manager_the_next_morning_and_then_filed_away(office: Office) -> None:
    record = office.record(SHEET, "A0001")
    assert (record["当前状态"], record["当前办理人"], record["应办结日"]) == ("待签阅", "赵敏", "2026-11-03")
    back = {"sign_answer": "退回", "sign_reason": "缺照片", "file_signed_on": "2026-11-03", "file_signed_by": "赵敏"}
    office.answer("S01", {"A0001": back})
    office.run("2026-11-03 09:00")
    (row,) = (each for each in office.worklist("K01", "补充档案") if each["客户档案编号"] == "A0001")
    assert row["退回原因"] == "缺照片"
    office.answer("K01", {"A0001": {"file_mended": "照片已补", "file_completed_by": "王建国"}})
    office.run("2026-11-03 10:00")
    signed(office, "A0001", at="2026-11-04 09:00")
    record = office.record(SHEET, "A0001")
    assert (record["当前状态"], record["当前办理人"]) == ("待验收", "方晴")


def test_a_number_that_does_not_fit_is_refused_or_told_to_the_keeper(office: Office) -> None:
    office.drop("customer_file", a_file("平安街烟酒店", file_no="A00123"), a_file("东关店", file_no="B0077"))
    office.run("2026-11-03 09:00")
    assert "客户档案编号“A00123”不是 A 或 B 加 4 位数字" in office.exceptions()
    assert {row["建档客户"] for row in office.master(SHEET)} == {"惠民超市", "新星副食", "老刘烟酒", "东关店"}
    told = "档案 B0077 的类别是“会员”，编号开头不符：会员 A，其他 B"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["方晴"]


def test_two_files_of_one_customer_are_told_until_one_is_ended(office: Office) -> None:
    office.drop("customer_file", a_file("惠民 超市", file_no="A0077", file_by="李秀英"))
    office.run("2026-11-03 09:00")
    told = "“惠民 超市”和 A0001 的建档客户相同，可能是同一件"
    assert sorted(row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told) == [
        "方晴",
        "李秀英",
        "赵敏",
    ]
    ended = {"file_no": "A0077", "end_reason": "重复建档", "ended_on": "2026-11-03", "ended_by": "赵敏"}
    office.drop("file_ended", ended)
    office.run("2026-11-03 10:00")
    assert (office.record(SHEET, "A0077")["当前状态"], told in office.exceptions()) == ("已作废", False)
    assert office.figures("统计", "档案按类别")[0][1] == 2  # members' files: those of 惠民超市 and 老刘烟酒


def test_a_file_of_somebody_who_is_no_customer_is_told_to_who_filed_it(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_files", "new_customer"], PEOPLE)
    office.drop("area_list", *AREAS.records)
    shop = {"licence_no": "131123100018", "customer_name": "新星副食店", "principal": "张三喜"}
    shop |= {"contact_phone": "13932820088", "shop_address": "周窝镇周窝村12号", "valid_until": "2029-03-04"}
    office.drop("customer_file", a_file("惠民超市"))
    office.run("2026-11-02 09:00")
    told = "“惠民超市”不在客户登记中"
    assert told not in office.exceptions()  # nobody is registered at all
    office.drop("registration", shop)
    office.drop("customer_file", a_file("新星副食店", file_by="李秀英"))
    office.run("2026-11-03 09:00")
    (row,) = [row for row in office.open_exceptions() if "不在客户登记中" in row["问题"]]
    assert (row["由谁处理"], row["怎样改"]) == ("王建国", "核对名称；该登记的先登记；流失的、只来咨询过的选“知道了”")
    assert told in office.exceptions()


def test_a_loan_without_end_is_told_to_the_keeper(filed: Office) -> None:
    filed.drop("file_loan", {**lent("李秀英", "2026-11-03"), "lent_until": "2027-11-03"})
    filed.run("2026-11-03 10:00")
    told = "从 2026-11-03 借到 2027-11-03，长达 365 天"
    assert [(row["由谁处理"], row["问题"]) for row in filed.open_exceptions()] == [("方晴", told)]


def test_a_keeper_of_paper_files_whom_nobody_knows_is_told_to_whoever_filed_it(office: Office) -> None:
    office.drop("customer_file", a_file("平安烟酒", file_holder="方睛"))
    office.run("2026-11-02 10:00")
    said = "A0003 的纸档保管人“方睛”不在人员表在岗人员中"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["王建国"]
    assert said in office.mails("K01")[-1]
    office.edit_master(SHEET, "A0003", {"纸档保管人": "方 晴"})  # the same person, spaced out
    office.run("2026-11-02 11:00")
    assert [each for each in office.exceptions() if "纸档保管人" in each] == []


def test_a_keeper_of_paper_files_who_has_left_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_files"], PEOPLE)
    office.drop("customer_file", a_file("惠民超市", **FULL))
    left = {"staff_no": "DA01", "staff_name": "方晴", "staff_role": "档案管理员", "serves_to": "2026-11-30"}
    office.drop("staff_list", left, {"staff_no": "DA02", "staff_name": "柳青", "staff_role": "档案管理员"})
    office.run("2026-11-30 09:00")
    said = "A0001 的纸档保管人“方晴”不在人员表在岗人员中"
    assert said not in office.exceptions()
    office.run("2026-12-01 09:00")
    assert said in office.exceptions()


def test_a_paper_file_lent_before_it_was_made_is_told_to_its_keeper(office: Office) -> None:
    loan = {"lent_file": "A0001", "lent_on": "2026-10-30", "lent_until": "2026-11-10", "lent_to": "李秀英"}
    office.drop("file_loan", loan)
    office.run("2026-11-03 09:00")
    said = "借出日期 2026-10-30 早于档案 A0001 的建档日期 2026-11-02"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["方晴"]


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_file_that_loses_something_goes_back_to_be_completed_and_its_filer_reads_what(
    tmp_path: Path, steps: int
) -> None:
    """Emptied in the master: while it waits for its signature, for its check, and once it is filed away."""
    office = Office(tmp_path, ["customer_files"], PEOPLE)
    office.drop("customer_file", a_file("惠民超市", **FULL))
    office.run("2026-11-02 09:00")
    if steps > 1:
        signed(office, "A0001")
    if steps > 2:
        office.answer("DA01", {"A0001": CHECKED})
        office.run("2026-11-02 11:00")
    assert office.record(SHEET, "A0001")["当前状态"] == ("待签阅", "待验收", "已归档")[steps - 1]
    office.edit_master(SHEET, "A0001", {"主营品类": None})
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, "A0001")
    assert (record["当前状态"], record["缺项"], record["当前办理人"]) == ("待补充", "主营品类", "王建国")
    (row,) = office.worklist("K01", "补充档案")
    assert row["退回原因"] == "原来齐全，后来缺了：主营品类"
    assert "您 2026-11-02 填的主营品类“烟酒副食”，master.xlsx 2026-11-03 改为“（空）”" in office.mails("K01")[-1]
    assert "把主营品类“烟酒副食”改为“（空）”" in office.mails("S01")[-1]  # who watches over it

    office.answer("K01", {"A0001": {"file_goods": "副食", "file_completed_by": "王建国"}})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "待签阅"
    signed(office, "A0001", at="2026-11-03 11:00")
    office.answer("DA01", {"A0001": CHECKED})
    office.run("2026-11-03 12:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "已归档"


def test_what_is_changed_between_signing_and_filing_is_signed_anew(office: Office) -> None:
    """001, 建档 7: what the manager has signed is filed. A later update of what lies in the archive is the keeper's to read."""
    signed(office, "A0001")
    assert office.record(SHEET, "A0001")["当前状态"] == "待验收"
    office.drop("file_update", update("A0001", "建档地址", "新址 9 号", "2026-11-03"))
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, "A0001")
    assert (record["当前状态"], record["建档地址"]) == ("待签阅", "新址 9 号")
    (row,) = office.worklist("S01", "档案签阅")
    assert "建档地址" in row["退回原因"] and "新址 9 号" in row["退回原因"]
    signed(office, "A0001", at="2026-11-03 10:00")
    office.answer("DA01", {"A0001": CHECKED})
    office.run("2026-11-03 11:00")
    office.drop("file_update", update("A0001", "建档地址", "又一址", "2026-11-04"))
    office.run("2026-11-04 09:00")
    assert office.record(SHEET, "A0001")["当前状态"] == "已归档"


def test_what_nobody_can_sign_yet_is_due_all_the_same_and_late_for_who_comes_back(tmp_path: Path) -> None:
    """“第二天早上交店经理察看并签名”: filed on Monday, 11-02, due on the 3rd. 赵敏 is away until the 5th; 王建国, who stands in for her,
    has filed it himself.
    """
    office = Office(tmp_path, ["customer_files"], PEOPLE)
    away = {"staff_away_from": "2026-11-02", "staff_away_to": "2026-11-05", "staff_stand_in": "王建国"}
    office.drop("staff_list", {"staff_no": "S01", "staff_name": "赵敏", "staff_role": "市场经理"} | away)
    other = FULL | {"file_licence": "92131123MA0A1B2D4X"}
    office.drop("customer_file", a_file("惠民超市", **FULL), a_file("新星副食", **other, file_by="李秀英"))
    office.run("2026-11-02 09:00")
    files = {row["建档客户"]: (row["当前状态"], row["当前办理人"], row["应办结日"]) for row in office.master(SHEET)}
    assert files == {
        "惠民超市": ("待签阅", None, "2026-11-03"),
        "新星副食": ("待签阅", "王建国", "2026-11-03"),
    }
    assert any("没有人可办" in each for each in office.exceptions())
    office.run("2026-11-04 09:00")
    late = {row["建档客户"]: row["时限提醒"] for row in office.master(SHEET)}
    assert late == {"惠民超市": "逾期 1 天", "新星副食": "逾期 1 天"}
    office.run("2026-11-06 09:00")
    back = {row["建档客户"]: (row["当前办理人"], row["应办结日"], row["时限提醒"]) for row in office.master(SHEET)}
    assert back["惠民超市"] == ("赵敏", "2026-11-03", "逾期 3 天")
