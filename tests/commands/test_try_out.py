"""What lies in the trial folder comes back judged as it would be, and leaves no other trace."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from sqlalchemy import create_engine, text

from pipeline.commands.check import check
from pipeline.commands.demo import answered
from pipeline.commands.doctor import examine
from pipeline.commands.run import run
from pipeline.render.returns.marking import Tint
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import KEY, SHOP, VISIT, customers, drop, new_office, shops, told

DAY = date(2026, 11, 3)
OTHER = {**SHOP, "licence_no": "131123100026", "customer_name": "平安烟酒店", "contact_phone": "13932820026",
         "principal": "李平安", "shop_address": "武强县周窝镇张法台村3号"}  # fmt: skip
BAD = {**SHOP, "contact_phone": "1393282001"}
TRIED = "登记（仅试读，未入台账）.xlsx"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path, clerk="clerk@example.com")
    drop(found, PEOPLE)
    drop(found, AREAS)
    run(found, today=DAY)
    return found


def offer(settings: Settings, sheet: Filled, name: str = "") -> Path:
    return drop(settings, sheet, f"试读/{name or sheet.name}")


def returns(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.outbox / "returns").glob("*"))


def opened(settings: Settings, name: str) -> Workbook:
    return openpyxl.load_workbook(settings.outbox / "returns" / name)


def first_page(book: Workbook) -> list[str]:
    assert book.active is book.worksheets[0]
    return [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]


def traces(settings: Settings) -> dict[str, str]:
    """All that an office holds but the returns: every file of the outbox, and the ledger but for its runs, by hash."""
    held = {
        path.relative_to(settings.outbox).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(settings.outbox.rglob("*"))
        if path.is_file() and path.parent.name != "returns"
    }
    (database,) = settings.outbox.parent.glob("ledger/*.db")
    with create_engine(f"sqlite:///{database}").connect() as connection:
        names = connection.scalars(text("select name from sqlite_master where type='table'")).all()
        for name in sorted(set(names) - {"runs", "published"}):
            rows = connection.execute(text(f"select * from {name}")).all()
            held[name] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    return held


def left(settings: Settings) -> list[str]:
    return [path.name for path in settings.inbox.rglob("*") if path.is_file()]


def put(book: Workbook, old: str, new: str) -> None:
    (cell,) = (
        cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row if str(cell.value) == old
    )
    cell.value = new


def test_the_first_run_makes_the_folder_open_to_whoever_may_use_the_inbox(tmp_path: Path) -> None:
    office = new_office(tmp_path)
    office.inbox.chmod(0o2770)
    run(office, today=DAY)
    assert [path.name for path in office.inbox.iterdir()] == ["试读"]
    assert (office.inbox / "试读").stat().st_mode & 0o7777 == 0o2770
    english = office.model_copy(update={"language": "en"})
    run(english, today=DAY)
    assert [path.name for path in office.inbox.iterdir()] == ["试读"], "one is enough, in whichever language"


def test_a_wrong_sheet_comes_back_with_its_cell_marked_and_leaves_no_other_trace(settings: Settings) -> None:
    run(settings, today=DAY)
    before = traces(settings)
    offer(settings, shops(BAD, OTHER))
    summary = run(settings, today=DAY)

    assert returns(settings) == [TRIED]
    book = opened(settings, TRIED)
    page = first_page(book)
    assert book.worksheets[0].title == "试读说明"
    assert page[0] == "仅试读，未入台账。登记.xlsx：有 1 处要改"
    assert "如果现在交：2 行：采用 1，退回 1。" in page
    (cell,) = (cell for row in book.worksheets[1].iter_rows() for cell in row if cell.value == "1393282001")
    assert cell.fill.fgColor.rgb == Tint.ERROR
    assert "1393282001" in cell.comment.text
    fills = {each.fill.fgColor.rgb for row in book.worksheets[1].iter_rows() for each in row}
    assert Tint.ACCEPTED.value not in fills, "no row is in"
    assert cell.coordinate in page

    assert traces(settings) == before
    assert left(settings) == []
    assert customers_if_any(settings) == {}
    assert told(settings) == []
    assert (summary.files.seen, summary.rows.read, summary.findings.error) == (0, 0, 0)
    assert summary.outputs == [f"returns/{TRIED}"]
    run(settings, today=DAY)
    assert returns(settings) == [TRIED], "a later run leaves it alone"
    assert TRIED not in (settings.outbox / "index.html").read_text("utf-8")


def customers_if_any(settings: Settings) -> dict[str, dict[str, object]]:
    return customers(settings) if "客户" in openpyxl.load_workbook(settings.outbox / "master.xlsx").sheetnames else {}


def test_it_says_what_the_command_says(settings: Settings) -> None:
    path = offer(settings, shops(BAD, OTHER, {**OTHER, "valid_until": "2029年2月30日"}))
    said = check([path], settings, today=DAY)
    run(settings, today=DAY)
    page = first_page(opened(settings, TRIED))
    assert len(said) >= 2
    for each in said:
        assert each.message in page
        assert each.fix in page


def test_a_right_sheet_is_said_to_be_right_and_its_result_can_be_handed_in(settings: Settings) -> None:
    offer(settings, shops(SHOP, OTHER))
    run(settings, today=DAY)
    page = first_page(opened(settings, TRIED))
    assert page[0] == "仅试读，未入台账。登记.xlsx：没有发现问题，可以交"
    assert "如果现在交：2 行：采用 2。" in page
    assert customers_if_any(settings) == {}

    (settings.outbox / "returns" / TRIED).rename(settings.inbox / TRIED)
    summary = run(settings, today=DAY)
    assert (summary.rows.read, summary.rows.accepted) == (2, 2)
    assert set(customers(settings)) == {SHOP["licence_no"], OTHER["licence_no"]}
    assert returns(settings) == []


def test_a_result_handed_in_with_its_fault_comes_back_as_a_return_and_no_longer_as_a_trial(settings: Settings) -> None:
    offer(settings, shops(BAD, OTHER))
    run(settings, today=DAY)
    (settings.outbox / "returns" / TRIED).rename(settings.inbox / TRIED)
    run(settings, today=DAY)

    assert returns(settings) == ["登记.xlsx"]
    book = opened(settings, "登记.xlsx")
    assert book.sheetnames[0] == "退回说明"
    assert "试读说明" not in book.sheetnames
    assert not [text for text in first_page(book) if "仅试读" in text and TRIED not in text]
    put(book, "1393282001", "13932820018")
    book.save(settings.inbox / "改好.xlsx")
    summary = run(settings, today=DAY)
    assert (summary.rows.accepted, summary.rows.rejected) == (1, 0)
    assert returns(settings) == []


def test_a_return_that_is_tried_before_it_is_handed_in_still_closes_what_was_wrong(settings: Settings) -> None:
    drop(settings, shops(BAD, OTHER))
    run(settings, today=DAY)
    book = opened(settings, "登记.xlsx")
    put(book, "1393282001", "13932820018")
    book.save(settings.inbox / "试读" / "登记改.xlsx")
    run(settings, today=DAY)
    tried = "登记改（仅试读，未入台账）.xlsx"
    assert returns(settings) == ["登记.xlsx", tried]
    assert [sentence for _, sentence in told(settings) if "1393282001" in sentence], "nothing is mended yet"
    assert first_page(opened(settings, tried))[0] == "仅试读，未入台账。登记改.xlsx：没有发现问题，可以交"
    assert "退回说明" not in opened(settings, tried).sheetnames

    (settings.outbox / "returns" / tried).rename(settings.inbox / "交.xlsx")
    run(settings, today=DAY)
    assert told(settings) == []
    assert returns(settings) == []
    assert len(customers(settings)) == 2


@pytest.mark.parametrize("content", [b"PK\x03\x04 torn", b"\x00\x01\x02" * 400, b""])
def test_a_file_that_cannot_be_opened_comes_back_with_the_sentence_why_and_with_all_its_bytes(
    settings: Settings, content: bytes
) -> None:
    path = settings.inbox / "试读" / "坏表.xlsx"
    path.write_bytes(content + b"PK\x05\x06" if content.startswith(b"PK") else content)
    content = path.read_bytes()
    (said,) = check([path], settings, today=DAY)
    run(settings, today=DAY)

    original = "坏表（仅试读，未入台账，原件）.xlsx"
    assert returns(settings) == sorted(["坏表（仅试读，未入台账）.xlsx", original])
    page = first_page(opened(settings, "坏表（仅试读，未入台账）.xlsx"))
    assert page[0] == "仅试读，未入台账。坏表.xlsx：没有能读取"
    assert said.message in page
    assert any("原件" in line for line in page)
    assert (settings.outbox / "returns" / original).read_bytes() == content
    assert left(settings) == []
    assert told(settings) == []


def test_a_sheet_in_both_is_entered_once_and_its_trial_tells_the_same(settings: Settings) -> None:
    drop(settings, shops(BAD, OTHER))
    offer(settings, shops(BAD, OTHER))
    summary = run(settings, today=DAY)
    assert (summary.files.seen, summary.rows.read, summary.rows.accepted, summary.rows.rejected) == (1, 2, 1, 1)
    assert returns(settings) == sorted(["登记.xlsx", TRIED])
    for name in returns(settings):
        book = opened(settings, name)
        (cell,) = (cell for row in book.worksheets[1].iter_rows() for cell in row if cell.value == "1393282001")
        assert cell.fill.fgColor.rgb == Tint.ERROR
    assert len([sentence for _, sentence in told(settings) if "1393282001" in sentence]) == 1


def test_a_right_sheet_in_both_is_said_to_be_handed_in_already(settings: Settings) -> None:
    path = drop(settings, shops(SHOP))
    (settings.inbox / "试读" / "登记.xlsx").write_bytes(path.read_bytes())
    run(settings, today=DAY)
    page = first_page(opened(settings, TRIED))
    assert page[0] == "仅试读，未入台账。登记.xlsx：与先前交来的完全相同，不用再交"
    assert len(customers(settings)) == 1


def test_a_worklist_can_be_tried_and_its_result_is_still_that_worklist(settings: Settings) -> None:
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    (path,) = (settings.outbox / "worklists").glob("K02-*.xlsx")
    content = answered(path.read_bytes(), in_force(settings), {KEY: {**VISIT, "order_day": "周八"}})
    (settings.inbox / "试读" / "任务.xlsx").write_bytes(content)
    run(settings, today=DAY)
    tried = "任务（仅试读，未入台账）.xlsx"
    assert returns(settings) == [tried]
    assert any("周八" in line for line in first_page(opened(settings, tried)))
    assert customers(settings)[KEY]["当前状态"] == "待核实"

    book = opened(settings, tried)
    put(book, "周八", "周一")
    book.save(settings.inbox / "做好.xlsx")
    run(settings, today=DAY)
    assert customers(settings)[KEY]["当前状态"] == "待审核"
    assert told(settings) == []


def test_two_drafts_are_judged_each_for_itself_and_no_result_is_written_over(settings: Settings) -> None:
    offer(settings, shops(BAD), "李敏/登记.xlsx")
    (settings.inbox / "王建国").mkdir()
    drop(settings, shops(SHOP), "王建国/试读/登记.xlsx")
    run(settings, today=DAY)
    second = "登记（仅试读，未入台账）-2.xlsx"
    assert returns(settings) == sorted([TRIED, second])
    headings = {first_page(opened(settings, name))[0] for name in returns(settings)}
    assert headings == {
        "仅试读，未入台账。登记.xlsx：有 1 处要改",
        "仅试读，未入台账。登记.xlsx：没有发现问题，可以交",
    }
    assert left(settings) == []


def test_a_sheet_of_another_kind_comes_back_with_its_values_and_the_original_beside_it(settings: Settings) -> None:
    header = "许可证号,客户名称,负责人,联系电话,经营地址,有效期止"
    text = f"{header}\n131123100018,惠民超市,张三喜,1393282001,武强县周窝镇周窝村12号,2029-03-04\n"
    (settings.inbox / "试读" / "登记.csv").write_text(text, "utf-8")
    run(settings, today=DAY)
    original = "登记（仅试读，未入台账，原件）.csv"
    assert returns(settings) == sorted([TRIED, original])
    assert (settings.outbox / "returns" / original).read_text("utf-8") == text
    assert [cell.value for row in opened(settings, TRIED).worksheets[1].iter_rows() for cell in row].count(
        "惠民超市"
    ) == 1


def test_each_workbook_of_a_zip_comes_back_and_the_zip_with_them(settings: Settings) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, row in (("甲.xlsx", BAD), ("乙.xlsx", OTHER)):
            archive.writestr(name, drop(settings, shops(row), "x.xlsx").read_bytes())
        archive.writestr("丙.xlsx", b"PK\x03\x04 torn PK\x05\x06")
    (settings.inbox / "x.xlsx").unlink()
    (settings.inbox / "试读" / "两份.zip").write_bytes(packed.getvalue())
    run(settings, today=DAY)

    headings = {name: first_page(opened(settings, name))[0] for name in returns(settings) if name.endswith(".xlsx")}
    assert headings["两份-甲（仅试读，未入台账）.xlsx"] == "仅试读，未入台账。甲.xlsx：有 1 处要改"
    assert headings["两份-乙（仅试读，未入台账）.xlsx"] == "仅试读，未入台账。乙.xlsx：没有发现问题，可以交"
    assert "丙.xlsx" in "".join(first_page(opened(settings, "两份（仅试读，未入台账）.xlsx")))
    original = settings.outbox / "returns" / "两份（仅试读，未入台账，原件）.zip"
    assert original.read_bytes() == packed.getvalue()


def test_what_cannot_be_taken_is_told_and_stays(settings: Settings, tmp_path: Path) -> None:
    elsewhere = drop(settings, shops(SHOP)).rename(tmp_path / "别处.xlsx")
    (settings.inbox / "试读" / "登记.xlsx").symlink_to(elsewhere)
    for _ in range(2):
        summary = run(settings, today=DAY)
    assert summary.files.waiting == 0
    assert told(settings) == []
    assert returns(settings) == [TRIED]
    assert "“登记.xlsx”是一个链接，不读取" in first_page(opened(settings, TRIED))
    assert [path.name for path in (settings.inbox / "试读").iterdir()] == ["登记.xlsx"]


def test_in_english(settings: Settings) -> None:
    english = settings.model_copy(update={"language": "en"})
    (english.inbox / "Trial").mkdir()
    drop(english, shops(BAD), "Trial/登记.xlsx")
    run(english, today=DAY)
    assert returns(english) == ["登记 (trial only, nothing entered).xlsx"]
    page = first_page(opened(english, returns(english)[0]))
    assert page[0] == "Trial only, nothing was entered. 登记.xlsx: 1 to correct"
    assert "If it were handed in now: rows 1: accepted 0, rejected 1." in page


def test_the_archive_and_the_ledger_still_agree(settings: Settings) -> None:
    offer(settings, shops(BAD, OTHER))
    drop(settings, shops(OTHER), "交.xlsx")
    run(settings, today=DAY)
    assert [path.name for path in (settings.outbox / "archive").rglob("*登记*")] == []
    problems = [each.problem.zh for each in examine(settings, in_force(settings), DAY) if each.problem]
    assert [each for each in problems if "存档" in each or "对账" in each or "账本" in each] == []


def test_a_dry_run_tries_nothing(settings: Settings) -> None:
    path = offer(settings, shops(BAD))
    run(settings, today=DAY, dry_run=True)
    assert path.exists()
    assert returns(settings) == []


def test_what_only_asks_for_a_look_can_be_handed_in(settings: Settings) -> None:
    path = offer(settings, shops(SHOP))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (label,) = (cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("许可证号"))
    right = sheet.max_column + 1
    sheet.cell(label.row, right).value = "另记"
    sheet.cell(label.row + 1, right).value = "老店"
    book.save(path)
    said = check([path], settings, today=DAY)
    assert [each.severity.value for each in said] == ["warning"]
    run(settings, today=DAY)
    page = first_page(opened(settings, TRIED))
    assert page[0] == "仅试读，未入台账。登记.xlsx：没有必须改的，可以交，提醒 1 处"
    assert any(line.startswith(said[0].message) for line in page)


def test_what_will_be_asked_is_not_asked_on_trial_where_nobody_takes_the_answer(settings: Settings) -> None:
    header = "许可证号,客户名称,当家的,联系电话,经营地址,有效期止"
    text = f"{header}\n131123100018,惠民超市,张三喜,13932820018,武强县周窝镇周窝村12号,2029-03-04\n"
    (settings.inbox / "试读" / "登记.csv").write_text(text, "utf-8")
    (settings.inbox / "登记.csv").write_text(text, "utf-8")
    run(settings, today=DAY)
    asked, tried = opened(settings, "登记.xlsx"), opened(settings, TRIED)
    assert asked.worksheets[0].data_validations.dataValidation, "the return asks"
    assert not tried.worksheets[0].data_validations.dataValidation
    assert any("在这里不用答" in line for line in first_page(tried))
