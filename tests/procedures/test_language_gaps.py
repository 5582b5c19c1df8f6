"""What the language could not say when new procedures were written, each said in one by a small declaration (``declared/``)."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.render.reports.template import template
from schemas.language import Layout
from tests.tools.command import pipeline
from tests.tools.office import Office

DECLARED = str(Path(__file__).parent / "declared")
PEOPLE = [("C01", "车师傅", "车管员"), ("L01", "陆会计", "租约管理员"), ("T01", "田老师", "培训专员")]
TRIP = {"left_on": "2026-11-02", "trip_where": "乡镇", "km_left": 32000}


def office(folder: Path) -> Office:
    return Office(folder, ["pool_cars", "leases", "courses"], PEOPLE, procedures_folder=DECLARED)


@pytest.fixture
def cars(tmp_path: Path) -> Office:
    found = office(tmp_path)
    found.drop("pool_car", {"plate": "冀T12345", "car_model": "朗逸"})
    found.drop(
        "car_trip",
        {**TRIP, "trip_plate": "冀T12345", "driver": "陆会计"},
        {**TRIP, "trip_plate": "冀T12345", "driver": "无此人"},
        {**TRIP, "trip_plate": "冀T99999", "driver": "田老师"},
    )
    found.run("2026-11-02 09:00")
    return found


def test_a_person_of_the_roster_and_a_record_that_is_there_are_asked_for_or_the_row_stays_out(cars: Office) -> None:
    assert [(row["出车编号"], row["驾驶员"]) for row in cars.master("出车")] == [("2611001", "陆会计")]
    assert "驾驶员“无此人”不在人员表在岗人员中" in cars.exceptions()
    assert "所用车牌号“冀T99999”不在“公务车”中，本行未采用" in cars.exceptions()


def test_the_car_listed_later_in_the_same_batch_of_files_is_there(tmp_path: Path) -> None:
    found = office(tmp_path)
    found.drop("car_trip", {**TRIP, "trip_plate": "冀T12345", "driver": "陆会计"}, name="a.xlsx")
    found.drop(
        "pool_car", {"plate": "冀T12345", "car_model": "朗逸"}, {"plate": "冀T2", "car_model": "捷达"}, name="b.xlsx"
    )
    found.run("2026-11-02 09:00")
    assert len(found.master("出车")) == 1


def test_a_row_that_was_kept_out_is_taken_when_it_comes_right(cars: Office) -> None:
    cars.drop("car_trip", {**TRIP, "trip_plate": "冀T12345", "driver": "C01", "left_on": "2026-11-03"})
    cars.run("2026-11-03 09:00")
    assert [row["驾驶员"] for row in cars.master("出车")] == ["陆会计", "C01"]


def test_a_number_is_held_against_what_the_record_holds(cars: Office) -> None:
    cars.answer("C01", {"2611001": {"km_back": 31999, "back_by": "陆会计"}})
    cars.run("2026-11-03 09:00")
    assert "还车里程“31999”小于出车里程“32000”" in cars.exceptions()
    assert cars.record("出车", "2611001")["当前状态"] == "外出"

    cars.answer("C01", {"2611001": {"km_back": 32000, "back_by": "陆会计"}})
    cars.run("2026-11-04 09:00")
    assert cars.record("出车", "2611001")["当前状态"] == "已还车"


def test_a_statistic_by_month_has_columns_with_names_and_months_may_be_columns(cars: Office) -> None:
    assert cars.figures("统计", "出车按月") == [["2026-11", 1, 0, 1, 32000]]
    (row,) = cars.figures("统计", "各人出车")
    assert row == ["陆会计", *[0] * 10, 1, 0, 1]
    page = cars._book("master.xlsx")["统计"]
    named = [[cell for cell in line if cell] for line in page.iter_rows(values_only=True)]
    assert ["月份", "合计", "城区", "乡镇", "里程"] in named
    assert ["驾驶员", *[f"{month} 月" for month in range(1, 13)], "合计"] in named


def test_a_column_of_people_offers_those_of_the_roster(cars: Office) -> None:
    cars.settings.inbox.parent.joinpath("pipeline.toml").write_text(
        f'procedures_folder = "{DECLARED}"\n', encoding="utf-8"
    )
    done = pipeline(cars.settings.inbox.parent, "template", "car_trip")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(done.stdout.splitlines()[0])
    assert offered(book, "驾驶员") == ["车师傅", "陆会计", "田老师"]


def offered(book: openpyxl.Workbook, label: str) -> list[str]:
    """What the dropdown below *label* offers."""
    page: Worksheet = book.worksheets[0]
    (head,) = (cell for row in page.iter_rows() for cell in row if str(cell.value or "").strip(" *") == label)
    below = f"{head.column_letter}{head.row + 1}"
    (rule,) = (each for each in page.data_validations.dataValidation if below in each.sqref)
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    sheet, _, cells = rule.formula1.lstrip("=").partition("!")
    return [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]


def test_a_task_comes_up_so_many_days_ahead_and_its_new_day_is_after_the_present_one(tmp_path: Path) -> None:
    found = office(tmp_path)
    found.drop("lease", {"lease_no": "ZY01", "lease_of": "东库房", "lease_ends": "2026-12-31"})
    found.run("2026-11-30 09:00")
    assert "续签" not in found.tasks("L01")
    assert found.record("租约", "ZY01")["当前状态"] == "履行中"

    found.run("2026-12-01 09:00")  # 30 days before
    assert found.record("租约", "ZY01")["当前状态"] == "将到期"
    assert "续签" in found.tasks("L01")

    found.answer("L01", {"ZY01": {"lease_ends": "2026-12-31", "renewed_by": "陆会计"}})
    found.run("2026-12-02 09:00")
    assert "租约到期日“2026-12-31”不晚于上次的租约到期日“2026-12-31”" in found.exceptions()
    assert found.record("租约", "ZY01")["当前状态"] == "将到期"

    found.answer("L01", {"ZY01": {"lease_ends": "2027-12-31", "renewed_by": "陆会计"}})
    found.run("2026-12-03 09:00")
    assert found.record("租约", "ZY01")["当前状态"] == "已了结"
    assert found.record("租约", "ZY01")["租约到期日"] == "2027-12-31"


def names(count: int, first: int = 0) -> list[dict[str, str]]:
    family = "赵钱孙李周吴郑王冯陈褚卫蒋沈"
    return [
        {"course": "安全生产", "course_on": "2026-11-02", "attendee": f"{family[first + at]}明"} for at in range(count)
    ]


def test_a_plain_share_of_a_group_is_drawn_whenever_they_come(tmp_path: Path) -> None:
    found = office(tmp_path)
    found.drop("course_attendance", *names(6))
    found.run("2026-11-02 09:00")
    found.run("2026-11-03 09:00")
    first = drawn(found)
    assert len(first) == 1  # of 6, a tenth

    found.drop("course_attendance", *names(7, 6))
    found.run("2026-11-04 09:00")
    found.run("2026-11-05 09:00")
    assert len(found.master("培训")) == 13
    assert len(drawn(found)) == 2
    assert first < drawn(found)


def drawn(found: Office) -> set[str]:
    return {row["参训人"] for row in found.master("培训") if row["抽中回访"] == "是"}


def test_what_stands_at_the_head_is_asked_once_above_the_rows_and_read_into_each(tmp_path: Path) -> None:
    found = office(tmp_path)
    form = found.catalogue.form("course_attendance")
    page = openpyxl.load_workbook(io.BytesIO(template(form, Layout.LIST, "zh", "办公室"))).worksheets[0]
    rows = [[str(cell or "").strip(" *") for cell in row] for row in page.iter_rows(values_only=True)]
    (header,) = (at for at, row in enumerate(rows) if "参训人" in row)
    assert "课程" not in rows[header]
    assert [at < header for at, row in enumerate(rows) if "课程" in row] == [True]

    found.drop("course_attendance", *names(2))
    found.run("2026-11-02 09:00")
    assert [row["课程"] for row in found.master("培训")] == ["安全生产", "安全生产"]
