from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text

from pipeline.domain.customizations import Additions
from pipeline.domain.finding import Finding
from pipeline.domain.mail import Delivery, DeliveryOutcome, Outgoing
from pipeline.domain.record import Event
from pipeline.domain.record_fold import fold
from pipeline.errors import LedgerError, NoLedgerError
from pipeline.outside.ledger import Ledger, open_ledger
from schemas.language import Severity

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
EVENT = Event(
    register="shops",
    key="7",
    form="opening",
    values={"shop_no": "7", "shop_title": "甲店", "grade": 3},
    cells={"shop_no": "A5"},
    before={},
    state="new",
    submission="sha",
    file="a.xlsx",
    sheet="表1",
    actor="李敏",
    on=DAY,
    opens=True,
    number=1,
    run=1,
    notes={"门头": "有"},
)


@pytest.fixture
def url(ledger_url: str) -> str:
    return ledger_url


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = open_ledger(url)
    yield opened
    opened.close()


def test_events_and_entries_come_back_as_they_were(ledger: Ledger, url: str) -> None:
    later = replace(
        EVENT, values={"shop_title": "乙店"}, before={"shop_title": "甲店"}, state="", opens=False, number=2
    )
    entry = fold([EVENT, later])
    assert entry is not None
    with ledger.transaction() as uow:
        uow.events.add([EVENT, later])
        uow.records.put([entry])

    with open_ledger(url).transaction() as uow:
        assert uow.events.find(register="shops", key="7") == [EVENT, later]
        assert uow.records.get("shops") == {"7": entry}
        assert uow.events.last_number() == 2
        assert uow.events.find(changes=True) == [later]


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), ledger.transaction() as uow:
        uow.events.add([EVENT])
        raise ZeroDivisionError

    with ledger.transaction() as uow:
        assert uow.events.find() == []


def test_what_is_forgotten_was_never_written(ledger: Ledger) -> None:
    with ledger.transaction() as uow:
        uow.events.add([EVENT])
        uow.forget()

    with ledger.transaction() as uow:
        assert uow.events.find() == []


def test_findings_keep_their_number_and_day_until_they_are_closed(ledger: Ledger) -> None:
    finding = Finding(
        "value.date", Severity.ERROR, "sha", "a.xlsx", "表1", "C5", "opening", "born", "2月30", "7", (("a", "b"),)
    )
    with ledger.transaction() as uow:
        (opened,) = uow.findings.add([(finding, "K1")], DAY, 1)
        uow.findings.renew([replace(opened, finding=replace(finding, cell="C9"))], 2)
        assert uow.findings.open() == [replace(opened, finding=replace(finding, cell="C9"))]
        uow.findings.close([opened.number], DAY, 2)
        assert uow.findings.open() == []


def test_a_finding_is_seen_as_it_stood_after_each_run(ledger: Ledger) -> None:
    finding = Finding(
        "spares.short", Severity.WARNING, "", "", "", "", "spare", "stock", "轴承", "7", (("stock", "0"),)
    )
    with ledger.transaction() as uow:
        (first,) = uow.findings.add([(finding, "K1")], DAY, 1)
        second = replace(first, finding=replace(finding, details=(("stock", "1"),)))
        third = replace(first, finding=replace(finding, severity=Severity.ERROR), owner="K2")
        uow.findings.renew([second], 3)
        uow.findings.renew([third], 5)
        uow.findings.renew([replace(third, owner="K3")], 5)  # twice in a run

        assert [uow.findings.open_after(run) for run in range(7)] == [
            [],
            [first],
            [first],
            [second],
            [second],
            [replace(third, owner="K3")],
            [replace(third, owner="K3")],
        ]


def test_a_mail_waits_until_its_next_try_and_is_not_sent_twice(ledger: Ledger) -> None:
    mail = Outgoing("k1@example.com", "<1@ruwang>", b"To: k1")
    hour = timedelta(hours=1)
    with ledger.transaction() as uow:
        uow.mails.queue([mail], 1, NOW)
        (waiting,) = uow.mails.waiting(NOW)
        assert (waiting.recipient, waiting.content, waiting.queued) == ("k1@example.com", b"To: k1", NOW)
        uow.mails.record(waiting.number, Delivery(DeliveryOutcome.QUEUED, 1, NOW + hour, "greylisted"))
        assert uow.mails.waiting(NOW) == []
        (again,) = uow.mails.waiting(NOW + hour)
        assert again.attempts == 1
        uow.mails.record(again.number, Delivery(DeliveryOutcome.SENT, 2))
        assert uow.mails.waiting(NOW + 9 * hour) == []


def test_many_keys_are_found_in_key_order(ledger: Ledger) -> None:
    entries = [fold([replace(EVENT, key=f"{number:05}")]) for number in range(1201)]
    with ledger.transaction() as uow:
        uow.records.put(entry for entry in entries if entry)
        found = uow.records.get("shops", keys=[f"{number:05}" for number in range(0, 1201, 2)])

    assert len(found) == 601
    assert list(found) == sorted(found)


def test_keys_come_in_the_order_of_their_signs_whatever_the_language_of_the_server(ledger: Ledger) -> None:
    keys = ["b2", "甲", "a10", "B1", "乙", "a-2", "丙"]
    entries = [fold([replace(EVENT, key=key)]) for key in keys]
    with ledger.transaction() as uow:
        uow.records.put(entry for entry in entries if entry)

    with ledger.transaction() as uow:
        assert list(uow.records.get("shops")) == sorted(keys)


def test_a_sign_that_no_server_takes_does_not_stop_a_run(ledger: Ledger) -> None:
    strange = replace(EVENT, file="a\0.xlsx", values={"shop_title": "甲\0店", "grade": r"写着\u0000"})
    entry = fold([strange])
    assert entry is not None
    with ledger.transaction() as uow:
        uow.events.add([strange])
        uow.records.put([entry])

    with ledger.transaction() as uow:
        (kept,) = uow.events.find()
        assert kept.values["shop_title"] in {"甲\0店", "甲\ufffd店"}
        assert kept.values["grade"] == r"写着\u0000"
        assert kept.file in {"a\0.xlsx", "a\ufffd.xlsx"}
        assert uow.records.holding("shops", {"shop_title": ["乙店"]}) == {}


def test_of_many_events_each_says_its_own_and_names_its_own_cells(ledger: Ledger) -> None:
    rows = [
        replace(
            EVENT,
            key=str(at),
            values={"shop_no": str(at), "grade": at, **({"shop_title": f"{at}店"} if at % 3 else {})},
            cells={"shop_no": f"A{at}", "grade": f"AB{at}", **({"shop_title": f"C{at}"} if at % 3 else {})},
            number=at,
            sheet=f"表{at % 2}",
            notes={},
        )
        for at in range(1, 300)
    ]
    # the same columns from right to left, a value without a cell, a cell without a value, another column on the same sheet
    rows[10] = replace(rows[10], cells=dict(reversed(rows[10].cells.items())))
    rows[11] = replace(rows[11], cells={"shop_no": "A12"})
    rows[12] = replace(rows[12], values={"grade": None}, before={"grade": 13})
    rows[13] = replace(rows[13], cells={"shop_no": "A14", "grade": "B14"})
    rows[14] = replace(rows[14], cells={})
    with ledger.transaction() as uow:
        uow.events.add(rows)

    with ledger.transaction() as uow:
        found = uow.events.find(register="shops")
        assert found == rows
        assert [list(each.cells.items()) for each in found] == [list(each.cells.items()) for each in rows]
        assert uow.events.find(key="7", register="shops") == [rows[6]]


def test_a_mail_that_has_arrived_is_not_kept_itself_and_its_room_is_given_back(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{file}") as ledger:
        with ledger.transaction() as uow:
            uow.mails.queue([Outgoing(f"{at}@example.com", f"<{at}>", b"x" * 1_000_000) for at in range(3)], 1, NOW)
        grown = file.stat().st_size
        with ledger.transaction() as uow:
            uow.mails.record(1, Delivery(DeliveryOutcome.SENT, 1))
            uow.mails.record(2, Delivery(DeliveryOutcome.FAILED, 1))
            uow.give_back()
            assert [len(each.mail.content) for each in uow.mails.undelivered()] == [1_000_000, 1_000_000]
    assert grown > 3_000_000
    assert file.stat().st_size < 2_300_000


def test_of_the_last_runs_with_news_all_of_the_last_day_are_told(ledger: Ledger) -> None:
    days = [date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 3)]
    with ledger.transaction() as uow:
        for at, day in enumerate(days, start=1):
            number = uow.runs.start(day, NOW)
            uow.runs.finish(number, {"files": {"read": 0 if at == 4 else 1, "refused": 0}})

        assert [run.number for run in uow.runs.with_news(1)] == [5, 3]
        assert [run.number for run in uow.runs.with_news(3)] == [5, 3, 2]
        assert [run.number for run in uow.runs.with_news(9)] == [5, 3, 2, 1]


def test_sheets_that_staff_added_keep_their_order(ledger: Ledger) -> None:
    with ledger.transaction() as uow:
        uow.reports.put_customizations(Additions(sheets={"丙": b"3", "甲": b"1", "乙": b"2"}))

    with ledger.transaction() as uow:
        assert list(uow.reports.customizations().sheets) == ["丙", "甲", "乙"]


def test_a_ledger_of_a_newer_program_is_refused(ledger: Ledger, url: str) -> None:
    with create_engine(url).begin() as connection:
        about = "about" if url.startswith("sqlite") else "office.about"
        connection.execute(text(f"UPDATE {about} SET value = '99'"))

    with pytest.raises(LedgerError, match="99"):
        open_ledger(url)


def test_a_damaged_ledger_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ruwang.db"
    path.write_bytes(b"SQLite format 3\x00" + b"rubbish" * 999)

    with pytest.raises(LedgerError, match=r"ruwang\.db"):
        open_ledger(f"sqlite:///{path}")
    assert path.read_bytes().endswith(b"rubbish")


def test_asking_does_not_make_a_ledger(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(NoLedgerError, match="no ledger"):
            open_ledger(url, create=False)
    assert list(tmp_path.iterdir()) == []
