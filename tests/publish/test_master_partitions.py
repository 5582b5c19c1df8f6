"""A master cut into parts by area: what leads to them, and that each is edited as the master is."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.history import history
from pipeline.commands.rebuild import rebuild
from pipeline.commands.restore import restore
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.outside.ledger import open_ledger
from pipeline.publish.master_partitions import divide
from pipeline.settings import Settings
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS, PEOPLE
from tests.render import offices
from tests.tools.customers import SHOP, drop, new_office, shops
from tests.tools.customers import told as told_of_all
from tests.tools.shop import SHOPS

DAY = date(2026, 11, 3)
MOST = 6
WEST, EAST, EAST_TOO, NOWHERE = "131123102-周窝镇", "131123101-街关镇", "131123101-街关镇-2", "（未定）"


def shop(number: int, address: str) -> Cells:
    return {
        **SHOP,
        "licence_no": f"131123{100010 + 8 * number}",
        "customer_name": f"{'甲乙丙丁戊己庚辛壬癸子丑'[number]}记商店",
        "principal": f"张{'一二三四五六七八九十百千'[number]}喜",
        "contact_phone": f"1393282{1000 + 37 * number}",
        "shop_address": address,
    }


ALL = (
    *(shop(number, f"武强县周窝镇周窝村{number + 1}号") for number in range(3)),
    *(shop(number, f"武强县街关镇街关村{number + 1}号") for number in range(3, 10)),
    shop(10, "某处"),
)
KEYS = [str(each["licence_no"]) for each in ALL]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path, master_rows=MOST)
    for sheet in (PEOPLE, AREAS, shops(*ALL)):
        drop(found, sheet)
    run(found, today=DAY)
    return found


def told(settings: Settings) -> list[str]:
    """Return what is told beside the shop that is in no area."""
    return [sentence for _, sentence in told_of_all(settings) if "某处" not in sentence]


def part(settings: Settings, name: str) -> Path:
    return settings.outbox / "master" / f"{name}.xlsx"


def page(path: Path) -> Worksheet:
    found = openpyxl.load_workbook(path)["客户"]
    assert isinstance(found, Worksheet)
    return found


def rows(path: Path, key: str = "许可证号") -> list[dict[str, object]]:
    every = list(page(path).iter_rows(values_only=True))
    header = next(at for at, row in enumerate(every) if key in row)
    return [dict(zip(map(str, every[header]), row, strict=True)) for row in every[header + 1 :] if any(row)]


def parts(settings: Settings) -> dict[str, list[str]]:
    """Return the keys in each part."""
    paths = sorted((settings.outbox / "master").glob("*.xlsx"))
    return {path.stem: [str(row["许可证号"]) for row in rows(path)] for path in paths}


def edit(settings: Settings, name: str, change: Callable[[Worksheet], None], by: str = "王建国") -> Path:
    path = part(settings, name)
    book = openpyxl.load_workbook(path)
    sheet = book["客户"]
    assert isinstance(sheet, Worksheet)
    change(sheet)
    book.properties.lastModifiedBy = by
    book.save(path)
    return path


def header(sheet: Worksheet) -> int:
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == "许可证号" for cell in row))


def column(sheet: Worksheet, label: str) -> int:
    return next(cell.column for cell in sheet[header(sheet)] if cell.value == label)


def row(sheet: Worksheet, key: str) -> int:
    at = column(sheet, "许可证号")
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, at).value == key)


def put(key: str, label: str, value: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet.cell(row(sheet, key), column(sheet, label)).value = value  # type: ignore[assignment]

    return change


def test_each_area_has_a_file_and_an_area_too_long_has_more(settings: Settings) -> None:
    assert parts(settings) == {
        WEST: KEYS[:3],
        EAST: KEYS[3:9],
        EAST_TOO: KEYS[9:10],
        NOWHERE: KEYS[10:],
    }


def test_the_master_counts_each_part_and_leads_to_it_and_its_statistics_are_over_all(settings: Settings) -> None:
    path = settings.outbox / "master.xlsx"

    listed = rows(path, "文件")
    assert [(each["所在辖区"], each["数量"]) for each in listed] == [
        ("街关镇", 6),
        ("街关镇-2", 1),
        ("周窝镇", 3),
        ("（未定）", 1),
    ]
    links = {
        cell.value: cell.hyperlink.target.replace("\\", "/") for each in page(path) for cell in each if cell.hyperlink
    }
    assert list(links) == [each["文件"] for each in listed]
    assert all((settings.outbox / target).is_file() for target in links.values())
    counts = [list(each) for each in openpyxl.load_workbook(path)["统计"].iter_rows(values_only=True)]
    assert ["街关镇", 7, 0] in [each[:3] for each in counts]
    assert ["待核实", 10] in [each[:2] for each in counts]


def test_a_part_says_what_it_is(settings: Settings) -> None:
    first = [str(cell.value) for each in page(part(settings, WEST)).iter_rows(max_row=3) for cell in each if cell.value]
    assert first[0] == "客户 · 总表 · 周窝镇"
    assert "可以直接修改" in first[1]


def test_a_run_with_nothing_new_reads_no_part(settings: Settings) -> None:
    summary = run(settings, today=DAY)
    assert summary.files.seen == 0
    assert [each for each in summary.outputs if "master" in each] == []


def test_a_cell_changed_in_a_part_goes_into_the_register_by_the_hand_that_saved_it(settings: Settings) -> None:
    saved = hashlib.sha256(edit(settings, WEST, put(KEYS[1], "联系电话", "139-3282-9999")).read_bytes()).hexdigest()

    summary = run(settings, today=DAY)

    assert (summary.rows.read, summary.rows.accepted) == (1, 1)
    assert {each["许可证号"]: each["联系电话"] for each in rows(part(settings, WEST))}[KEYS[1]] == "13932829999"
    line = history(settings, KEYS[1], field="联系电话")[-1]
    assert (line.after, line.actor) == ("13932829999", "王建国")
    assert line.place.startswith(f"{WEST}.xlsx!客户!")
    (kept,) = (settings.outbox / "archive").rglob(f"{WEST}*.xlsx")
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == saved
    assert told(settings) == []
    assert run(settings, today=DAY).files.seen == 0


def test_two_parts_are_edited_in_one_day(settings: Settings) -> None:
    edit(settings, WEST, put(KEYS[0], "负责人", "赵四喜"))
    edit(settings, EAST_TOO, put(KEYS[9], "负责人", "赵五喜"), by="李秀英")

    assert run(settings, today=DAY).rows.accepted == 2

    assert [history(settings, key, field="负责人")[-1].actor for key in (KEYS[0], KEYS[9])] == ["王建国", "李秀英"]
    assert told(settings) == []


def test_a_row_deleted_in_a_part_is_told_and_comes_back_and_no_row_of_other_parts_is(settings: Settings) -> None:
    edit(settings, EAST, lambda sheet: sheet.delete_rows(row(sheet, KEYS[4])))

    run(settings, today=DAY)

    (sentence,) = told(settings)
    assert KEYS[4] in sentence
    assert [key for key in KEYS if key in sentence] == [KEYS[4]]
    assert parts(settings)[EAST] == KEYS[3:9]


def typed_below(key: str, new: Cells, labels: Mapping[str, str]) -> Callable[[Worksheet], None]:
    """Type what *new* holds, below the record *key*, into the columns of those *labels* by field."""

    def change(sheet: Worksheet) -> None:
        at = row(sheet, key) + 1
        for code, label in labels.items():
            sheet.cell(at, column(sheet, label)).value = new[code]  # type: ignore[assignment]

    return change


def test_a_row_typed_below_a_part_is_a_registration(settings: Settings) -> None:
    new = shop(11, "武强县周窝镇周窝村99号")
    labels = {"licence_no": "许可证号", "customer_name": "客户名称", "principal": "负责人"}
    labels |= {"contact_phone": "联系电话", "shop_address": "经营地址", "valid_until": "有效期止"}

    edit(settings, WEST, typed_below(KEYS[2], new, labels))
    run(settings, today=DAY)

    assert told(settings) == []
    assert parts(settings)[WEST] == [*KEYS[:3], str(new["licence_no"])]


def test_a_record_whose_area_was_changed_moves_to_the_other_part(settings: Settings) -> None:
    edit(settings, WEST, put(KEYS[0], "经营地址", "武强县街关镇街关村77号"))
    run(settings, today=DAY)

    assert parts(settings)[WEST] == KEYS[1:3]
    assert KEYS[0] in parts(settings)[EAST]
    assert told(settings) == []


def test_a_column_of_the_staff_s_own_stays_in_the_parts_and_keeps_its_cells(settings: Settings) -> None:
    def add(key: str, text: str) -> Callable[[Worksheet], None]:
        def change(sheet: Worksheet) -> None:
            labels = [cell.value for cell in sheet[header(sheet)]]
            at = labels.index("片区备注") + 1 if "片区备注" in labels else len(labels) + 1
            sheet.cell(header(sheet), at).value = "片区备注"
            sheet.cell(row(sheet, key), at).value = text

        return change

    edit(settings, WEST, add(KEYS[0], "周二拜访"))
    run(settings, today=DAY)
    edit(settings, EAST, add(KEYS[5], "周五拜访"))
    run(settings, today=DAY)

    noted = {each["许可证号"]: each["片区备注"] for name in (WEST, EAST) for each in rows(part(settings, name))}
    assert {key: text for key, text in noted.items() if text} == {KEYS[0]: "周二拜访", KEYS[5]: "周五拜访"}


def test_parts_that_are_no_more_go_and_what_was_typed_in_them_is_taken_before(settings: Settings) -> None:
    edit(settings, WEST, put(KEYS[1], "联系电话", "13932829999"))

    run(settings.model_copy(update={"master_rows": 1000}), today=DAY)

    assert parts(settings) == {}
    whole = {each["许可证号"]: each["联系电话"] for each in rows(settings.outbox / "master.xlsx")}
    assert list(whole) == KEYS
    assert whole[KEYS[1]] == "13932829999"


def test_a_file_of_somebody_s_own_beside_the_parts_is_left_alone(settings: Settings) -> None:
    own = settings.outbox / "master" / "我的.xlsx"
    openpyxl.Workbook().save(own)
    before = own.read_bytes()

    assert run(settings, today=DAY).files.seen == 0
    assert own.read_bytes() == before


def test_a_day_is_restored_in_parts_too(settings: Settings) -> None:
    before = part(settings, WEST).read_bytes()
    edit(settings, WEST, put(KEYS[1], "联系电话", "13932829999"))
    run(settings, today=date(2026, 11, 4))

    path = restore(settings, DAY)

    listed = rows(path, "文件")
    assert sum(int(str(each["数量"])) for each in listed) == len(KEYS)
    restored = path.parent / "master-2026-11-03" / f"{WEST}.xlsx"
    assert {each["许可证号"]: each["联系电话"] for each in rows(restored)}[KEYS[1]] == ALL[1]["contact_phone"]
    assert part(settings, WEST).read_bytes() != before


def test_a_ledger_is_built_anew_with_what_was_typed_in_a_part(settings: Settings) -> None:
    edit(settings, WEST, put(KEYS[1], "联系电话", "13932829999"))
    run(settings, today=DAY)

    rebuilt = rebuild(settings)

    assert (rebuilt.compared, rebuilt.differing) == (True, {})
    assert history(settings, KEYS[1], field="联系电话")[-1].after == "13932829999"


def test_a_record_of_no_area_is_mended_in_its_part_and_moves_to_the_area_s(settings: Settings) -> None:
    edit(settings, NOWHERE, put(KEYS[10], "经营地址", "武强县周窝镇周窝村88号"))
    run(settings, today=DAY)

    assert parts(settings) == {WEST: [*KEYS[:3], KEYS[10]], EAST: KEYS[3:9], EAST_TOO: KEYS[9:10]}
    assert told(settings) == []


def test_no_two_parts_have_one_name_however_long_the_areas_are() -> None:
    areas = ["长" * 90 + end for end in ("甲", "乙")]
    drawn = offices.office(*(replace(offices.shop(f"{at}", "new"), area=areas[at % 2]) for at in range(9)))

    found = divide(drawn, 2)

    assert len({each.path.casefold() for each in found}) == len(found) == 5
    record_set = drawn.entries[SHOPS.code]
    assert sorted(key for each in found for key in record_set.within(each.extent)) == [f"{at}" for at in range(9)]


def add_sheet(text: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("备忘")["A1"] = text

    return change


def test_sheets_of_one_name_added_to_two_parts_both_stay(settings: Settings) -> None:
    edit(settings, WEST, add_sheet("西"))
    edit(settings, EAST, add_sheet("东"))
    run(settings, today=DAY)
    edit(settings, EAST_TOO, add_sheet("又东"))
    run(settings, today=DAY)
    run(settings, today=DAY)

    book = openpyxl.load_workbook(settings.outbox / "master.xlsx")
    assert {title: book[title]["A1"].value for title in book.sheetnames if title.startswith("备忘")} == {
        "备忘": "西",
        "备忘 (2)": "东",
        "备忘 (3)": "又东",
    }


def note(key: str, text: str, column: str = "片区备注") -> Callable[[Worksheet], None]:
    """Write *text* beside the record *key* into a column of the staff's own, which is added where it is not."""

    def change(sheet: Worksheet) -> None:
        labels = [cell.value for cell in sheet[header(sheet)]]
        at = labels.index(column) + 1 if column in labels else len(labels) + 1
        sheet.cell(header(sheet), at).value = column
        sheet.cell(row(sheet, key), at).value = text

    return change


def noted(settings: Settings, label: str = "片区备注") -> dict[str, object]:
    found = {}
    for name in (WEST, EAST, EAST_TOO):
        found |= {str(each["许可证号"]): each.get(label) for each in rows(part(settings, name))}
    return {key: text for key, text in found.items() if text}


def drop_column(sheet: Worksheet) -> None:
    sheet.delete_cols(column(sheet, "片区备注"))


@pytest.fixture
def noted_in_three(settings: Settings) -> Settings:
    for name, key in ((WEST, KEYS[0]), (EAST, KEYS[4]), (EAST_TOO, KEYS[9])):
        edit(settings, name, note(key, f"记{key[-3:]}"))
    run(settings, today=DAY)
    return settings


def test_a_column_taken_away_in_one_part_keeps_what_stands_in_the_others(noted_in_three: Settings) -> None:
    settings = noted_in_three
    edit(settings, WEST, drop_column)
    edit(settings, EAST, note(KEYS[5], "新"))
    run(settings, today=DAY)
    assert noted(settings) == {KEYS[4]: f"记{KEYS[4][-3:]}", KEYS[5]: "新", KEYS[9]: f"记{KEYS[9][-3:]}"}

    for name in (EAST, EAST_TOO):
        edit(settings, name, drop_column)
    run(settings, today=DAY)
    assert all("片区备注" not in each for name in (WEST, EAST) for each in rows(part(settings, name)))


def test_a_column_renamed_in_one_part_loses_no_cell_of_the_others(noted_in_three: Settings) -> None:
    settings = noted_in_three

    def rename(sheet: Worksheet) -> None:
        sheet.cell(header(sheet), column(sheet, "片区备注")).value = "记事"

    edit(settings, WEST, rename)
    run(settings, today=DAY)
    assert noted(settings, "记事") == {KEYS[0]: f"记{KEYS[0][-3:]}"}
    assert noted(settings) == {key: f"记{key[-3:]}" for key in (KEYS[4], KEYS[9])}


def test_what_is_hidden_in_one_part_stays_hidden_when_another_is_saved(settings: Settings) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions[get_column_letter(column(sheet, "负责人"))].hidden = True

    def hidden(name: str) -> bool:
        sheet = page(part(settings, name))
        return bool(sheet.column_dimensions[get_column_letter(column(sheet, "负责人"))].hidden)

    edit(settings, WEST, hide)
    edit(settings, EAST, put(KEYS[4], "联系电话", "13932829999"))
    run(settings, today=DAY)
    assert (hidden(WEST), hidden(EAST), hidden(EAST_TOO)) == (True, True, True)

    def show(sheet: Worksheet) -> None:
        sheet.column_dimensions[get_column_letter(column(sheet, "负责人"))].hidden = False

    edit(settings, EAST, show)
    run(settings, today=DAY)
    assert (hidden(WEST), hidden(EAST)) == (False, False)


def test_a_row_deleted_in_a_copy_from_before_the_record_moved_away_is_told(settings: Settings) -> None:
    before = part(settings, WEST).read_bytes()
    edit(settings, WEST, put(KEYS[0], "经营地址", "武强县街关镇街关村77号"))
    run(settings, today=DAY)
    part(settings, WEST).write_bytes(before)
    edit(settings, WEST, lambda sheet: sheet.delete_rows(row(sheet, KEYS[0])))

    run(settings, today=DAY)

    (sentence,) = told(settings)
    assert KEYS[0] in sentence
    assert KEYS[0] in parts(settings)[EAST]


def test_a_row_typed_for_a_customer_of_another_part_takes_nothing_away(settings: Settings) -> None:
    edit(settings, WEST, put(KEYS[0], "备注", "临街"))
    run(settings, today=DAY)
    new = shop(0, "武强县周窝镇周窝村1号") | {"contact_phone": "13932829999"}
    labels = {"licence_no": "许可证号", "customer_name": "客户名称", "principal": "负责人", "contact_phone": "联系电话"}

    edit(settings, EAST, typed_below(KEYS[8], new, labels))
    run(settings, today=DAY)

    (kept,) = [each for each in rows(part(settings, WEST)) if each["许可证号"] == KEYS[0]]
    assert (kept["联系电话"], kept["备注"]) == ("13932829999", "临街")
    assert told(settings) == []


def test_the_page_that_leads_to_the_parts_takes_nothing_that_is_typed(settings: Settings) -> None:
    assert page(settings.outbox / "master.xlsx").protection.sheet
    assert not page(part(settings, WEST)).protection.sheet


def test_an_area_whose_name_changes_in_case_alone_keeps_its_part_where_the_disk_knows_no_case(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = part(settings, WEST).with_name("131123102-周窝镇.XLSX")
    older.hardlink_to(part(settings, WEST))  # one file under both spellings, as such a disk shows it
    with open_ledger(settings.ledger).transaction() as uow:
        uow.reports.add_published("0" * 64, "master/131123102-周窝镇.XLSX", 1)
    run(settings, today=DAY)
    assert KEYS[:3] == parts(settings)[WEST]
    assert older.exists()


def test_a_restored_part_dropped_as_it_is_sets_nothing_back(settings: Settings) -> None:
    edit(settings, WEST, put(KEYS[1], "联系电话", "13932829999"))
    run(settings, today=date(2026, 11, 4))
    restored = restore(settings, DAY).parent / "master-2026-11-03" / f"{WEST}.xlsx"
    (settings.inbox / "旧.xlsx").write_bytes(restored.read_bytes())

    run(settings, today=date(2026, 11, 4))

    (kept,) = [each for each in rows(part(settings, WEST)) if each["许可证号"] == KEYS[1]]
    assert kept["联系电话"] == "13932829999"


def test_a_sheet_added_to_a_part_stays_though_a_copy_lies_in_the_inbox_too(settings: Settings) -> None:
    path = edit(settings, WEST, add_sheet("西"))
    copy = settings.inbox / path.name
    shutil.copy2(path, copy)
    os.utime(copy, (path.stat().st_mtime - 10,) * 2)
    run(settings, today=DAY)
    assert openpyxl.load_workbook(settings.outbox / "master.xlsx")["备忘"]["A1"].value == "西"


def test_what_was_taken_back_is_taken_again_when_the_file_is_put_back_in_its_place(settings: Settings) -> None:
    saved = edit(settings, WEST, put(KEYS[1], "联系电话", "13932829999")).read_bytes()
    summary = run(settings, today=DAY)
    undo(settings, str(summary.run), today=DAY)
    part(settings, WEST).write_bytes(saved)

    run(settings, today=DAY)

    assert {each["许可证号"]: each["联系电话"] for each in rows(part(settings, WEST))}[KEYS[1]] == "13932829999"
