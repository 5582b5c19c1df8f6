"""Whole runs of an office whose customers change: values, pauses, ends, renewed licences, new owners."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.commands.status import status
from pipeline.settings import Settings
from schemas.language import Layout
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import DAY, KEY, PASSED, SHOP, VISIT, customers, drop, new_office, shops, told
from tests.tools.office import Office


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office with its roster and one registered shop that waits to be verified, due on 2026-11-06."""
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    run(found, today=DAY)
    drop(found, shops({**SHOP, "resident_id": "131123198003120013"}))
    run(found, today=DAY)
    return found


def archived(settings: Settings) -> None:
    drop(settings, Filled("核实.xlsx", "verification", (VISIT,)))
    drop(settings, Filled("审核.xlsx", "review_sheet", (PASSED,)))
    assert run(settings, today=DAY).rows.accepted == 2


def changes(*rows: tuple[str, str, Any, str], key: str = KEY, name: str = "变更.xlsx") -> Filled:
    """Rows of 变更类型, 变更项目, 变更后内容, 生效日期."""
    records: list[Cells] = []
    for kind, item, value, day in rows:
        cells: dict[str, Any] = {"licence_no": key, "change_kind": kind, "effective_on": day, "handled_by": "李敏"}
        cells |= {"change_item": item, "changed_to": value} if item else {}
        records.append(cells)
    return Filled(name, "change_sheet", tuple(records))


def hand_in(settings: Settings, day: str, *rows: tuple[str, str, Any, str], key: str = KEY) -> Any:
    drop(settings, changes(*rows, key=key, name=f"变更{day}.xlsx"))
    return run(settings, today=date.fromisoformat(day))


def to_verify(settings: Settings) -> bool:
    """Whether the account manager's worklist asks for a visit."""
    path = settings.outbox / "worklists" / "K02-李秀英.xlsx"
    return path.exists() and "核实" in openpyxl.load_workbook(path).sheetnames


def shop(settings: Settings, key: str = KEY) -> dict[str, Any]:
    return customers(settings)[key]


def test_a_change_goes_into_the_master_and_the_history_tells_its_cell(settings: Settings) -> None:
    summary = hand_in(
        settings,
        "2026-11-04",
        ("变更", "联系电话", "139 3282 9999", "2026-11-04"),
        ("变更", "业态", "便利店", "2026-11-04"),
    )

    assert (summary.rows.accepted, told(settings)) == (2, [])
    assert (shop(settings)["联系电话"], shop(settings)["零售业态"]) == ("13932829999", "便利店")
    assert shop(settings)["当前状态"] == "待核实"
    (_, line) = history(settings, KEY, field="联系电话")
    assert (line.before, line.after, line.actor) == ("13932820018", "13932829999", "李敏")
    assert line.place.startswith("变更2026-11-04.xlsx!信息变更表!")


def test_a_wrong_new_value_is_told_at_its_cell_as_on_the_registration_and_mended_by_a_right_one(
    settings: Settings,
) -> None:
    summary = hand_in(settings, "2026-11-04", ("变更", "联系电话", "1393", "2026-11-04"))

    assert summary.rows.rejected == 1
    ((cell, sentence),) = told(settings)
    assert (cell[0], sentence) == ("E", "联系电话“1393”不是完整的电话号码")
    assert shop(settings)["联系电话"] == "13932820018"

    hand_in(settings, "2026-11-05", ("变更", "联系电话", "13932829999", "2026-11-04"))
    assert told(settings) == []


def test_a_change_that_is_right_by_itself_may_be_wrong_beside_what_is_known(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("变更", "有效期起", "2024-03-05", "2026-11-04"))

    summary = hand_in(
        settings,
        "2026-11-05",
        ("变更", "有效期止", "2033-03-04", "2026-11-05"),
        ("变更", "联系电话", "13932829999", "2026-11-05"),
    )

    assert (summary.rows.rejected, summary.rows.accepted) == (1, 1)
    ((cell, sentence),) = told(settings)
    assert (cell, "有效期" in sentence, "5 年" in sentence or "五年" in sentence) == ("E6", True, True)

    # both ends move, on rows of their own
    summary = hand_in(
        settings,
        "2026-11-06",
        ("变更", "有效期止", "2033-03-04", "2026-11-06"),
        ("变更", "有效期起", "2028-03-05", "2026-11-06"),
    )
    assert (summary.rows.accepted, told(settings)) == (2, [])


def test_a_change_of_one_field_leaves_what_is_wrong_with_another_open(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("变更", "负责人\n联系电话", "李四\n1393", "2026-11-04"))
    hand_in(settings, "2026-11-05", ("变更", "负责人", "李四", "2026-11-05"))

    assert [sentence for _, sentence in told(settings)] == ["联系电话“1393”不是完整的电话号码"]


def test_the_growing_sheet_dropped_again_does_not_bring_back_what_changed_since(settings: Settings) -> None:
    first = ("变更", "联系电话", "13932821111", "2026-11-04")
    hand_in(settings, "2026-11-04", first)
    hand_in(settings, "2026-11-05", ("变更", "联系电话", "13932822222", "2026-11-05"))

    summary = hand_in(settings, "2026-11-06", first, ("变更", "负责人", "李四", "2026-11-06"))

    assert (summary.rows.unchanged, summary.rows.accepted) == (1, 1)
    assert (shop(settings)["联系电话"], shop(settings)["负责人"]) == ("13932822222", "李四")


def test_a_reason_written_in_later_is_no_new_change(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("停业", "", "", "2026-11-04"))
    (row,) = changes(("停业", "", "", "2026-11-04")).records
    drop(settings, Filled("补原因.xlsx", "change_sheet", ({**row, "change_reason": "装修"},)))

    assert run(settings, today=date(2026, 11, 5)).rows.unchanged == 1
    assert told(settings) == []


def test_two_rows_that_change_one_field_of_one_day_to_different_values_both_wait(settings: Settings) -> None:
    summary = hand_in(
        settings,
        "2026-11-04",
        ("变更", "联系电话", "13932821111", "2026-11-04"),
        ("变更", "联系电话", "13932822222", "2026-11-04"),
        ("变更", "负责人", "李四", "2026-11-04"),
    )

    assert (summary.rows.rejected, summary.rows.accepted) == (2, 1)
    assert shop(settings)["联系电话"] == "13932820018"


def test_a_pause_stops_the_clock_and_going_on_keeps_the_working_days_that_were_left(settings: Settings) -> None:
    assert str(shop(settings)["应办结日"])[:10] == "2026-11-06"
    # paused on Wednesday the 4th with two working days left
    hand_in(settings, "2026-11-04", ("停业", "", "", "2026-11-04"))

    paused = shop(settings)
    assert (paused["当前状态"], paused["应办结日"], paused["当前办理人"]) == ("停业", None, None)
    assert not to_verify(settings)
    assert sum(each.overdue for each in status(settings, today=date(2026, 12, 24)).registers) == 0

    # goes on on Friday the 20th: Monday and Tuesday are left
    hand_in(settings, "2026-11-20", ("恢复营业", "", "", "2026-11-20"))
    resumed = shop(settings)
    assert (resumed["当前状态"], resumed["当前办理人"]) == ("待核实", "李秀英")
    assert str(resumed["应办结日"])[:10] == "2026-11-24"
    assert to_verify(settings)


def test_what_cannot_be_done_where_a_customer_stands_is_refused_in_words(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("恢复营业", "", "", "2026-11-04"))
    assert [sentence for _, sentence in told(settings)] == ["“惠民超市”现为“待核实”，不能办理“恢复营业”"]

    hand_in(settings, "2026-11-05", ("停业", "", "", "2026-11-05"))
    assert [sentence for _, sentence in told(settings)] == [
        "“惠民超市”现为“待核实”，不能办理“恢复营业”"
    ]  # not mended by it
    drop(settings, Filled("核实.xlsx", "verification", (VISIT,)))
    run(settings, today=date(2026, 11, 6))
    assert "“惠民超市”现为“停业”，不能办理“核实”" in [sentence for _, sentence in told(settings)]


def test_an_archived_customer_is_changed_paused_and_goes_back_to_the_archive_with_its_number(
    settings: Settings,
) -> None:
    archived(settings)
    hand_in(settings, "2026-11-04", ("变更", "客户档位", 5, "2026-11-04"), ("停业", "", "", "2026-11-04"))
    assert (shop(settings)["当前状态"], shop(settings)["客户档位"]) == ("停业", 5)

    hand_in(settings, "2026-11-05", ("恢复营业", "", "", "2026-11-05"))
    assert (shop(settings)["当前状态"], shop(settings)["档案号"]) == ("已归档", "2026-0001")


def test_a_cancelled_customer_keeps_its_history_and_takes_no_more(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("注销", "", "", "2026-11-04"))

    assert (shop(settings)["当前状态"], shop(settings)["当前办理人"]) == ("已注销", None)
    assert history(settings, KEY, field="联系电话")[0].after == "13932820018"

    hand_in(settings, "2026-11-05", ("变更", "联系电话", "13932829999", "2026-11-05"))
    drop(settings, shops({**SHOP, "contact_phone": "13932829998"}, name="迟来的.xlsx"))
    assert run(settings, today=date(2026, 11, 5)).rows.rejected == 1
    assert sorted(sentence for _, sentence in told(settings)) == [
        "“惠民超市”已是“已注销”，不能再改",
        "“惠民超市”现为“已注销”，不能办理“变更”",
    ]
    assert shop(settings)["联系电话"] == "13932820018"


def test_a_change_of_a_later_day_waits_for_it(settings: Settings) -> None:
    summary = hand_in(settings, "2026-11-04", ("变更", "联系电话", "13932829999", "2026-11-10"))
    assert (summary.rows.accepted, told(settings)) == (1, [])
    assert shop(settings)["联系电话"] == "13932820018"

    run(settings, today=date(2026, 11, 9))
    assert shop(settings)["联系电话"] == "13932820018"

    # no run on the 10th: the next one brings it in force
    summary = run(settings, today=date(2026, 11, 12))
    assert (summary.rows.read, shop(settings)["联系电话"]) == (0, "13932829999")
    assert history(settings, KEY, field="联系电话")[1].place.startswith("变更2026-11-04.xlsx!信息变更表!")

    run(settings, today=date(2026, 11, 13))
    assert len(history(settings, KEY, field="联系电话")) == 2


def test_a_pause_and_its_end_may_both_be_announced(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("停业", "", "", "2026-11-05"), ("恢复营业", "", "", "2026-11-12"))
    assert shop(settings)["当前状态"] == "待核实"

    run(settings, today=date(2026, 11, 5))
    assert shop(settings)["当前状态"] == "停业"

    run(settings, today=date(2026, 11, 12))
    assert (shop(settings)["当前状态"], str(shop(settings)["应办结日"])[:10]) == ("待核实", "2026-11-13")


def test_an_announced_change_that_is_handed_in_again_waits_once(settings: Settings) -> None:
    row = ("变更", "联系电话", "13932829999", "2026-11-10")
    hand_in(settings, "2026-11-04", row)

    assert hand_in(settings, "2026-11-05", row, ("变更", "负责人", "李四", "2026-11-05")).rows.unchanged == 1
    run(settings, today=date(2026, 11, 10))
    assert len(history(settings, KEY, field="联系电话")) == 2


def test_what_was_announced_and_cannot_be_done_on_its_day_is_told_then(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("变更", "联系电话", "13932829999", "2026-11-10"))
    hand_in(settings, "2026-11-05", ("注销", "", "", "2026-11-05"))

    run(settings, today=date(2026, 11, 10))

    assert [sentence for _, sentence in told(settings)] == ["“惠民超市”现为“已注销”，不能办理“变更”"]
    assert shop(settings)["联系电话"] == "13932820018"


RENEWED: Cells = {
    **SHOP,
    "licence_no": "131123100115",
    "resident_id": "131123198003120013",
    "customer_name": "武强烟酒行",
    "shop_address": "周窝镇周窝村12号",
    "valid_until": "2033-12-31",
}


def test_a_new_licence_of_the_same_shop_is_linked_to_the_one_that_ends(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("变更", "有效期止", "2027-01-15", "2026-11-04"))
    drop(settings, shops(RENEWED, name="换证.xlsx"))

    run(settings, today=date(2026, 11, 5))

    new, old = shop(settings, "131123100115"), shop(settings)
    assert (new["上一许可证号"], new["当前状态"]) == (KEY, "待核实")
    assert (old["换证后许可证号"], old["当前状态"], old["当前办理人"]) == ("131123100115", "已换证", None)
    assert told(settings) == [
        ("B6", "“武强烟酒行”认作 131123100018 换的新证（身份证号、经营地址相符），两户已关联，旧户转为“已换证”")
    ]
    lines = {(line.label, line.after) for line in history(settings, KEY)}
    assert ("换证后许可证号", "131123100115") in lines


@pytest.mark.parametrize(
    ("why", "cells", "until"),
    [
        ("the licence runs for years yet, at another place", {"shop_address": "周窝镇周窝村13号"}, "2029-03-04"),
        ("another person", {"resident_id": "13112319751120012X"}, "2027-01-15"),
        ("another house", {"shop_address": "周窝镇周窝村13号", "customer_name": "福来烟酒"}, "2027-01-15"),
    ],
)
def test_a_new_licence_is_no_renewal_without_its_signs(settings: Settings, why: str, cells: Cells, until: str) -> None:
    hand_in(settings, "2026-11-04", ("变更", "有效期止", until, "2026-11-04"))
    drop(settings, shops({**RENEWED, **cells}, name="新证.xlsx"))

    run(settings, today=date(2026, 11, 5))

    assert (shop(settings, "131123100115")["上一许可证号"], shop(settings)["当前状态"]) == (None, "待核实"), why


def test_a_cancelled_shop_that_is_licensed_anew_is_linked(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("注销", "", "", "2026-11-04"))
    drop(settings, shops(RENEWED, name="新证.xlsx"))

    run(settings, today=date(2026, 11, 5))

    assert shop(settings, "131123100115")["上一许可证号"] == KEY


def test_a_new_owner_of_a_known_licence_is_taken_and_shown_to_the_manager(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "principal": "钱桂兰", "resident_id": "131123198807051236"}, name="转让.xlsx"))

    summary = run(settings, today=date(2026, 11, 5))

    assert (summary.rows.accepted, summary.findings.warning) == (1, 1)
    assert (shop(settings)["负责人"], str(shop(settings)["转让日期"])[:10]) == ("钱桂兰", "2026-11-05")
    assert [sentence for _, sentence in told(settings)] == ["“惠民超市”换了经营人：张三喜 → 钱桂兰，已按“转让日期”记录"]
    assert (settings.outbox / "exceptions" / "S01-赵敏.xlsx").exists()
    run(settings, today=date(2026, 12, 5))
    assert told(settings) == []


def test_a_corrected_name_alone_is_no_transfer(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "principal": "张三"}, name="更正.xlsx"))

    run(settings, today=date(2026, 11, 5))

    assert (shop(settings)["负责人"], shop(settings)["转让日期"], told(settings)) == ("张三", None, [])


def page(settings: Settings, title: str, key: str) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(settings.outbox / "master.xlsx")[title]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if key in row)
    return [dict(zip(map(str, rows[header]), row, strict=True)) for row in rows[header + 1 :] if any(row)]


def test_the_master_lists_what_is_to_come_until_it_has_come(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("变更", "业态", "便利店", "2026-11-10"), ("停业", "", "", "2026-11-20"))

    trade, pause = page(settings, "待生效变更", "生效日")
    assert (str(trade["生效日"])[:10], trade["栏目"], trade["现值"], trade["新值"]) == (
        "2026-11-10",
        "零售业态",
        None,
        "便利店",
    )
    assert trade["来源出处"].startswith("变更2026-11-04.xlsx!信息变更表!E")
    assert (str(pause["生效日"])[:10], pause["新值"]) == ("2026-11-20", "停业")

    run(settings, today=date(2026, 11, 20))
    assert "待生效变更" not in openpyxl.load_workbook(settings.outbox / "master.xlsx").sheetnames


def test_the_page_of_changes_tells_values_that_were_filled_and_what_became_of_the_shop(settings: Settings) -> None:
    hand_in(settings, "2026-11-04", ("变更", "业态", "便利店", "2026-11-04"), ("停业", "", "", "2026-11-04"))

    told_changes = [(row["栏目"], row["原值"], row["新值"]) for row in page(settings, "近 90 天变更", "栏目")]

    assert told_changes == [("变更类型", None, "停业"), ("零售业态", None, "便利店")]


def test_the_history_tells_what_was_announced_why_and_by_whom(settings: Settings) -> None:
    drop(
        settings,
        Filled(
            "停.xlsx",
            "change_sheet",
            (
                {
                    "licence_no": KEY,
                    "change_kind": "停业",
                    "effective_on": "2026-11-04",
                    "change_reason": "装修",
                    "handled_by": "李敏",
                },
            ),
        ),
    )
    run(settings, today=date(2026, 11, 4))

    lines = [(line.label, line.after) for line in history(settings, KEY) if line.place.startswith("停.xlsx")]
    assert {("变更类型", "停业"), ("生效日期", "2026-11-04"), ("原因", "装修"), ("经办人", "李敏")} <= set(lines)


def test_the_office_s_own_sheets_of_changes_are_read_as_lists_and_as_cards(settings: Settings) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["武强县零售户信息变更登记表"],
        ["序号", "许可证号", "客户名称", "变更类别", "变更事项", "变更前", "变更为", "生效日期", "变更原因", "经手人"],
        [1, int(KEY), "惠民超市", "变更", "联系电话", "13932820018", 13932829999, "2026.11.3", "换号", "李敏"],
        [2, int(KEY), "惠民超市", "变更", "经营地址", None, "武强县周窝镇周窝村15号", "2026.11.3", "搬家", "同上"],
        ["合计", 2],
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(settings.inbox / "变更登记.xlsx")
    card = openpyxl.Workbook()
    for row in (
        ["信息变更表"],
        ["许可证号", KEY, "企业名称", "惠民超市"],
        ["变更类型", "变更", "生效日期", "2026-11-04"],
        ["变更项目", "负责人", "变更后内容", "李四"],
        ["原因", "换人", "经办人", "李敏"],
    ):
        card.active.append(row)  # type: ignore[union-attr]
    card.save(settings.inbox / "变更卡.xlsx")

    summary = run(settings, today=date(2026, 11, 4))

    assert (summary.rows.accepted, summary.rows.rejected) == (3, 0)
    held = shop(settings)
    assert (held["联系电话"], held["经营地址"], held["负责人"]) == ("13932829999", "武强县周窝镇周窝村15号", "李四")
    assert "变更前" not in str(held.values())


def test_the_blank_card_of_a_change_is_filled_and_read(settings: Settings) -> None:
    (cells,) = changes(("变更", "联系电话", "13932828888", "2026-11-04")).records
    drop(settings, Filled("卡.xlsx", "change_sheet", (cells,), Layout.CARD))

    assert run(settings, today=date(2026, 11, 4)).rows.accepted == 1
    assert shop(settings)["联系电话"] == "13932828888"


def test_what_somebody_unnamed_has_written_in_the_master_is_not_replaced_in_silence(tmp_path: Path) -> None:
    office = Office(
        tmp_path,
        ["new_customer"],
        [("A01", "李敏", "系统管理员"), ("K01", "王建国", "客户经理"), ("S01", "赵敏", "市场经理")],
    )
    office.drop("area_list", *AREAS.records)
    office.drop("registration", {**SHOP, "filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    office.edit_master("客户", KEY, {"联系电话": "13932827777"})
    office.run("2026-11-03 09:00")
    office.drop(
        "change_sheet",
        {
            "licence_no": KEY,
            "change_kind": "信息变更",
            "change_item": "联系电话",
            "changed_to": "13932826666",
            "effective_on": "2026-11-04",
            "change_reason": "换号",
            "handled_by": "李敏",
        },
    )
    office.run("2026-11-04 09:00")
    assert customers(office.settings)[KEY]["联系电话"] == "13932826666"
    told = "2026-11-03 填的联系电话“13****77”（没有写明是谁填的），李敏 2026-11-04 改为“13****66”"
    assert [told in text for text in office.mails("S01")][-1:] == [True]


def test_a_reminder_of_a_round_that_was_sent_back_is_over(tmp_path: Path) -> None:
    people = [
        ("K01", "王建国", "客户经理"),
        ("K02", "李秀英", "客户经理"),
        ("K03", "刘洋", "客户经理"),
        ("S01", "赵敏", "市场经理"),
    ]
    office = Office(tmp_path, ["new_customer"], people)
    office.drop("area_list", *AREAS.records)
    office.drop("registration", SHOP)
    office.run("2026-11-02 09:00")
    office.drop("verification", {**VISIT, "verified_by": "路人", "verified_on": "2026-11-03"})
    office.run("2026-11-03 09:00")
    (said,) = office.exceptions()  # nobody else made the paper: to whose it was it is told once
    assert said.endswith("办理，表上填的是“路人”")
    back = {"conclusion": "退回", "opinion": "请补拍门头照片", "reviewed_on": "2026-11-04", "reviewed_by": "赵敏"}
    office.answer("S01", {KEY: back})
    office.run("2026-11-04 09:00")
    assert customers(office.settings)[KEY]["当前状态"] == "待核实"
    assert office.exceptions() == []


@pytest.mark.parametrize("kind", ["变更", "停业", "注销"])
def test_a_change_before_the_customer_was_registered_is_sent_back(settings: Settings, kind: str) -> None:
    """Registered on 2 November 2026; 2025 is a slip of the pen."""
    drop(settings, shops({**SHOP, "resident_id": "131123198003120013", "registered_on": "2026-11-02"}))
    run(settings, today=DAY)
    item = ("联系电话", "13932829999") if kind == "变更" else ("", "")
    summary = hand_in(settings, "2026-11-04", (kind, *item, "2025-11-03"))
    assert summary.rows.rejected == 1
    assert "生效日期“2025-11-03”早于登记日期“2026-11-02”，先后不对" in [sentence for _, sentence in told(settings)]
    assert (shop(settings)["当前状态"], shop(settings)["联系电话"]) == ("待核实", "13932820018")
    assert hand_in(settings, "2026-11-05", (kind, *item, "2026-11-02")).rows.accepted == 1
