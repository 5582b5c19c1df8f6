"""Whoever hands something in is told once what became of it, by numbers that add up and agree with the reconciliation."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from pipeline.commands.demo import answered
from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import KEY, SHOP, VISIT, drop, new_office, shops

CLERK, KEEPER, WALKER, MANAGER = "clerk@example.com", "a01@example.com", "k02@example.com", "s01@example.com"
OTHER = {**SHOP, "licence_no": "131123100026", "customer_name": "平安烟酒店", "contact_phone": "13932820026",
         "principal": "李平安", "shop_address": "武强县周窝镇张法台村3号"}  # fmt: skip
BAD = {**OTHER, "licence_no": "131123100034", "contact_phone": "1393282001"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path, clerk=CLERK)
    drop(found, PEOPLE)
    drop(found, AREAS)
    mails(found, 3)
    return found


def mails(settings: Settings, day: int) -> tuple[RunSummary, dict[str, EmailMessage]]:
    """Run on that day of November; the new mails by recipient."""
    before = set(settings.mail_folder.glob("*.eml"))
    summary = run(settings, today=date(2026, 11, day))
    found = {}
    for path in set(settings.mail_folder.glob("*.eml")) - before:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        found[str(message["To"])] = message
    return summary, found


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def shown(message: EmailMessage) -> str:
    """What a client shows of the page in the mail, a line a block."""
    body = message.get_body(("html",))
    assert body is not None
    page = lxml.html.fromstring(body.get_content().encode())
    return "\n".join(" ".join(each.split()) for each in page.itertext() if each.strip())


def receipts(message: EmailMessage) -> list[str]:
    """The lines of the one section that tells of what was handed in; the page says the same."""
    sections = re.split(r"^■ ", text(message), flags=re.MULTILINE)
    found = [each for each in sections if each.startswith("您交来的表")]
    assert len(found) <= 1
    lines = [line.removeprefix("  - ") for each in found for line in each.splitlines() if line.startswith("  - ")]
    assert all(line in shown(message) for line in lines)
    return lines


def test_the_sender_is_told_of_each_file_what_was_taken_and_what_came_back(settings: Settings) -> None:
    drop(settings, shops(SHOP, OTHER, BAD), "李秀英/登记.xlsx")
    summary, sent = mails(settings, 4)
    assert receipts(sent[WALKER]) == ["收到 3 行：采用 2，退回 1（《登记.xlsx》）"]
    assert (summary.rows.read, summary.rows.accepted, summary.rows.rejected) == (3, 2, 1)
    assert "收到" not in text(sent[MANAGER]) if MANAGER in sent else True
    assert CLERK not in sent or receipts(sent[CLERK]) == []


def test_it_comes_also_when_all_is_well_and_only_once(settings: Settings) -> None:
    drop(settings, shops(SHOP), "赵敏/登记.xlsx")
    _, sent = mails(settings, 4)
    assert receipts(sent[MANAGER]) == ["收到 1 行：采用 1（《登记.xlsx》）"]
    assert str(sent[MANAGER]["Subject"]) == "【营销部】收到您交来的 1 份表"
    assert [part.get_filename() for part in sent[MANAGER].iter_attachments()] == []
    _, later = mails(settings, 4)
    assert later == {}


def test_what_nobody_is_named_for_is_told_the_clerk(settings: Settings) -> None:
    drop(settings, shops(SHOP), "登记.xlsx")
    _, sent = mails(settings, 4)
    assert receipts(sent[CLERK]) == ["收到 1 行：采用 1（《登记.xlsx》）"]


def test_a_worklist_half_filled_is_told_to_whose_it_is(settings: Settings) -> None:
    drop(settings, shops(SHOP, OTHER))
    mails(settings, 3)
    (path,) = (settings.outbox / "worklists").glob("K02-*.xlsx")
    filled = answered(path.read_bytes(), in_force(settings), {KEY: VISIT})
    (settings.inbox / "做好.xlsx").write_bytes(filled)
    summary, sent = mails(settings, 4)
    (line,) = receipts(sent[WALKER])
    found = re.fullmatch(r"收到 (\d+) 行：采用 (\d+)，没有变化 (\d+)（《做好.xlsx》）", line)
    assert found is not None
    came, taken, same = map(int, found.groups())
    assert (came, taken, same) == (summary.rows.read, summary.rows.accepted, summary.rows.unchanged)
    assert came == taken + same


def test_the_very_file_again_is_no_news_and_is_told_beside_what_is(settings: Settings) -> None:
    """Whose it is is known though nobody has read it again."""
    drop(settings, shops(SHOP, OTHER))
    mails(settings, 3)
    (path,) = (settings.outbox / "worklists").glob("K02-*.xlsx")
    filled = answered(path.read_bytes(), in_force(settings), {KEY: VISIT})
    (settings.inbox / "做好.xlsx").write_bytes(filled)
    mails(settings, 4)

    (settings.inbox / "再交.xlsx").write_bytes(filled)
    _, sent = mails(settings, 4)
    assert sent == {}

    (settings.inbox / "再交.xlsx").write_bytes(filled)
    drop(settings, shops({**OTHER, "contact_phone": "13932820099"}), "李秀英/登记.xlsx")
    _, sent = mails(settings, 4)
    assert sorted(receipts(sent[WALKER])) == [
        "与先前交来的完全相同，没有变化（《再交.xlsx》）",
        "收到 1 行：采用 1（《登记.xlsx》）",
    ]


def test_all_receipts_of_a_run_add_up_to_the_reconciliation(settings: Settings) -> None:
    drop(settings, shops(SHOP, OTHER, BAD), "李秀英/登记.xlsx")
    drop(settings, shops({**BAD, "licence_no": "131123100042"}), "刘洋/13932810018登记.xlsx")
    drop(settings, shops({**SHOP, "licence_no": "131123100059"}), "登记二.xlsx")
    (settings.inbox / "照片.xlsx").write_bytes(b"\x00\x01" * 300)
    _, sent = mails(settings, 4)
    lines = [line for message in sent.values() for line in receipts(message)]
    assert "没能读出：《照片.xlsx》" in lines
    assert "收到 1 行：采用 0，退回 1（《139****0018登记.xlsx》）" in lines, "numbers of people are masked"

    def told(word: str) -> int:
        return sum(int(each) for line in lines for each in re.findall(rf"{word} (\d+)", line))

    books = openpyxl.load_workbook(settings.outbox / "master.xlsx")["对账"]
    by_label = {str(row[0].value).strip(): row[1].value for row in books.iter_rows() if row[0].value}
    assert by_label["采用"] == told("采用")
    assert by_label["退回"] == told("退回")
    assert sum(int(line.split(" ")[1]) for line in lines if line.startswith("收到")) == told("采用") + told("退回")


def test_many_files_are_summed_up_and_nothing_of_them_is_left_out(settings: Settings) -> None:
    for at in range(12):
        row = {**SHOP, "licence_no": f"13112310{at:04d}", "customer_name": f"店{at}"}
        drop(settings, shops(row), f"李秀英/登记{at:02d}.xlsx")
    summary, sent = mails(settings, 4)
    lines = receipts(sent[WALKER])
    assert len(lines) == 8
    assert lines[-1].startswith("另有 5 份：5 行：")
    rows = sum(int(re.search(r"(\d+) 行", line)[1]) for line in lines)  # type: ignore[index]
    assert rows == summary.rows.read == 12


def test_an_account_manager_reads_his_own_rows_and_not_the_offices_books(tmp_path: Path) -> None:
    """Also where account managers open records of their own, as complaints and visits."""
    office = new_office(tmp_path)
    drop(office, PEOPLE)
    drop(office, AREAS)
    drop(office, shops(SHOP, BAD), "李秀英/登记.xlsx")
    drop(office, shops({**BAD, "licence_no": "131123100042"}), "李敏/登记二.xlsx")
    _, sent = mails(office, 3)
    assert "收到 2 行：采用 1，退回 1（《登记.xlsx》）" in text(sent[WALKER])
    assert "数据行" not in text(sent[WALKER])
    assert "数据行" not in shown(sent[WALKER])
    assert "数据行" in text(sent[KEEPER])


def test_in_english(settings: Settings) -> None:
    english = settings.model_copy(update={"language": "en"})
    drop(english, shops(SHOP, BAD), "李秀英/登记.xlsx")
    _, sent = mails(english, 4)
    assert "received: rows 2: accepted 1, rejected 1 (登记.xlsx)" in text(sent[WALKER])
