"""档案借阅: who has a customer's paper file, until when; part of ``customer_files``.

Its ``manual.toml`` says what the manual gives. Ours: a paper file is with one borrower at a time, the next one gets it when
it is back, on a day that its keeper gives; a loan for more than a month (``MOST_DAYS``) is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.file_loans import forms
from schemas.language import (
    Against,
    Comparison,
    Field,
    Kind,
    Localized,
    Option,
    Register,
    Stage,
    State,
    Transition,
    Values,
    telling,
    watching,
    work,
)
from schemas.language.model import describe
from schemas.language.ordering import before_foregoing
from schemas.language.work import NO, YES, Derived, Numbered, RegisterView
from schemas.roster.roles import MARKET_MANAGER

KEEPER = Option("file_keeper", Localized("档案管理员", "File keeper"), ("档案员",))
MOST_DAYS = 31
"""So long a paper file is lent without a word."""
TO_LEND = State("file_to_lend", Localized("待借出", "To lend"))
TO_HAND = State("file_to_hand", Localized("待交付", "To hand over"))
LENT = State("file_lent", Localized("借出", "Lent"))
BACK = State("file_back", Localized("已归还", "Given back"), final=True)
FILED = State("file_filed", Localized("已归档", "Filed away"), final=True)
"""Of a file: in which it may be lent."""


def borrower(held: RegisterView, file: object) -> str:
    """Return who has borrowed the paper file *file*, "" where nobody has."""
    loans = held.holding("file_loans", "lent_file", file)
    return next((str(each.get("lent_to")) for each in loans if each.state == LENT.code), "")


LATER = Option("free_later", Localized("归还后才可借", "Once it was back"))


def _free_from(values: Values, held: RegisterView, today: date) -> str | None:
    """The day on which the paper file came back from whoever had it on the day from which it is asked for."""
    own = held["file_loans"].get(values["loan_no"])
    if own is not None and own.state != TO_LEND.code:
        return values.get("file_free_from")  # as it was when it was lent
    mine = (values["lent_on"], values["loan_no"])
    had = [
        str(each.values["given_back_on"])
        for each in held.holding("file_loans", "lent_file", values["lent_file"])
        if each.state == BACK.code and (each.get("handed_on") or each.values["lent_on"], each.key) < mine
    ]
    return max((day for day in had if day > values["lent_on"]), default=None)


def _file_is_free(values: Values, held: RegisterView, today: date) -> str:
    """Whether there is such a paper file, and nobody else has it, or asked for it before."""
    if values["lent_file"] not in held["customer_files"]:
        return NO.code
    mine = (values["lent_on"], values["loan_no"])
    for each in held.holding("file_loans", "lent_file", values["lent_file"]):
        waits = each.state in (TO_LEND.code, TO_HAND.code) and (each.values["lent_on"], each.key) < mine
        if each.key != values["loan_no"] and (each.state == LENT.code or waits):
            return NO.code
    return (LATER if _free_from(values, held, today) else YES).code


def _asked_twice(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["file_loans"].items():
        file = each.values["lent_file"]
        if each.state == TO_LEND.code and borrower(held, file):
            yield work.Seen(key, "lent_file", file, KEEPER.code, {"has": borrower(held, file)})


# fmt: off
LOANS = Register(
    "file_loans", Localized("档案借阅", "Loans"), forms=tuple(map(describe, (forms.Loan, forms.LoanHanded, forms.LoanReturn))), states=(TO_LEND, TO_HAND, LENT, BACK), manager=MARKET_MANAGER.code, looks_at=("customer_files",),
    stages=(
        Stage("lend_file", Localized("借阅登记", "Lend"), KEEPER.code, "file_loan", transitions=(Transition(TO_LEND.code),)),
        Stage("wait_file", Localized("等待归还", "Wait"), KEEPER.code, state=TO_LEND.code, transitions=(Transition(LENT.code, known=(("file_free", (YES.code,)),)), Transition(TO_HAND.code, known=(("file_free", (LATER.code,)),)))),
        Stage("hand_file", Localized("档案交付", "Hand over"), KEEPER.code, "file_handed", TO_HAND.code, days=1, strict=True, renews=("lent_until",),
              against=(Against("handed_on", Comparison.NOT_BEFORE, "file_free_from"),), transitions=(Transition(LENT.code),),
              task=Localized("纸档已收回：交给下一位借阅人，写明哪天借出、哪天应还", "It is back: hand it to the next borrower, and say when, and until when")),
        Stage("give_back_file", Localized("档案归还", "Take back"), KEEPER.code, "file_return", LENT.code, due_by="lent_until", strict=True,
              task=Localized("到期收回所借档案", "Take the files back when due"), transitions=(Transition(BACK.code),)),
    ),
    derived=(Derived(Field("file_free", Localized("可否借出", "May be lent"), Kind.CHOICE, options=(YES, NO, LATER)), look=_file_is_free),
             Derived(Field("file_free_from", Localized("纸档归还日期", "It was back on"), Kind.DATE), look=_free_from)),
    watches=(work.warning("files.two_borrowers", Localized("档案 {value} 的纸档还在{has}处，一份纸档一次只借一人", "The paper file {value} is still with {has}: one borrower at a time"),
                     Localized("先收回登记归还，再借出", "Have it given back first"), _asked_twice),
             before_foregoing("files.lent_before", ("file_loans", "lent_on"), ("lent_file", "customer_files", "filed_on"),
                              Localized("借出日期 {value} 早于档案 {other} 的建档日期 {since}", "Lent on {value}, before file {other} was made on {since}"),
                              Localized("核对两个日期和档案编号，改正写错的", "Compare both days and the file, and mend what is wrong"), KEEPER.code),
             telling.not_given_back("files.not_given_back", "file_loans", LENT.code, "lent_file", "lent_until", "lent_to"),
             watching.too_far_off("files.long_loan", "file_loans", (TO_LEND.code, LENT.code), ("lent_on", "lent_until"), MOST_DAYS,
                                 Localized("从 {since} 借到 {value}，长达 {days} 天", "Lent from {since} to {value}: that is {days} days"),
                                 Localized("写错的改正应还日期；确需这样长的选“知道了”", "Correct the day, or note it"), KEEPER.code)),
    numbered=Numbered("JY{yy}{month}{serial:02d}", ("lent_file", "lent_on", "lent_to"), "lent_on"), refers=(work.Refers("lent_file", "customer_files", (FILED.code,), always=True),),
)
