"""A drawn procedure handed in through the inbox: it is checked at once, and in force once a second person has approved."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.audit import audit_ledger
from pipeline.commands.history import history
from pipeline.commands.rebuild import rebuild
from pipeline.commands.undo import undo
from pipeline.outside.ledger import open_ledger
from tests.definitions.drawings import VEHICLES, drawn
from tests.tools.office import Office

PEOPLE = [
    ("A01", "管理", "系统管理员"),
    ("A02", "季主任", "市场经理"),
    ("C03", "王建国", "客户经理"),
]
NEXT = VEHICLES.replace("同意|待还车||1 天|", "同意|待还车||2 天|").replace("出车里程", "出发里程")
TRIP = {
    "car_user": "王建国",
    "car_plate": "冀TA1021",
    "trip_purpose": "送货",
    "trip_from": "2026-11-03 08:30",
    "trip_until": "2026-11-03 17:30",
}
PLACED = "流程定义-车辆使用.xlsx"


def by(name: str, text: str = VEHICLES) -> bytes:
    """The workbook of *text*, in which somebody says that he hands it in."""
    return drawn(text.replace("岗位|车辆管理员|", f"提交人|{name}\n岗位|车辆管理员|", 1))


def at_work(folder: Path, people: list[tuple[str, str, str]] = PEOPLE) -> Office:
    (folder / "procedures").mkdir()
    made = Office(folder, (), people, procedures_folder=str(folder / "procedures"))
    made.run("2026-11-02 08:00")
    return made


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return at_work(tmp_path)


def in_folder(office: Office) -> dict[str, bytes]:
    assert office.settings.procedures_folder
    return {path.name: path.read_bytes() for path in office.settings.procedures_folder.glob("*.xlsx")}


def answer(office: Office, key: str, opinion: str = "同意", why: str = "", name: str = "季主任") -> None:
    said = {"definition_opinion": opinion, "definition_answered_on": "2026-11-02", "definition_answered_by": name}
    office.answer("A02", {key: said | ({"definition_why": why} if why else {})})


def in_force(office: Office) -> Office:
    """The office with the cars' procedure approved, placed and in force."""
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    answer(office, "LC26001")
    office.run("2026-11-02 10:00")
    return office


def codes(office: Office) -> set[str]:
    return {each.code for each in office.catalogue.procedures}


def test_it_is_in_force_once_somebody_else_has_approved(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    assert in_folder(office) == {} and "vehicle_use" not in codes(office)
    (row,) = office.worklist("A02", "定义审批")
    assert (row["送审编号"], row["流程名称"], row["定义送审人"]) == ("LC26001", "车辆使用", "管理")
    assert row["改动内容"].split("；")[0] == "新的流程：车辆使用"
    assert "环节：用车申请、用车审批、还车登记" in row["改动内容"]

    answer(office, "LC26001")
    office.run("2026-11-02 10:00")
    assert in_folder(office) == {PLACED: by("管理")}
    assert office.record("流程定义", "LC26001")["当前状态"] == "已同意"
    assert any("由 季主任 同意" in text and "下一次运行启用" in text for text in office.mails("A01"))

    office.drop("trip_request", TRIP)
    office.run("2026-11-02 11:00")
    assert [row["用车单号"] for row in office.master("用车")] == ["YC2611001"]


def test_the_history_says_who_approved_of_which_bytes(office: Office) -> None:
    told = str(history(in_force(office).settings, "LC26001"))
    assert "季主任" in told and "管理" in told
    assert office.record("流程定义", "LC26001")["文件指纹"] in told


def test_one_with_mistakes_comes_back_marked_and_changes_nothing(office: Office) -> None:
    in_force(office)
    office.put(
        "用车二.xlsx",
        by(
            "管理",
            VEHICLES.replace(
                "用车审批|Grant a car|grant_car|用车审批单|用车审批人",
                "用车审批|Grant a car|grant_car|用车审批单|车队主任",
            ),
        ),
    )
    summary = office.run("2026-11-02 11:00")
    assert (summary.files.refused, not office.has_worklist("A02"), in_folder(office)) == (1, True, {PLACED: by("管理")})
    (line,) = (row for row in office.open_exceptions() if "车队主任" in str(row["问题"]))
    assert "没有岗位“车队主任”" in str(line["问题"]) and "“环节”页 F3" in str(line["问题"])
    assert "正在用的流程没有变" in str(line)
    (back,) = (office.settings.outbox / "returns").glob("用车二*.xlsx")
    marked = openpyxl.load_workbook(back)
    assert marked["环节"]["F3"].fill.fgColor.rgb == "FFFFC8CD"
    assert any("没有岗位“车队主任”" in text for text in office.mails("A01"))

    marked["环节"]["F3"].value = "用车审批人"  # mended in what came back, and dropped as it is
    marked.save(office.settings.inbox / back.name)
    office.run("2026-11-02 12:00")
    assert not any("车队主任" in said for said in office.exceptions())
    assert [row["送审编号"] for row in office.worklist("A02", "定义审批")] == ["LC26002"]
    assert not back.exists()


def test_nobody_but_the_administrator_hands_one_in(office: Office) -> None:
    office.put("用车.xlsx", by("王建国"))
    office.put("无名.xlsx", drawn(VEHICLES))
    office.run("2026-11-02 09:00")
    told = office.exceptions()
    assert any("应由“系统管理员”办理，“王建国”不是该岗位" in said for said in told)
    assert any("“无名.xlsx”没有写明是谁交的" in said for said in told)
    assert office.master("流程定义") == [] and not office.has_worklist("A02")
    assert any("应由“系统管理员”办理" in text for text in office.mails("C03"))


def test_in_the_administrators_folder_it_need_not_be_signed(office: Office) -> None:
    (office.settings.inbox / "A01").mkdir()
    office.put("A01/用车.xlsx", drawn(VEHICLES))
    office.run("2026-11-02 09:00")
    assert [row["流程名称"] for row in office.worklist("A02", "定义审批")] == ["车辆使用"]


def test_nobody_approves_of_his_own(tmp_path: Path) -> None:
    office = at_work(tmp_path, [("A02", "季主任", "市场经理、系统管理员"), ("A03", "齐经理", "客户经理")])
    office.put("用车.xlsx", by("季主任"))
    office.run("2026-11-02 09:00")
    assert "定义审批" not in office.tasks("A02")
    assert any("没有人可办“定义审批”：季主任不能办自己经手的" in said for said in office.exceptions())

    said = {"definition_no": "LC26001", "definition_opinion": "同意", "definition_answered_on": "2026-11-02"}
    office.drop("definition_answer", said | {"definition_answered_by": "季主任"})
    office.run("2026-11-02 10:00")
    assert in_folder(office) == {} and office.record("流程定义", "LC26001")["当前状态"] == "待同意"
    assert any("“定义送审人”就是季主任，不能由本人办理“定义审批”" in said for said in office.exceptions())


def test_whoever_is_named_in_the_settings_approves(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    people = [*PEOPLE, ("A09", "文主任", "办公室主任")]
    (tmp_path / "pipeline.toml").write_text('[parameters]\ndefinition_approver = "办公室主任"\n', encoding="utf-8")
    office = Office(tmp_path, (), people, procedures_folder=str(tmp_path / "procedures"))
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    assert not office.has_worklist("A02") and office.tasks("A09") == ["定义审批"]


def test_a_refusal_goes_back_to_whoever_handed_it_in_with_its_reason(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    answer(office, "LC26001", "不同意")
    office.run("2026-11-02 09:30")
    assert office.record("流程定义", "LC26001")["当前状态"] == "待同意"  # a reason is asked for
    answer(office, "LC26001", "不同意", "期限太短")
    office.run("2026-11-02 10:00")
    assert office.record("流程定义", "LC26001")["当前状态"] == "未同意" and in_folder(office) == {}
    assert any("车辆使用" in text and "期限太短" in text for text in office.mails("A01"))


def test_a_second_one_takes_the_place_of_the_first_that_waits(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    first = next((office.settings.outbox / "worklists").glob("A02-*.xlsx")).read_bytes()
    office.put("用车 改.xlsx", by("管理", NEXT))
    office.run("2026-11-02 10:00")
    assert office.record("流程定义", "LC26001")["当前状态"] == "已被后一版取代"
    assert [row["送审编号"] for row in office.worklist("A02", "定义审批")] == ["LC26002"]
    for person in ("A01", "A02"):
        assert any("由后一版 LC26002 取代" in text for text in office.mails(person)), person

    (path,) = (office.settings.outbox / "worklists").glob("A02-*.xlsx")
    now = path.read_bytes()
    path.write_bytes(first)
    answer(office, "LC26001")  # on the worklist of before
    path.write_bytes(now)
    office.run("2026-11-02 11:00")
    assert in_folder(office) == {} and office.record("流程定义", "LC26001")["当前状态"] == "已被后一版取代"
    assert any("LC26001" in str(row) for row in office.open_exceptions())

    answer(office, "LC26002")
    office.run("2026-11-02 12:00")
    assert in_folder(office) == {PLACED: by("管理", NEXT)}


def test_the_same_bytes_again_are_unchanged(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    office.put("用车 副本.xlsx", by("管理"))
    summary = office.run("2026-11-02 10:00")
    assert (summary.files.known, summary.rows.read) == (1, 0)
    assert [row["送审编号"] for row in office.master("流程定义")] == ["LC26001"]


def test_what_it_changes_and_which_records_it_touches_is_said(office: Office) -> None:
    in_force(office)
    office.drop("trip_request", TRIP)
    office.run("2026-11-02 11:00")
    office.put("用车.xlsx", by("管理", NEXT.replace("待批准", "待审批").replace("trip_to_grant", "trip_to_decide")))
    office.run("2026-11-02 12:00")
    (row,) = office.worklist("A02", "定义审批")
    said = row["改动内容"].split("；")
    assert "栏目“出发里程”（还车登记表）改了：名称" in said
    assert "环节“用车审批”改了：从状态、期限（现有 1 条记录在这里）" in said
    assert "－状态“待批准”（现有 1 条记录在这里）" in said and "＋状态“待审批”" in said


def test_the_approver_changes_nothing_of_what_was_handed_in(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    (path,) = (office.settings.outbox / "worklists").glob("A02-*.xlsx")
    book = openpyxl.load_workbook(path)
    for cell in (cell for row in book["定义审批"].iter_rows() for cell in row if cell.value == PLACED):
        cell.value = "别的.xlsx"
    book.save(path)
    answer(office, "LC26001")
    office.run("2026-11-02 10:00")
    assert set(in_folder(office)) <= {PLACED}
    assert office.record("流程定义", "LC26001")["定义文件"] == PLACED
    assert any("别的.xlsx" in str(row) for row in office.open_exceptions())


def test_nobody_types_one_into_a_list(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["送审编号", "流程名称", "改动内容", "定义文件", "文件指纹", "定义送审人", "送审日期"])
    sheet.append(["LC26001", "车辆使用", "没有", "流程定义-车辆使用.xlsx", "ab" * 32, "管理", "2026-11-02"])
    held = io.BytesIO()
    book.save(held)
    office.put("送审单.xlsx", held.getvalue())
    office.run("2026-11-02 10:00")
    assert len(office.record("流程定义", "LC26001")["文件指纹"]) == 64
    assert office.record("流程定义", "LC26001")["文件指纹"] != "ab" * 32


def test_what_cannot_be_put_into_the_folder_is_told_and_tried_again(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    assert office.settings.procedures_folder
    blocked = office.settings.procedures_folder / PLACED
    blocked.mkdir()  # nothing can be written under that name
    answer(office, "LC26001")
    office.run("2026-11-02 10:00")
    office.run("2026-11-02 11:00")
    assert any("“车辆使用”的定义已同意，但放不进流程文件夹" in said for said in office.exceptions())
    blocked.rmdir()
    office.run("2026-11-02 12:00")
    office.run("2026-11-02 13:00")
    assert in_folder(office) == {PLACED: by("管理")}
    assert not any("放不进流程文件夹" in said for said in office.exceptions())


def test_an_office_without_a_folder_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path, (), PEOPLE)
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    assert any("“用车.xlsx”是画好的流程，本单位还没有放流程的文件夹" in said for said in office.exceptions())


def test_the_version_before_is_kept_aside_and_comes_back_with_undo(office: Office) -> None:
    assert office.settings.procedures_folder
    own = drawn(VEHICLES)  # somebody has put it there himself
    (office.settings.procedures_folder / "车辆使用.xlsx").write_bytes(own)
    office.run("2026-11-02 08:30")
    office.put("用车.xlsx", by("管理", NEXT))
    office.run("2026-11-02 09:00")
    answer(office, "LC26001")
    approved = office.run("2026-11-02 10:00").run
    assert in_folder(office) == {"车辆使用.xlsx": by("管理", NEXT)}
    aside = [path.read_bytes() for path in (office.settings.outbox / "archive" / "definitions").glob("*.xlsx")]
    assert own in aside

    undo(office.settings, str(approved))
    assert in_folder(office) == {"车辆使用.xlsx": own}
    assert office.record("流程定义", "LC26001")["当前状态"] == "待同意"
    assert any("“车辆使用.xlsx”的同意已撤销" in said and "放回了原来那一份" in said for said in office.exceptions())
    assert office.tasks("A02") == ["定义审批"]


def test_what_somebody_has_put_over_an_approved_one_comes_back_with_undo_and_stays(office: Office) -> None:
    assert office.settings.procedures_folder
    in_force(office)
    own = by("管理", NEXT.replace("冀TA2266", "冀TA0007"))  # by hand, over the one that is approved
    (name,) = in_folder(office)
    (office.settings.procedures_folder / name).write_bytes(own)
    office.run("2026-11-02 11:00")
    office.put("用车 改.xlsx", by("管理", NEXT))
    office.run("2026-11-02 12:00")
    answer(office, "LC26002")
    approved = office.run("2026-11-02 13:00").run
    assert in_folder(office)[name] == by("管理", NEXT)
    undo(office.settings, str(approved))
    assert in_folder(office)[name] == own
    office.run("2026-11-02 14:00")
    assert in_folder(office)[name] == own


def test_a_new_procedure_goes_with_its_approval(office: Office) -> None:
    office.put("用车.xlsx", by("管理"))
    office.run("2026-11-02 09:00")
    answer(office, "LC26001")
    approved = office.run("2026-11-02 10:00").run
    undo(office.settings, str(approved))
    assert in_folder(office) == {} and "vehicle_use" not in codes(office)
    assert any("拿走了这一份" in said for said in office.exceptions())


def test_the_archive_builds_the_ledger_by_the_definitions_of_each_time(office: Office, tmp_path: Path) -> None:
    in_force(office)
    office.drop("trip_request", {**TRIP, "car_plate": "冀TA1021"})
    office.run("2026-11-02 11:00")
    office.put(
        "用车 改.xlsx", by("管理", VEHICLES.replace("冀TA1021、冀TA2266", "冀TB0001、冀TA2266"))
    )  # that car is sold
    office.run("2026-11-02 12:00")
    answer(office, "LC26002")
    office.run("2026-11-02 13:00")
    office.drop("trip_request", {**TRIP, "car_user": "文静", "car_plate": "冀TB0001"})
    office.run("2026-11-02 14:00")
    assert len(office.master("用车")) == 2

    rebuilt = rebuild(office.settings, f"sqlite:///{tmp_path}/again.db")
    assert rebuilt.compared and not rebuilt.differing
    with open_ledger(f"sqlite:///{tmp_path}/again.db") as ledger, ledger.transaction() as uow:
        assert len(uow.records.get("vehicle_trips")) == 2
    with open_ledger(office.settings.ledger) as ledger:
        assert not audit_ledger(office.settings, office.catalogue, ledger).problems

    shutil.rmtree(office.settings.outbox / "archive" / "definitions")
    with pytest.raises(Exception, match="lacks drawn procedures as they were then"):
        rebuild(office.settings, f"sqlite:///{tmp_path}/third.db")
