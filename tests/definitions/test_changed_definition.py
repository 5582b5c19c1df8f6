"""A drawn procedure is changed while records are on their way: nobody loses what he has to do, and the administrator is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.commands.rebuild import rebuild
from tests.definitions.drawings import VEHICLES, drawn
from tests.tools.command import pipeline
from tests.tools.office import Office

CARS = [("A01", "管理", "系统管理员"), ("C01", "赵师傅", "车辆管理员"), ("C02", "季主任", "用车审批人")]
TRIP = {
    "car_user": "王建国",
    "car_plate": "冀TA1021",
    "trip_purpose": "送货",
    "trip_from": "2026-11-03 08:30",
    "trip_until": "2026-11-03 17:30",
}
TAKE_BACK = "还车登记|Take it back|take_car_back|还车登记表|车辆管理员|待还车||已还车||按 计划还车时间||还车时登记里程|Note the mileage when it comes back\n"
STATES = "待还车|Out|trip_out\n未批准|Refused|trip_not_granted|办结\n已还车|Back|trip_back|办结\n"
FORM = VEHICLES[VEHICLES.index("还车登记表|出车里程") : VEHICLES.index("# 台账")]


def shortened(
    states: str = "未批准|Refused|trip_not_granted|办结\n已派车|Sent|trip_sent|办结\n",
    heading: str = "状态|英文|代码|性质",
) -> str:
    """The cars' procedure without the step of giving back: what is granted is over."""
    text = VEHICLES.replace(TAKE_BACK, "").replace(FORM, "").replace("还车登记表|Car given back|trip_return\n", "")
    text = text.replace("用车审批意见|", "用车审批意见|").replace("同意|待还车||1 天", "同意|已派车||1 天")
    return text.replace(STATES, states).replace("状态|英文|代码|性质", heading)


@pytest.fixture
def cars(tmp_path: Path) -> Office:
    """Two trips, one to be given back, one to be granted."""
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "车辆使用.xlsx").write_bytes(drawn(VEHICLES))
    office = Office(tmp_path, ("vehicle_use",), CARS, procedures_folder=str(tmp_path / "procedures"))
    office.drop("trip_request", TRIP, {**TRIP, "car_user": "文静"})
    office.run("2026-11-02 09:00")
    granted = {"trip_answer": "同意", "trip_granted_on": "2026-11-02", "trip_granted_by": "季主任"}
    office.answer("C02", {"YC2611001": granted})
    office.run("2026-11-02 10:00")
    assert (office.tasks("C01"), office.tasks("C02")) == (["还车登记"], ["用车审批"])
    return office


def change(office: Office, text: str) -> None:
    assert office.settings.procedures_folder
    (office.settings.procedures_folder / "车辆使用.xlsx").write_bytes(drawn(text))


BACK = {"mileage_out": 35210, "mileage_back": 35290, "car_back_at": "2026-11-02 13:00", "car_taken_by": "赵师傅"}


def test_a_record_in_a_state_that_is_gone_is_done_as_it_began(cars: Office) -> None:
    change(cars, shortened())
    cars.run("2026-11-02 11:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "待还车"
    assert cars.tasks("C01") == ["还车登记"]
    assert ["待还车", 1] in cars.figures("统计", "用车：按当前状态")
    assert "办理中 2 件" in " ".join(re.sub("<[^>]+>", "", cars.page()).split())
    (line,) = (row for row in cars.open_exceptions() if "没有状态“待还车”了" in str(row["问题"]))
    assert "“用车”有 1 条记录在这里（YC2611001）：照原来的“还车登记”办完" in str(line["问题"])
    assert "“接替”一栏写“待还车”" in str(line["怎样改"])

    cars.run("2026-11-02 12:00")  # and so on, run after run
    assert cars.tasks("C01") == ["还车登记"]
    cars.answer("C01", {"YC2611001": BACK})
    cars.run("2026-11-02 14:00")
    record = cars.record("用车", "YC2611001")
    assert (record["当前状态"], record["还车里程"]) == ("已还车", 35290)
    assert not any("没有状态“待还车”了" in said for said in cars.exceptions())

    granted = {"trip_answer": "同意", "trip_granted_on": "2026-11-02", "trip_granted_by": "季主任"}
    cars.answer("C02", {"YC2611002": granted})  # what comes later goes the new way
    cars.run("2026-11-02 15:00")
    assert cars.record("用车", "YC2611002")["当前状态"] == "已派车"


def test_the_administrator_leads_them_to_another_state(cars: Office) -> None:
    states = "未批准|Refused|trip_not_granted|办结\n已派车|Sent|trip_sent|办结|待还车\n"
    change(cars, shortened(states, "状态|英文|代码|性质|接替"))
    cars.run("2026-11-02 11:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "已派车"
    assert not cars.has_worklist("C01")
    assert any(
        "没有状态“待还车”了" in said and "YC2611001" in said and "改到“已派车”" in said for said in cars.exceptions()
    )
    cars.run("2026-11-02 12:00")
    assert not any("没有状态“待还车”了" in said for said in cars.exceptions())
    assert cars.record("用车", "YC2611001")["当前状态"] == "已派车"


def test_a_stage_that_begins_in_another_state_takes_its_records_along(cars: Office) -> None:
    change(cars, VEHICLES.replace("待批准", "待审批").replace("trip_to_grant", "trip_to_decide"))
    cars.run("2026-11-02 11:00")
    assert cars.record("用车", "YC2611002")["当前状态"] == "待审批"
    assert cars.tasks("C02") == ["用车审批"]
    assert any("没有状态“待批准”了" in said and "改到“待审批”" in said for said in cars.exceptions())


def test_where_nothing_leads_on_it_is_told_as_wrong_and_counted(cars: Office, tmp_path: Path) -> None:
    """Another stage has taken the form: the old one cannot go on beside it."""
    text = VEHICLES.replace(
        TAKE_BACK,
        TAKE_BACK.replace("还车登记|Take it back|take_car_back", "收车|Receive|receive_car").replace("待还车", "在外"),
    )
    text = text.replace("同意|待还车||1 天", "同意|在外||1 天").replace("待还车|Out|trip_out", "在外|Away|trip_away")
    change(cars, text)
    cars.run("2026-11-02 11:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "待还车"
    assert ["待还车", 1] in cars.figures("统计", "用车：按当前状态")
    assert any("没有环节接着办，停在那里" in said and "YC2611001" in said for said in cars.exceptions())
    (tmp_path / "pipeline.toml").write_text(
        'procedures_folder = "procedures"\nprocedures = ["vehicle_use"]\n', encoding="utf-8"
    )
    told = pipeline(tmp_path, "doctor")
    assert "没有环节接着办，停在那里" in told.stdout + told.stderr

    change(
        cars,
        text.replace("状态|英文|代码|性质", "状态|英文|代码|性质|接替").replace(
            "在外|Away|trip_away", "在外|Away|trip_away||待还车"
        ),
    )
    cars.run("2026-11-02 12:00")
    assert cars.record("用车", "YC2611001")["当前状态"] == "在外" and cars.tasks("C01") == ["收车"]
    cars.run("2026-11-02 13:00")
    assert not any("停在那里" in said for said in cars.exceptions())


def test_a_workbook_taken_out_of_the_folder_is_told_with_all_that_goes_with_it(cars: Office) -> None:
    assert cars.settings.procedures_folder
    book = cars.settings.procedures_folder / "车辆使用.xlsx"
    content = book.read_bytes()
    book.unlink()
    settings = cars.settings
    cars.settings = settings.model_copy(update={"procedures": ()})
    cars.run("2026-11-02 11:00")
    assert any(
        "“车辆使用”的定义“车辆使用.xlsx”不在流程文件夹里了" in said and "在办的 2 条" in said
        for said in cars.exceptions()
    )
    book.write_bytes(content)
    cars.run("2026-11-02 12:00")
    assert not any("不在流程文件夹里了" in said for said in cars.exceptions())
    assert (cars.tasks("C01"), cars.tasks("C02")) == (["还车登记"], ["用车审批"])


def test_what_was_done_as_it_began_is_built_again_so(cars: Office, tmp_path: Path) -> None:
    change(cars, shortened())
    cars.run("2026-11-02 11:00")
    cars.answer("C01", {"YC2611001": BACK})
    cars.run("2026-11-02 14:00")
    cars.run("2026-11-02 15:00")
    rebuilt = rebuild(cars.settings, f"sqlite:///{tmp_path}/again.db")
    assert rebuilt.compared and not rebuilt.differing


def test_a_state_that_is_there_is_not_taken_over(cars: Office) -> None:
    text = VEHICLES.replace("状态|英文|代码|性质", "状态|英文|代码|性质|接替").replace(
        "待还车|Out|trip_out", "待还车|Out|trip_out||待批准"
    )
    change(cars, text)
    told = cars.run("2026-11-02 11:00").failed_declarations
    assert any(re.search("“状态”页 [A-Z]3", said) and "状态“待批准”还在用" in said for said in told)


def test_a_state_that_never_was_is_not_taken_over(cars: Office) -> None:
    """待还东 is no state of this version nor of an earlier one: its record would stand still, and nobody would know why."""
    states = "未批准|Refused|trip_not_granted|办结\n已派车|Sent|trip_sent|办结|待还东\n"
    change(cars, shortened(states, "状态|英文|代码|性质|接替"))
    cars.run("2026-11-02 11:00")
    (line,) = (row for row in cars.open_exceptions() if "没有过状态“待还东”" in str(row["问题"]))
    assert "“状态”页 F4" in str(line["问题"])
    assert "待还车" in str(line["怎样改"])
    assert cars.record("用车", "YC2611001")["当前状态"] == "待还车"  # the former version goes on
