"""The master edited as people do, whatever the README says: played through whole runs, the next master reopened."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.filters import FilterColumn, Filters
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands import audit
from pipeline.commands.demo import answered
from pipeline.commands.doctor import examine
from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.domain.extract import Reading
from pipeline.errors import InUseError
from pipeline.intake.collect import Collected
from pipeline.outside.files import inbox, outbox
from pipeline.outside.workers import read_all as reading_of_all
from pipeline.outside.workers.pool import ALLOWED, OWN, Allowance, File
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, VISIT, customers, drop, new_office, shops, told

DAY = date(2026, 11, 3)
KEY = "131123100018"
SECOND: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
Change = Callable[[Worksheet], None]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    for sheet in (PEOPLE, AREAS, shops(SHOP, SECOND)):
        drop(found, sheet)
    run(found, today=DAY)
    return found


def master(settings: Settings) -> Path:
    return settings.outbox / "master.xlsx"


def edit(settings: Settings, change: Change, *, by: str = "王建国", to: Path | None = None) -> Path:
    """Change the customers' page as a person would, and save it where it lies."""
    path = master(settings)
    book = openpyxl.load_workbook(path)
    page = book["客户"]
    assert isinstance(page, Worksheet)
    change(page)
    book.properties.lastModifiedBy = by
    book.save(to or path)
    return to or path


def header(page: Worksheet) -> int:
    return next(row[0].row for row in page.iter_rows() if any(cell.value == "许可证号" for cell in row))


def column(page: Worksheet, label: str) -> int:
    return next(cell.column for cell in page[header(page)] if cell.value == label)


def row(page: Worksheet, key: str = KEY) -> int:
    at = column(page, "许可证号")
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, at).value == key)


def put(label: str, value: object, key: str = KEY) -> Change:
    def change(page: Worksheet) -> None:
        page.cell(row(page, key), column(page, label)).value = value

    return change


def again(settings: Settings) -> Workbook:
    return openpyxl.load_workbook(master(settings))


def test_an_untouched_master_is_not_even_read(settings: Settings) -> None:
    summary = run(settings, today=DAY)

    assert summary.files.seen == 0
    assert "master.xlsx" not in summary.outputs
    assert not list((settings.outbox / "archive").rglob("master*.xlsx"))


def test_a_changed_phone_goes_into_the_register_by_the_hand_that_saved_it(settings: Settings) -> None:
    edit(settings, put("联系电话", "139-3282-9999"))
    saved = hashlib.sha256(master(settings).read_bytes()).hexdigest()

    summary = run(settings, today=DAY)

    assert (summary.rows.read, summary.rows.accepted) == (1, 1)
    assert customers(settings)[KEY]["联系电话"] == "13932829999"
    line = history(settings, KEY, field="联系电话")[-1]
    assert (line.before, line.after, line.actor) == ("13932820018", "13932829999", "王建国")
    assert line.place.startswith("master.xlsx!客户!")
    (kept,) = (settings.outbox / "archive").rglob("master*.xlsx")
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == saved
    assert run(settings, today=DAY).files.seen == 0


def test_a_broken_value_is_told_at_its_cell_and_the_register_s_value_returns(settings: Settings) -> None:
    edit(settings, put("身份证号", "131123198003120019"))

    summary = run(settings, today=DAY)

    ((cell, sentence),) = told(settings)
    page = again(settings)["客户"]
    assert isinstance(page, Worksheet)
    assert cell == page.cell(row(page), column(page, "身份证号")).coordinate
    assert "131123198003120019" in sentence
    assert summary.rows.rejected == 1
    assert customers(settings)[KEY]["身份证号"] is None


def test_what_was_refused_is_told_for_a_week_or_until_the_next_edit(settings: Settings) -> None:
    edit(settings, put("联系电话", "123"))
    run(settings, today=DAY)
    run(settings, today=DAY + timedelta(6))
    assert "123" in str(told(settings))
    run(settings, today=DAY + timedelta(7))
    assert "123" not in str(told(settings))

    edit(settings, put("联系电话", "456"))
    run(settings, today=DAY + timedelta(7))
    assert "456" in str(told(settings))
    edit(settings, put("负责人", "张四喜"))
    run(settings, today=DAY + timedelta(7))
    assert "456" not in str(told(settings))


def test_good_and_bad_cells_of_one_row_stand_for_themselves(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        put("联系电话", "123")(page)
        put("负责人", "张四喜")(page)

    edit(settings, change)
    run(settings, today=DAY)

    shop = customers(settings)[KEY]
    assert (shop["联系电话"], shop["负责人"]) == ("13932820018", "张四喜")
    ((_, sentence),) = told(settings)
    assert "123" in sentence


def test_what_the_program_works_out_comes_back_with_the_way_to_change_it(settings: Settings) -> None:
    edit(settings, put("当前状态", "已归档"))

    run(settings, today=DAY)

    assert customers(settings)[KEY]["当前状态"] == "待核实"
    ((_, sentence),) = told(settings)
    assert "当前状态" in sentence and "已归档" in sentence and "待核实" in sentence


def test_a_step_cannot_be_taken_in_the_master(settings: Settings) -> None:
    edit(settings, put("核实结果", "属实"))

    run(settings, today=DAY)

    shop = customers(settings)[KEY]
    assert (shop["当前状态"], shop["核实结果"]) == ("待核实", None)
    ((_, sentence),) = told(settings)
    assert "“核实”环节" in sentence


def test_what_belongs_to_a_step_is_over_once_it_is_filled_in_on_the_worklist(settings: Settings) -> None:
    edit(settings, put("送货线路", "09线"))
    run(settings, today=DAY)
    ((_, sentence),) = told(settings)
    assert "“核实”环节" in sentence
    assert (settings.outbox / "exceptions" / "K02-李秀英.xlsx").exists()  # whose step it is

    visit: Cells = {code: value for code, value in VISIT.items() if code != "licence_no"}
    held = (settings.outbox / "worklists" / "K02-李秀英.xlsx").read_bytes()
    filled = answered(held, catalogue(), {KEY: {**visit, "delivery_route": "09线"}})
    (settings.inbox / "填好.xlsx").write_bytes(filled)
    run(settings, today=DAY)

    assert customers(settings)[KEY]["送货线路"] == "09线"
    assert told(settings) == []


def test_an_emptied_cell_takes_the_value_away_unless_it_must_be_there(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        put("联系电话", None)(page)
        put("有效期止", None)(page)

    before = customers(settings)[KEY]
    edit(settings, change)
    run(settings, today=DAY)

    shop = customers(settings)[KEY]
    assert before["有效期止"] is not None
    assert shop["联系电话"] == "13932820018"
    ((_, sentence),) = told(settings)[:1]
    assert "联系电话没有填写" in sentence


@pytest.mark.parametrize(("label", "word"), [("客户名称", "没有"), ("联系电话", "无"), ("经营地址", "暂无")])
def test_a_word_for_nothing_in_the_place_of_what_must_be_there_is_told(
    settings: Settings, label: str, word: str
) -> None:
    before = customers(settings)[KEY][label]
    edit(settings, put(label, word))
    run(settings, today=DAY)
    assert customers(settings)[KEY][label] == before
    ((_, sentence),) = told(settings)
    assert f"{label}没有填写" in sentence


def test_a_word_for_nothing_takes_away_what_need_not_be_there(settings: Settings) -> None:
    edit(settings, put("备注", "门面在修"))
    run(settings, today=DAY)
    assert customers(settings)[KEY]["备注"] == "门面在修"
    edit(settings, put("备注", "无"))
    run(settings, today=DAY)
    assert customers(settings)[KEY]["备注"] is None
    assert told(settings) == []


def test_a_deleted_row_returns_and_is_told(settings: Settings) -> None:
    edit(settings, lambda page: page.delete_rows(row(page)))

    run(settings, today=DAY)

    assert customers(settings)[KEY]["客户名称"] == "惠民超市"
    ((_, sentence),) = told(settings)
    assert f"{KEY} 惠民超市" in sentence


def test_a_row_typed_below_is_a_registration(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        at = page.max_row + 1
        for label, value in {
            "许可证号": "131123100042",
            "客户名称": "新开超市",
            "负责人": "李新",
            "联系电话": "13932820042",
            "经营地址": "武强县周窝镇周窝村20号",
            "有效期止": date(2029, 3, 4),
        }.items():
            page.cell(at, column(page, label)).value = value

    edit(settings, change)
    summary = run(settings, today=DAY)

    assert told(settings) == []
    assert summary.rows.accepted == 1
    assert customers(settings)["131123100042"]["当前状态"] == "待核实"


def test_a_changed_key_is_told_and_comes_back(settings: Settings) -> None:
    edit(settings, put("许可证号", "131123100999"))

    run(settings, today=DAY)

    assert set(customers(settings)) == {KEY, "131123100026"}
    ((_, sentence),) = told(settings)
    assert KEY in sentence and "131123100999" in sentence


def test_sorting_colouring_and_hiding_change_nothing(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        first, last = row(page), row(page, "131123100026")
        for at in range(1, page.max_column + 1):
            one, other = page.cell(first, at), page.cell(last, at)
            one.value, other.value = other.value, one.value
        page.column_dimensions["E"].hidden = True

    edit(settings, change)
    summary = run(settings, today=DAY)

    assert (summary.rows.read, told(settings)) == (0, [])
    assert again(settings)["客户"].column_dimensions["E"].hidden


def folded(page: Worksheet) -> set[str]:
    """The labels of the columns in closed groups."""
    closed = {
        at
        for size in page.column_dimensions.values()
        for at in range(size.min, size.max + 1)
        if size.hidden and size.outlineLevel
    }
    return {str(cell.value) for cell in page[header(page)] if cell.column in closed}


def show(page: Worksheet, *, hidden: bool) -> None:
    """Open or close all groups of columns, as a click on their signs does."""
    for size in page.column_dimensions.values():
        if size.outlineLevel:
            size.hidden = hidden


def test_columns_that_somebody_has_opened_stay_open_until_he_closes_them(settings: Settings) -> None:
    before = again(settings)["客户"]
    assert isinstance(before, Worksheet)
    closed = folded(before)
    assert {"来源出处", "表外栏目", "送货线路"} <= closed

    edit(settings, lambda page: show(page, hidden=False))
    summary = run(settings, today=DAY)
    assert (summary.rows.read, told(settings)) == (0, [])
    edit(settings, put("联系电话", "13932829999"))
    run(settings, today=DAY)
    page = again(settings)["客户"]
    assert isinstance(page, Worksheet)
    assert not folded(page)
    assert page.column_dimensions[page.cell(1, column(page, "送货线路")).column_letter].outlineLevel == 1

    edit(settings, lambda page: show(page, hidden=True))
    run(settings, today=DAY)
    page = again(settings)["客户"]
    assert isinstance(page, Worksheet)
    assert folded(page) == closed


def test_what_is_written_into_a_folded_column_is_taken_like_any_other_cell(settings: Settings) -> None:
    edit(settings, put("身份证号", "131123198003120013"))

    run(settings, today=DAY)

    assert customers(settings)[KEY]["身份证号"] == "131123198003120013"


def test_a_column_of_their_own_stays_with_its_customers(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        at = page.max_column + 1
        page.cell(header(page), at).value = "备注2"
        page.cell(row(page), at).value = "=1+1 喜欢早上送货"
        page.cell(row(page), at).data_type = "s"
        page.column_dimensions["B"].width = 50

    edit(settings, change)
    run(settings, today=DAY)
    third: Cells = {**SHOP, "licence_no": "131123100017", "customer_name": "第一户", "contact_phone": "13932820017"}
    drop(settings, shops(third, name="又一户.xlsx"))
    run(settings, today=DAY)

    page = again(settings)["客户"]
    assert isinstance(page, Worksheet)
    cell = page.cell(row(page), column(page, "备注2"))
    assert (cell.value, cell.data_type) == ("=1+1 喜欢早上送货", "s")
    assert page.cell(row(page, "131123100017"), column(page, "备注2")).value is None
    assert page.column_dimensions["B"].width == pytest.approx(50, abs=1.5)


def test_a_column_that_they_take_away_again_is_gone(settings: Settings) -> None:
    def add(page: Worksheet) -> None:
        page.cell(header(page), page.max_column + 1).value = "备注2"

    edit(settings, add)
    run(settings, today=DAY)
    edit(settings, lambda page: page.delete_cols(column(page, "备注2")))
    run(settings, today=DAY)

    page = again(settings)["客户"]
    assert "备注2" not in [cell.value for cell in page[header(page)]]


def test_a_filter_that_they_set_hides_the_same_rows_again(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        table = next(iter(page.tables.values()))
        at = column(page, "客户名称") - 1
        table.autoFilter.filterColumn.append(FilterColumn(colId=at, filters=Filters(filter=["福来超市"])))
        page.row_dimensions[row(page)].hidden = True

    edit(settings, change)
    run(settings, today=DAY)

    page = again(settings)["客户"]
    assert isinstance(page, Worksheet)
    (kept,) = next(iter(page.tables.values())).autoFilter.filterColumn
    assert kept.filters.filter == ["福来超市"]
    assert page.row_dimensions[row(page)].hidden
    assert not page.row_dimensions[row(page, "131123100026")].hidden
    assert told(settings) == []


def locked(path: Path) -> None:
    raise InUseError(f"{path} is open")


def test_what_is_saved_into_an_open_master_is_taken_by_the_next_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = outbox._replace
    drop(settings, shops({**SHOP, "licence_no": "131123100017", "customer_name": "第一户"}, name="又一户.xlsx"))
    monkeypatch.setattr(
        outbox, "_replace", lambda part, path: locked(path) if path == master(settings) else replace(part, path)
    )
    run(settings, today=DAY)
    (beside,) = settings.outbox.glob("master.*.xlsx")
    monkeypatch.undo()
    edit(settings, put("负责人", "张四喜"))
    edit(settings, put("联系电话", "13932829999"), to=None)

    summary = run(settings, today=DAY)

    assert summary.rows.accepted == 2
    shop = customers(settings)[KEY]
    assert (shop["负责人"], shop["联系电话"]) == ("张四喜", "13932829999")
    assert "131123100017" in customers(settings)
    assert not beside.exists()


def test_what_is_changed_in_the_copy_beside_is_taken_too(settings: Settings) -> None:
    beside = settings.outbox / "master.7.xlsx"
    beside.write_bytes(master(settings).read_bytes())
    edit(settings, put("联系电话", "13932829999"), to=beside)

    run(settings, today=DAY)

    assert customers(settings)[KEY]["联系电话"] == "13932829999"
    assert not beside.exists()


def test_a_master_saved_while_the_run_goes_on_is_not_written_over(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(*given: object) -> object:
        edit(settings, put("联系电话", "13932829999"))
        return set_aside(*given)

    set_aside = Collected.set_aside
    drop(settings, shops({**SHOP, "licence_no": "131123100017", "customer_name": "第一户"}, name="又一户.xlsx"))
    monkeypatch.setattr(Collected, "set_aside", saved_meanwhile)
    run(settings, today=DAY)
    assert [path.name for path in settings.outbox.glob("master.*.xlsx")] == ["master.2.xlsx"]
    monkeypatch.undo()

    run(settings, today=DAY)

    assert customers(settings)[KEY]["联系电话"] == "13932829999"
    assert "131123100017" in customers(settings)
    assert [path.name for path in settings.outbox.glob("master*.xlsx")] == ["master.xlsx"]


def test_the_doctor_counts_the_edited_cells_from_the_archive(settings: Settings) -> None:
    def change(page: Worksheet) -> None:
        put("联系电话", "13932829999")(page)
        put("负责人", "张四喜")(page)

    edit(settings, change)
    run(settings, today=DAY)

    assert [check.problem for check in examine(settings, catalogue(), DAY) if check.problem] == []


def test_the_doctor_gives_a_master_the_time_that_the_run_gave_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(settings, put("联系电话", "13932829999"))
    run(settings, today=DAY)
    given: dict[str, Allowance] = {}

    def read_all(files: Iterable[File], *more: Any) -> Iterator[Reading]:
        files = list(files)
        given.update((name, more[3] if len(more) > 3 else ALLOWED) for name, *_ in files)
        return reading_of_all.read_all(files, *more)

    monkeypatch.setattr(audit, "read_all", read_all)
    assert [check.problem for check in examine(settings, catalogue(), DAY) if check.problem] == []
    assert given["master.xlsx"] == OWN, "it is as large as the registers"
    assert {allowed for name, allowed in given.items() if name != "master.xlsx"} == {ALLOWED}


def test_an_edit_is_taken_back_as_any_sheet_is(settings: Settings) -> None:
    edit(settings, put("联系电话", "13932829999"))
    run(settings, today=DAY)

    undo(settings, "master.xlsx", today=DAY)

    assert customers(settings)[KEY]["联系电话"] == "13932820018"
    edit(settings, put("负责人", "张四喜"))
    assert run(settings, today=DAY).rows.accepted == 1
    assert (customers(settings)[KEY]["负责人"], customers(settings)[KEY]["联系电话"]) == ("张四喜", "13932820018")


def test_an_undo_does_not_write_over_what_was_edited_since(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "licence_no": "131123100017", "customer_name": "第一户"}, name="又一户.xlsx"))
    run(settings, today=DAY)
    edit(settings, put("负责人", "张四喜"))

    undo(settings, "又一户.xlsx", today=DAY)

    assert set(customers(settings)) == {KEY, "131123100026"}
    assert customers(settings)[KEY]["负责人"] == "张四喜"


def test_an_old_copy_says_only_what_was_changed_in_it(settings: Settings) -> None:
    old = settings.outbox.parent / "旧总表.xlsx"
    edit(settings, put("负责人", "张四喜"), to=old)
    edit(settings, put("联系电话", "13932829999"))
    run(settings, today=DAY)

    (settings.inbox / "总表副本.xlsx").write_bytes(old.read_bytes())
    run(settings, today=DAY)

    shop = customers(settings)[KEY]
    assert (shop["负责人"], shop["联系电话"]) == ("张四喜", "13932829999")


def test_a_cell_that_both_changed_is_told_with_both_values(settings: Settings) -> None:
    old = settings.outbox.parent / "旧总表.xlsx"
    edit(settings, put("联系电话", "13932821111"), to=old)
    edit(settings, put("联系电话", "13932829999"))
    run(settings, today=DAY)

    (settings.inbox / "总表副本.xlsx").write_bytes(old.read_bytes())
    run(settings, today=DAY)

    assert customers(settings)[KEY]["联系电话"] == "13932829999"
    ((_, sentence),) = told(settings)
    assert "13932821111" in sentence and "13932829999" in sentence


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saved_by_another_program_it_says_the_same(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "saved"

    def save() -> None:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", str(folder), str(master(settings))], check=True, capture_output=True)
        master(settings).write_bytes((folder / "master.xlsx").read_bytes())

    before, page = customers(settings), again(settings)["客户"]
    assert isinstance(page, Worksheet)
    save()
    summary = run(settings, today=DAY)
    assert (summary.files.read, summary.rows.read, told(settings)) == (1, 0, [])
    assert customers(settings) == before
    saved = again(settings)["客户"]
    assert isinstance(saved, Worksheet)
    assert folded(saved) == folded(page) != set()

    edit(settings, put("联系电话", "13932829999"))
    save()
    summary = run(settings, today=DAY)
    assert (summary.rows.accepted, told(settings)) == (1, [])
    assert customers(settings)[KEY]["联系电话"] == "13932829999"


def test_a_master_larger_than_any_sheet_is_taken_and_written_in_its_place(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LARGEST", 100)
    edit(settings, put("联系电话", "13932829999"))

    run(settings, today=DAY)
    run(settings, today=DAY + timedelta(days=1))

    assert customers(settings)[KEY]["联系电话"] == "13932829999"
    assert [path.name for path in settings.outbox.glob("master*.xlsx")] == ["master.xlsx"]
