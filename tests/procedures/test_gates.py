"""A gate looks at what is so now: after the run's own papers are in, and on its own day, not as the last run left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.office import Office

DECLARED = """
from schemas.language import FieldRole, Kind, Localized, Option, Procedure, Register, Stage, State, Transition
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form
from schemas.language.field import Field
from schemas.language.work import NO, YES, Derived

CASHIER = Option("cashier", Localized("出纳", "Cashier"))


class Bill(FormModel, form=form("gate_bill", "应付单", "Bill")):
    bill_no: Text = field("应付单号", "Bill No", kind=Kind.CODE, key=True, example="YF1")
    bill_text: Text = field("应付事由", "What for", required=True, means=FieldRole.TITLE, example="礼品")
    bill_from: Date = field("起付日期", "Paid from", kind=Kind.DATE, required=True)


class Paid(FormModel, form=form("gate_paid", "付讫单", "Paid")):
    bill_no: Text = field("应付单号", "Bill No", kind=Kind.CODE, key=True, example="YF1")
    bill_paid: Number = field("付讫金额", "Paid", kind=Kind.NUMBER, required=True)


class Receipt(FormModel, form=form("gate_receipt", "收讫单", "Receipt")):
    receipt_no: Text = field("收讫单号", "Receipt No", kind=Kind.CODE, key=True, example="YF1")
    receipt_sum: Number = field("收讫金额", "Received", kind=Kind.NUMBER, required=True)


def _open(values, held, today):
    return (YES if str(values["bill_from"]) <= today.isoformat() and values["bill_no"] in held["gate_receipts"] else NO).code


PROCEDURE = Procedure(
    "gates",
    Localized("付款", "Payments"),
    roles=(CASHIER,),
    registers=(
        Register(
            "gate_bills",
            Localized("应付", "Bills"),
            forms=(describe(Bill), describe(Paid)),
            looks_at=("gate_receipts",),
            states=(State("gate_to_pay", Localized("待付", "To pay")), State("gate_done", Localized("已付", "Paid"), final=True)),
            stages=(
                Stage("bill", Localized("应付", "Bill"), CASHIER.code, "gate_bill", transitions=(Transition("gate_to_pay"),)),
                Stage(
                    "pay", Localized("付讫", "Pay"), CASHIER.code, "gate_paid", "gate_to_pay",
                    transitions=(
                        Transition("", known=(("gate_open", ("no",)),), why=Localized("还不能付", "Not yet")),
                        Transition("gate_done"),
                    ),
                ),
            ),
            derived=(Derived(Field("gate_open", Localized("可付", "Open"), Kind.CHOICE, options=(YES, NO)), look=_open),),
        ),
        Register("gate_receipts", Localized("收讫", "Receipts"), forms=(describe(Receipt),)),
    ),
)
"""
PAID = {"bill_no": "YF1", "bill_paid": 100}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    package = tmp_path / "procedures" / "gates"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(DECLARED, encoding="utf-8")
    office = Office(tmp_path, ["gates"], [("C1", "钱出纳", "出纳")], procedures_folder=str(package.parent))
    office.drop("gate_bill", {"bill_no": "YF1", "bill_text": "礼品", "bill_from": "2026-11-09"})
    office.run("2026-11-06 09:00")
    return office


def state(office: Office) -> str:
    return str(office.record("应付", "YF1")["当前状态"])


def test_what_may_be_done_from_today_on_is_done_today(office: Office) -> None:
    office.drop("gate_receipt", {"receipt_no": "YF1", "receipt_sum": 100})
    office.run("2026-11-06 10:00")
    office.drop("gate_paid", PAID)
    office.run("2026-11-09 09:00")  # Monday's first run: Friday's left the gate closed
    assert (state(office), office.exceptions()) == ("已付", [])


def test_what_the_gate_hangs_on_may_come_with_the_same_run(office: Office) -> None:
    office.run("2026-11-09 08:00")
    office.drop("gate_paid", PAID)
    office.drop("gate_receipt", {"receipt_no": "YF1", "receipt_sum": 100})
    office.run("2026-11-09 09:00")
    assert (state(office), office.exceptions()) == ("已付", [])


def test_a_gate_that_is_closed_stays_closed(office: Office) -> None:
    office.drop("gate_paid", PAID)
    office.run("2026-11-09 09:00")
    assert state(office) == "待付"
    assert any("还不能付" in each for each in office.exceptions() + office.mails("C1"))
