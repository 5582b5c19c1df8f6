"""拜访月报: who reports which month by when, with the counts of the visit logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_visiting import visit
from tests.tools.office import Office

PEOPLE = [("K01", "王建国", "客户经理"), ("K02", "李秀英", "客户经理"), ("BF01", "郑主任", "办公室主任")]
SAID = {
    "market_news": "竞品降价",
    "customers_said": "希望早送货",
    "visit_outcome": "好",
    "visit_reported_on": "2026-11-02",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["visiting", "visit_reports"], PEOPLE)
    office.drop("visit_customer_list", {"visit_customer": "惠民超市", "visit_class": "老客户", "visit_owner": "王建国"})
    office.drop(
        "visit_diary",
        visit("惠民超市", "2026-10-12 09:00", 1),
        visit("惠民超市", "2026-10-20 09:00", 1),
        visit("惠民超市", "2026-10-21 09:00", 1, visited_by="李秀英"),
        visit("惠民超市", "2026-11-02 08:00", 1),
    )
    office.run("2026-11-02 09:00")
    return office


def test_each_manager_sums_up_the_last_month_and_the_head_reports_all_of_it(office: Office) -> None:
    """Of October 王建国 has two visits, 李秀英 one, the office three; 3 November is the second working day."""
    told = {
        row["拜访月报编号"]: (row["月报名称"], row["当月拜访次数"], row["月报期限"], row["当前办理人"])
        for row in office.master("拜访月报")
    }
    assert told == {
        "HB2026-10-K01": ("月度信息汇总", 2, "2026-11-03", "王建国"),
        "HB2026-10-K02": ("月度信息汇总", 1, "2026-11-03", "李秀英"),
        "BG2026-10-BF01": ("每月巡访情况报告", 3, "2026-11-04", "郑主任"),
    }
    office.answer("K01", {"HB2026-10-K01": SAID | {"visit_reported_by": "王建国"}})
    office.run("2026-11-04 09:00")
    assert office.record("拜访月报", "HB2026-10-K01")["当前状态"] == "已汇报"
    assert office.record("拜访月报", "HB2026-10-K02")["时限提醒"] == "逾期 1 天"


def test_a_day_of_the_month_that_is_reported_already_may_still_come_in(office: Office) -> None:
    office.drop("visit_diary", visit("惠民超市", "2026-10-30 09:00", 1))
    office.run("2026-11-02 10:00")
    assert office.record("拜访月报", "HB2026-10-K01")["当月拜访次数"] == 3


def test_an_office_that_logs_no_visits_is_asked_for_no_report(tmp_path: Path) -> None:
    office = Office(tmp_path, ["visiting", "visit_reports"], PEOPLE)
    office.run("2026-11-02 09:00")
    assert not office.has_worklist("K01") and not office.has_worklist("BF01")


def test_the_first_month_asked_for_is_that_of_the_first_visit(tmp_path: Path) -> None:
    """The office begins on 2 November: October, due on the 3rd and the 4th, is asked of nobody; November is, from the 26th on."""
    office = Office(tmp_path, ["visiting", "visit_reports"], PEOPLE)
    office.drop("visit_customer_list", {"visit_customer": "惠民超市", "visit_class": "老客户", "visit_owner": "王建国"})
    office.run("2026-11-02 09:00")
    office.drop("visit_diary", visit("惠民超市", "2026-11-02 14:00", 1))
    for day in ("02 17:00", "03 09:00", "25 09:00"):
        office.run(f"2026-11-{day}")
        assert "拜访月报" not in office.pages() or office.master("拜访月报") == []
    office.run("2026-11-26 09:00")
    assert sorted(row["拜访月报编号"] for row in office.master("拜访月报")) == ["HB2026-11-K01", "HB2026-11-K02"]
    office.run("2026-12-01 09:00")
    assert office.record("拜访月报", "BG2026-11-BF01")["月报期限"] == "2026-12-03"


def test_a_month_is_summed_up_on_its_last_days(office: Office) -> None:
    """30 November is a Monday: five days before December the summary is asked for; the report upwards in December."""
    office.run("2026-11-25 09:00")
    assert not any(str(row["拜访月报编号"]).startswith("HB2026-11") for row in office.master("拜访月报"))
    office.run("2026-11-26 09:00")
    assert office.record("拜访月报", "HB2026-11-K01")["月报期限"] == "2026-12-02"
    done = SAID | {"visit_report_no": "HB2026-11-K01", "visit_reported_on": "2026-11-30", "visit_reported_by": "王建国"}
    office.drop("visit_report", done)
    office.run("2026-11-30 17:00")
    record = office.record("拜访月报", "HB2026-11-K01")
    assert (record["当前状态"], record["月报按时提交"]) == ("已汇报", "是")
    assert not any(row["拜访月报编号"] == "BG2026-11-BF01" for row in office.master("拜访月报"))
    office.run("2026-12-01 09:00")
    assert office.record("拜访月报", "HB2026-11-K01")["当前状态"] == "已汇报"
    assert office.record("拜访月报", "BG2026-11-BF01")["月报期限"] == "2026-12-03"


def test_a_cell_that_only_says_none_is_told_so_with_what_to_write(office: Office) -> None:
    """In a month without news a clerk writes 无, in two cells of his row: he reads that the word is no answer, and what is."""
    none = SAID | {"market_news": "无", "customers_said": "无", "visit_reported_by": "王建国"}
    office.answer("K01", {"HB2026-10-K01": none})
    office.run("2026-11-02 10:00")
    told = {row["问题"]: row["怎样改"] for row in office.open_exceptions() if "没有填写" in row["问题"]}
    assert told == {
        f"{label}没有填写（只写了“无”）": f"补填{label}；确实没有的，写一句话，如“本次没有”"
        for label in ("市场行情及竞争动向", "客户意见及建议")
    }
    said = SAID | {"market_news": "本月没有", "customers_said": "本月没有", "visit_reported_by": "王建国"}
    office.answer("K01", {"HB2026-10-K01": said})
    office.run("2026-11-02 11:00")
    assert office.record("拜访月报", "HB2026-10-K01")["当前状态"] == "已汇报"
    assert not any("没有填写" in each for each in office.exceptions())


def test_a_row_that_is_blank_in_part_and_says_none_elsewhere_is_told_of_each(office: Office) -> None:
    office.answer("K01", {"HB2026-10-K01": {"market_news": "无", "visit_outcome": "好"}})
    office.run("2026-11-02 10:00")
    told = set(office.exceptions())
    assert "市场行情及竞争动向没有填写（只写了“无”）" in told
    assert "这一行只填了一部分，还缺：客户意见及建议、月报提交日期；本行未采用" in told


def test_visits_that_come_in_after_the_report_are_told_to_who_wrote_it_and_to_the_head(office: Office) -> None:
    """王建国's two visits of October are reported on 2 November, a third one is logged on the 3rd; the head, who reports all on the
    4th, has it in his four. In December it is over.
    """
    office.answer("K01", {"HB2026-10-K01": SAID | {"visit_reported_by": "王建国"}})
    office.run("2026-11-02 10:00")
    office.drop("visit_diary", visit("惠民超市", "2026-10-30 09:00", 1))
    office.run("2026-11-03 09:00")
    told = "王建国 2026-10 的“月度信息汇总”交来以后，又登记了 1 次当月的拜访（原据 2 次）"
    assert sorted(row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told) == ["王建国", "郑主任"]
    record = office.record("拜访月报", "HB2026-10-K01")
    assert (record["当月拜访次数"], record["月报所据次数"]) == (3, 2)
    office.run("2026-11-04 09:00")
    upwards = SAID | {"visit_reported_on": "2026-11-04", "visit_reported_by": "郑主任"}
    office.answer("BF01", {"BG2026-10-BF01": upwards})
    office.run("2026-11-04 17:00")
    assert office.record("拜访月报", "BG2026-10-BF01")["月报所据次数"] == 4
    assert not any("每月巡访情况报告" in each for each in office.exceptions())
    office.drop("visit_diary", visit("惠民超市", "2026-10-30 14:00", 1, visited_by="李秀英"))
    office.run("2026-11-05 09:00")
    upwards_told = "郑主任 2026-10 的“每月巡访情况报告”交来以后，又登记了 1 次当月的拜访（原据 4 次）"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == upwards_told] == ["郑主任"]
    office.run("2026-12-01 09:00")
    assert not {told, upwards_told} & set(office.exceptions())


def test_a_summary_is_read_by_the_head_and_his_report_by_the_general_manager(tmp_path: Path) -> None:
    """004 客户管理流程 3.2.3: the summary goes to the head; 003 公司客户服务管理办法 第十条: his report goes up. Each once, to nobody else."""
    office = Office(tmp_path, ["visiting", "visit_reports"], [*PEOPLE, ("GM1", "高总", "总经理")])
    office.drop("visit_customer_list", {"visit_customer": "惠民超市", "visit_class": "老客户", "visit_owner": "王建国"})
    office.drop("visit_diary", visit("惠民超市", "2026-10-12 09:00", 1))
    office.run("2026-11-02 09:00")
    office.answer("K01", {"HB2026-10-K01": SAID | {"visit_reported_by": "王建国"}})
    office.answer("BF01", {"BG2026-10-BF01": SAID | {"visit_reported_by": "郑主任", "customers_said": "要周五送"}})
    office.run("2026-11-02 10:00")
    office.run("2026-11-03 09:00")
    summary = (
        "拜访月报 HB2026-10-K01 月度信息汇总：汇报责任人 王建国，汇报月份 2026-10，当月拜访次数 1，市场行情及竞争动向 竞品降价，"
        "客户意见及建议 希望早送货，巡访效果 好"
    )
    report = "拜访月报 BG2026-10-BF01 每月巡访情况报告：汇报责任人 郑主任，"
    told = {number: "\n".join(office.mails(number)) for number in ("K01", "BF01", "GM1")}
    assert [told[each].count(summary) for each in told] == [0, 1, 0]
    assert [told[each].count(report) for each in told] == [0, 0, 1]
    assert office.record("拜访月报", "BG2026-10-BF01")["月报上报给"] == "高总"
    assert office.record("拜访月报", "HB2026-10-K01")["月报上报给"] is None
