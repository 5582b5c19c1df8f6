"""Sheets with errors go back to their senders, corrected they are known again, whatever they are called."""

from __future__ import annotations

import email
import email.policy
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.publish.reports import path_of_attachment
from pipeline.render.returns.marking import Tint
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, drop, new_office, shops, told

DAY = date(2026, 11, 3)
LATER = date(2026, 11, 5)
GOOD = {**SHOP, "licence_no": "131123100026", "customer_name": "平安烟酒店", "contact_phone": "13932820026",
        "principal": "李平安", "shop_address": "武强县周窝镇张法台村3号"}  # fmt: skip
BAD = {**SHOP, "contact_phone": "1393282001"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    run(found, today=DAY)
    return found


def returns(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.outbox / "returns").glob("*"))


def opened(settings: Settings, name: str) -> Workbook:
    return openpyxl.load_workbook(settings.outbox / "returns" / name)


def hand_back(
    settings: Settings, source: str, name: str, edit: Callable[[Workbook], None], day: date = DAY
) -> RunSummary:
    book = opened(settings, source)
    edit(book)
    book.save(settings.inbox / name)
    return run(settings, today=day)


def at(book: Workbook, text: str) -> tuple[str, str]:
    """Sheet and cell that hold *text*, the explaining page left out."""
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value) == text:
                    return sheet.title, cell.coordinate
    raise LookupError(text)


def put(old: str, new: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        sheet, cell = at(book, old)
        book[sheet][cell].value = new

    return edit


def test_a_bad_sheet_comes_back_marked_and_explained(settings: Settings) -> None:
    drop(settings, shops(BAD, GOOD))
    run(settings, today=DAY)

    assert returns(settings) == ["登记.xlsx"]
    book = opened(settings, "登记.xlsx")
    sheet, cell = at(book, "1393282001")
    bad = book[sheet][cell]
    assert bad.fill.fgColor.rgb == Tint.ERROR
    assert "1393282001" in bad.comment.text
    page = book.worksheets[0]
    assert page.title == "退回说明"
    assert book.active is page
    rows = [[each.value for each in row] for row in page.iter_rows()]
    (line,) = [row for row in rows if row[0] == "错误"]
    assert line[1:4] == [sheet, cell, "1393282001"]
    links = [each.hyperlink.location for row in page.iter_rows() for each in row if each.hyperlink]
    assert f"'{sheet}'!{cell}" in links
    accepted = book[sheet][at(book, GOOD["licence_no"])[1]].row
    fills = {book[sheet].cell(number, 1).fill.fgColor.rgb: number for number in (bad.row, accepted)}
    assert fills.get(Tint.ACCEPTED.value) == accepted
    assert book["_ruwang"].sheet_state == "veryHidden"


def test_corrected_it_closes_its_findings_under_any_name_and_changes_no_row_twice(settings: Settings) -> None:
    drop(settings, shops(BAD, GOOD))
    run(settings, today=DAY)

    summary = hand_back(settings, "登记.xlsx", "改好了.xlsx", put("1393282001", "13932820018"))

    assert (summary.rows.accepted, summary.rows.unchanged, summary.rows.rejected) == (1, 1, 0)
    assert returns(settings) == []
    assert not [sentence for _, sentence in told(settings) if "1393282001" in sentence]


def test_a_finding_without_a_key_closes_when_its_sheet_comes_back_under_another_name(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "licence_no": "13112310001"}, GOOD))
    run(settings, today=DAY)
    assert [sentence for _, sentence in told(settings) if "13112310001" in sentence]

    summary = hand_back(settings, "登记.xlsx", "又名.xlsx", put("13112310001", SHOP["licence_no"]))

    assert summary.rows.accepted == 1
    assert not [sentence for _, sentence in told(settings) if "13112310001" in sentence]


def test_what_is_still_wrong_comes_back_again_keeps_its_age_and_loses_old_marks(settings: Settings) -> None:
    drop(settings, shops({**BAD, "valid_until": "二零二九"}, {**GOOD, "licence_no": "13112310002"}))
    run(settings, today=DAY)
    first = opened(settings, "登记.xlsx")
    mended = at(first, "1393282001")
    before = first[mended[0]][mended[1]]

    hand_back(settings, "登记.xlsx", "第二次.xlsx", put("1393282001", "13932820018"), LATER)

    assert returns(settings) == ["第二次.xlsx"]
    again = opened(settings, "第二次.xlsx")
    assert [sheet.title for sheet in again.worksheets].count("退回说明") == 1
    cell = again[mended[0]][mended[1]]
    assert cell.fill.fgColor.rgb != before.fill.fgColor.rgb
    assert "1393282001" not in (cell.comment.text if cell.comment else "")
    ages = [row for row in ages_of(settings) if row[1] == "错误"]
    assert {found for found, _ in ages} == {"2026-11-03"}
    assert len(ages) == 2


def ages_of(settings: Settings) -> list[tuple[str, str]]:
    sheet = openpyxl.load_workbook(settings.outbox / "exceptions" / "all.xlsx").worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    header = next(row for row in rows if "发现日" in row)
    day, severity = header.index("发现日"), header.index("程度")
    return [(str(row[day])[:10], str(row[severity])) for row in rows[rows.index(header) + 1 :] if row[severity]]


def test_two_sheets_of_one_name_have_returns_of_their_own(settings: Settings) -> None:
    drop(settings, shops(BAD))
    run(settings, today=DAY)
    drop(settings, shops({**GOOD, "contact_phone": "139328200"}, name="登记.xlsx"), "李敏/登记.xlsx")
    run(settings, today=DAY)

    names = returns(settings)
    assert len(names) == 2
    assert names[1] == "登记.xlsx" or names[0] == "登记.xlsx"
    other = next(name for name in names if name != "登记.xlsx")
    hand_back(settings, other, "好.xlsx", put("139328200", GOOD["contact_phone"]))
    assert returns(settings) == ["登记.xlsx"]


def test_a_csv_comes_back_as_a_workbook_that_says_so(settings: Settings) -> None:
    text = f"许可证号,客户名称,负责人,联系电话,经营地址,有效期止\n{SHOP['licence_no']},惠民超市,张三喜,1393282001,武强县周窝镇周窝村12号,2029-03-04\n"
    (settings.inbox / "导出.csv").write_text(text, encoding="utf-8-sig")
    run(settings, today=DAY)

    assert returns(settings) == ["导出.xlsx"]
    book = opened(settings, "导出.xlsx")
    assert any("没能保留" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    sheet, cell = at(book, "1393282001")
    assert book[sheet][cell].fill.fgColor.rgb == Tint.ERROR
    hand_back(settings, "导出.xlsx", "导出改.xlsx", put("1393282001", "13932820018"))
    assert returns(settings) == []


def test_of_a_zip_only_the_workbook_with_errors_comes_back(settings: Settings) -> None:
    for name, row in (("甲.xlsx", BAD), ("乙.xlsx", GOOD), ("丙.xlsx", {**GOOD, "licence_no": "13112310003"})):
        drop(settings, shops(row, name=name))
    with zipfile.ZipFile(settings.inbox / "汇总.zip", "w") as packed:
        for name in ("甲.xlsx", "乙.xlsx", "丙.xlsx"):
            packed.write(settings.inbox / name, name)
            (settings.inbox / name).unlink()
    run(settings, today=DAY)

    assert returns(settings) == ["汇总-丙.xlsx", "汇总-甲.xlsx"]
    hand_back(settings, "汇总-甲.xlsx", "甲改.xlsx", put("1393282001", "13932820018"))
    assert returns(settings) == ["汇总-丙.xlsx"]


def test_the_sender_gets_it_by_mail(settings: Settings) -> None:
    drop(settings, shops(BAD), "李敏/登记.xlsx")
    run(settings, today=DAY)

    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (settings.outbox / "mail").glob("*.eml")
    ]
    attached = {part.get_filename(): part.get_content() for mail in mails for part in mail.iter_attachments()}
    book = openpyxl.load_workbook(io.BytesIO(attached["退回-登记.xlsx"]))
    assert book.worksheets[0].title == "退回说明"


def attachments(settings: Settings) -> list[str]:
    """The names of all files that went with mails, each once."""
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (settings.outbox / "mail").glob("*.eml")
    ]
    return sorted({str(part.get_filename()) for mail in mails for part in mail.iter_attachments()})


def test_saved_from_the_mail_and_still_wrong_it_keeps_the_name_that_its_sender_gave_it(settings: Settings) -> None:
    drop(settings, shops({**SHOP, "licence_no": "13112310001"}, GOOD), "李敏/登记.xlsx")
    run(settings, today=DAY)
    for wrong, day in (("13112310002", DAY), ("13112310003", LATER)):
        book = opened(settings, "登记.xlsx")
        put("13112310001" if wrong == "13112310002" else "13112310002", wrong)(book)
        book.save(settings.inbox / "李敏" / "退回-登记.xlsx")
        run(settings, today=day)
        assert returns(settings) == ["登记.xlsx"]
    assert [name for name in attachments(settings) if "登记" in name] == ["退回-登记.xlsx"]


def test_the_exceptions_of_all_are_called_so_in_the_mail_too(tmp_path: Path) -> None:
    office = new_office(tmp_path, clerk="clerk@example.com")
    drop(office, PEOPLE)
    drop(office, AREAS)
    (office.inbox / "坏.xlsx").write_bytes(b"\x00\x01" * 300)
    run(office, today=DAY)
    assert "异常表-全部.xlsx" in attachments(office)
    assert not [name for name in attachments(office) if "all" in name]
    assert path_of_attachment("异常表-全部.xlsx") == path_of_attachment("exceptions-all.xlsx") == "exceptions/all.xlsx"


def test_a_trial_makes_none(settings: Settings) -> None:
    drop(settings, shops(BAD))
    run(settings, today=DAY, dry_run=True)
    assert returns(settings) == []


def test_what_nobody_can_open_does_not_come_back(settings: Settings) -> None:
    (settings.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 half a workbook PK\x05\x06" + bytes(18))
    summary = run(settings, today=DAY)
    assert summary.files.refused == 1
    assert returns(settings) == []


WRONG_NUMBER = {**SHOP, "licence_no": "13112310"}
THIRD = {**GOOD, "licence_no": "131123100034", "customer_name": "小芳食杂店", "contact_phone": "13932820034",
         "principal": "孙小芳", "shop_address": "武强县周窝镇王家庄8号"}  # fmt: skip


def test_a_mistyped_number_corrected_in_the_senders_own_copy_is_mended_whatever_the_file_is_called(
    settings: Settings,
) -> None:
    drop(settings, shops(GOOD, THIRD, WRONG_NUMBER))
    run(settings, today=DAY)
    assert ["13112310" in sentence for _, sentence in told(settings)] == [True]

    drop(settings, shops(GOOD, THIRD, SHOP, name="更正后.xlsx"))
    run(settings, today=DAY)

    assert told(settings) == []
    assert returns(settings) == []


def test_another_sheet_that_lacks_a_record_of_the_first_mends_nothing(settings: Settings) -> None:
    drop(settings, shops(GOOD, THIRD, WRONG_NUMBER))
    run(settings, today=DAY)
    drop(settings, shops(GOOD, SHOP, name="另一份.xlsx"))
    run(settings, today=DAY)

    assert ["13112310" in sentence for _, sentence in told(settings)] == [True]
