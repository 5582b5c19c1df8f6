"""What one sheet or one run did is taken back, unless later sheets build on it, and the history tells of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.commands.undo import CannotUndoError, plan, undo
from pipeline.outside.ledger import open_ledger
from pipeline.settings import Settings, load_settings

DAY = date(2026, 11, 2)
LABELS = ("许可证号", "客户名称", "负责人", "联系电话", "经营地址", "市场类型", "零售业态", "有效期止")


class Desk:
    """An office in a folder, one run a day."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = load_settings({}, environ={}, folder=folder).settings.model_copy(
            update={"settle_seconds": 0}
        )
        self.settings.inbox.mkdir(parents=True)
        self.day = DAY
        self.drop(
            "辖区表.xlsx",
            ("区域代码", "区域名称", "客户经理工号", "市场经理工号"),
            ("131123102", "周窝镇", "K01", "S01"),
        )
        self.drop("人员表.xlsx", ("工号", "姓名", "角色"), ("K01", "王建国", "客户经理"), ("S01", "赵敏", "市场经理"))
        self.run()

    def drop(self, name: str, *rows: tuple[str, ...]) -> None:
        book = openpyxl.Workbook()
        book.properties.identifier = name  # else two sheets alike of one second are one file, of which nothing is said
        for row in rows:
            book.worksheets[0].append(row)
        book.save(self.settings.inbox / name)

    def register(self, name: str, *shops: tuple[int, str]) -> int:
        """Drop a registration of *shops*, each a number and a name, run, and return the run's number."""
        rows = [
            (f"131123{number:06}", title, "张三喜", f"139{number:08}", "周窝镇", "乡村", "超市", "2029-03-04")
            for number, title in shops
        ]
        self.drop(name, LABELS, *rows)
        return self.run()

    def run(self) -> int:
        self.day += timedelta(days=1)
        return run(self.settings, today=self.day).run

    def undo(self, what: str) -> None:
        undo(self.settings, what, today=self.day)

    def held(self) -> dict[str, dict[str, Any]]:
        """All records of all registers, without what counts runs and days."""
        with open_ledger(self.settings.ledger).transaction() as uow:
            return {
                f"{register}/{key}": {
                    "values": dict(entry.values), "state": entry.state, "owner": entry.owner, "area": entry.area,
                    "source": str(entry.source), "notes": dict(entry.notes),
                }
                for register in ("staff", "areas", "customers")
                for key, entry in uow.records.get(register).items()
            }  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def master(desk: Desk) -> dict[str, str]:
    sheet = openpyxl.load_workbook(desk.settings.outbox / "master.xlsx")["客户"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("131123")]
    return {str(row[0]): str(row[1]) for row in rows}


def test_the_records_that_a_sheet_opened_go_and_those_it_changed_are_as_before(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"))
    desk.register("乙.xlsx", (100018, "便民超市"), (100026, "平安超市"))
    desk.undo("乙.xlsx")

    assert master(desk) == {"131123100018": "惠民超市"}


def test_a_sheet_that_later_ones_build_on_stays_and_the_message_names_the_later_one(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"))
    later = desk.register("乙.xlsx", (100018, "便民超市"))

    with pytest.raises(CannotUndoError) as stopped:
        desk.undo("甲.xlsx")

    assert "乙.xlsx" in stopped.value.to("zh") and f"第 {later} 批" in stopped.value.to("zh")
    assert master(desk) == {"131123100018": "便民超市"}


def test_a_later_sheet_that_said_the_same_builds_on_it_too(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"))
    desk.register("乙.xlsx", (100018, "惠民超市"), (100026, "平安超市"))

    with pytest.raises(CannotUndoError, match=r"乙\.xlsx"):
        desk.undo("甲.xlsx")


def test_once_the_later_one_is_taken_back_the_earlier_one_can_be(desk: Desk) -> None:
    before = desk.held()
    desk.register("甲.xlsx", (100018, "惠民超市"))
    desk.register("乙.xlsx", (100018, "便民超市"))
    desk.undo("乙.xlsx")
    desk.undo("甲.xlsx")

    assert desk.held() == before


def test_people_and_areas_by_which_work_was_given_out_stay(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"))

    with pytest.raises(CannotUndoError, match="assigned by its people and areas"):
        desk.undo("1")


def test_a_sheet_taken_back_can_be_dropped_again(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"))
    desk.undo("甲.xlsx")
    (sheet,) = (desk.settings.outbox / "archive").rglob("甲*.xlsx")
    (desk.settings.inbox / "甲.xlsx").write_bytes(sheet.read_bytes())
    desk.run()

    assert master(desk) == {"131123100018": "惠民超市"}


def test_what_was_told_of_the_sheet_is_told_no_more_and_what_it_had_mended_is_told_again(desk: Desk) -> None:
    desk.drop("甲.xlsx", LABELS, ("131123100018", "惠民超市", "张三喜", "12", "周窝镇", "乡村", "超市", "2029-03-04"))
    desk.run()
    mended = desk.register("甲.xlsx", (100018, "惠民超市"))

    def open_rules() -> list[str]:
        with open_ledger(desk.settings.ledger).transaction() as uow:
            return [each.finding.rule for each in uow.findings.open() if each.finding.severity == "error"]

    assert open_rules() == []
    desk.undo(str(mended))
    assert len(open_rules()) == 1
    desk.undo("甲.xlsx")
    assert open_rules() == []


def test_one_sheet_taken_back_opens_again_what_it_alone_had_mended(desk: Desk) -> None:
    wrong = ("张三喜", "12", "周窝镇", "乡村", "超市", "2029-03-04")
    desk.drop("甲.xlsx", LABELS, ("131123100018", "惠民超市", *wrong), ("131123100026", "平安超市", *wrong))
    desk.run()
    right = ("张三喜", "13900000012", *wrong[2:])
    desk.drop("乙.xlsx", LABELS, ("131123100018", "惠民超市", *right))
    desk.drop("丙.xlsx", LABELS, ("131123100026", "平安超市", *right))
    desk.run()
    desk.undo("乙.xlsx")

    with open_ledger(desk.settings.ledger).transaction() as uow:
        told = [(each.finding.file, each.finding.key) for each in uow.findings.open()]
    assert told == [("甲.xlsx", "131123100018")]


def test_the_history_tells_what_was_taken_back_and_by_which_run(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"))
    desk.register("乙.xlsx", (100018, "便民超市"))
    desk.undo("乙.xlsx")

    names = [(line.after, line.undone) for line in history(desk.settings, "131123100018", field="客户名称")]
    assert names == [("惠民超市", None), ("便民超市", 4)]


def test_the_registers_still_balance_afterwards(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"), (100026, "平安超市"))
    desk.undo("甲.xlsx")
    desk.run()

    with open_ledger(desk.settings.ledger).transaction() as uow:
        assert uow.events.count_openings("customers") == (2, 2)
        assert [each.finding.rule for each in uow.findings.open() if each.finding.rule == "balance.off"] == []


def test_asking_what_would_be_taken_back_changes_nothing(desk: Desk) -> None:
    desk.register("甲.xlsx", (100018, "惠民超市"), (100026, "平安超市"))
    before = desk.held()

    asked = plan(desk.settings, "甲.xlsx")

    assert (asked.records, [each.name for each in asked.submissions]) == (2, ["甲.xlsx"])
    assert desk.held() == before


@pytest.mark.parametrize("what", ["99", "没有这份.xlsx", "deadbeefdeadbeef"])
def test_what_is_not_known_is_said_to_be_unknown(desk: Desk, what: str) -> None:
    with pytest.raises(CannotUndoError):
        desk.undo(what)


RUNS = st.lists(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3)), min_size=1, max_size=3, unique_by=lambda shop: shop[0]),
    min_size=20,
    max_size=20,
)
NAMES = ("惠民超市", "便民超市", "平安超市", "万家超市")


@given(runs=RUNS, order=st.randoms(use_true_random=False))
@hypothesis_settings(
    max_examples=2, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
def test_twenty_runs_less_those_taken_back_are_as_if_these_had_never_been(
    runs: list[list[tuple[int, int]]], order: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In any order that is allowed. Running numbers are left out: a number once given is never given again."""
    desk = Desk(tmp_path_factory.mktemp("all"))
    numbers = [desk.register(f"{at}.xlsx", *named(shops)) for at, shops in enumerate(runs)]
    gone: set[int] = set()
    for at in order.sample(range(20), 20):
        try:
            desk.undo(str(numbers[at]))
        except CannotUndoError:
            continue
        gone.add(at)
    other = Desk(tmp_path_factory.mktemp("some"))
    for at, shops in enumerate(runs):
        if at not in gone:
            other.register(f"{at}.xlsx", *named(shops))

    assert gone
    assert desk.held() == other.held()


def named(shops: list[tuple[int, int]]) -> list[tuple[int, str]]:
    return [(100010 + number, NAMES[name]) for number, name in shops]


def test_a_sheet_in_a_sender_s_folder_is_named_as_its_mail_names_it(desk: Desk) -> None:
    (desk.settings.inbox / "赵兰").mkdir()
    desk.register("赵兰/不该交的名单.xlsx", (102_001, "错店"))
    assert [each.name for each in plan(desk.settings, "不该交的名单.xlsx").submissions] == ["赵兰/不该交的名单.xlsx"]
    undo(desk.settings, "不该交的名单.xlsx", today=desk.day)
    with pytest.raises(CannotUndoError):  # it is gone, by whatever name
        plan(desk.settings, "赵兰/不该交的名单.xlsx")


def test_of_two_sheets_of_one_name_both_are_told_with_what_tells_them_apart(desk: Desk) -> None:
    for sender, number in (("赵兰", 102_001), ("刘芳", 102_002)):
        (desk.settings.inbox / sender).mkdir()
        desk.register(f"{sender}/名单.xlsx", (number, "店"))
    with pytest.raises(CannotUndoError) as told:
        plan(desk.settings, "名单.xlsx")
    listed = told.value.message.zh
    assert "赵兰/名单.xlsx" in listed and "刘芳/名单.xlsx" in listed
    letters = listed.partition("刘芳/名单.xlsx ")[2][:12]
    assert [each.name for each in plan(desk.settings, letters).submissions] == ["刘芳/名单.xlsx"]
    assert [each.name for each in plan(desk.settings, "赵兰/名单.xlsx").submissions] == ["赵兰/名单.xlsx"]


def test_a_run_that_there_is_not_is_told_with_the_last_one(desk: Desk) -> None:
    desk.register("十一月新户.xlsx", (102_001, "店"))
    with pytest.raises(CannotUndoError) as told:
        plan(desk.settings, "99")
    last = int(told.value.message.zh.removeprefix("没有第 99 批，最近一批是第 ").removesuffix(" 批"))
    assert plan(desk.settings, str(last)).submissions
    with pytest.raises(CannotUndoError, match="there is no run 99"):
        plan(desk.settings, "099")


def test_a_name_that_is_not_known_is_told_with_those_near_it(desk: Desk) -> None:
    desk.register("十一月新户.xlsx", (102_001, "店"))
    with pytest.raises(CannotUndoError, match=r"near it: 十一月新户\.xlsx"):
        plan(desk.settings, "十一月新户 .xlsx")
