"""客户建档: every customer has a file with a number by class, complete, checked; who has the paper and what was updated when.

``manual.toml`` says what the manual gives. Ours: six things make a file complete (``forms.WANTED``); whoever filed it has 5
working days for that, which adding to it does not prolong, the keeper 2 for the check; a file untouched for a year
(``file_stale_days``) is to be looked at. An update is a line of its own, and the newest of an item replaces what the file holds;
a file that holds everything, however it came in, waits for its check. A paper file is with one borrower at a time: the next one
gets it when it is back. A customer who becomes a member keeps the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from schemas.customer_files import forms
from schemas.language import (
    Field,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
    telling,
    work,
)
from schemas.language.model import describe
from schemas.language.sealing import Sealed
from schemas.language.work import NO, YES, CreatedRecord, Derived, Numbered, RecordView, RegisterView
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER

KEEPER = Option("file_keeper", Localized("档案管理员", "File keeper"), ("档案员",))
STALE = work.Parameter(
    "file_stale_days", Localized("档案几天未更新应核对", "Days after which a file is looked at"), 365, 1
)
TO_LEND = State("file_to_lend", Localized("待借出", "To lend"))
LENT = State("file_lent", Localized("借出", "Lent"))


def _missing(values: Values) -> list[str]:
    return [words.zh for code, words in forms.WANTED.items() if not values.get(code)]


def _completeness(values: Values) -> int:
    return round(100 * (1 - len(_missing(values)) / len(forms.WANTED)))


def _complete(values: Values) -> str:
    return (NO if _missing(values) else YES).code


def _borrower(held: RegisterView, file: object) -> str:
    loans = held.holding("file_loans", "lent_file", file)
    return next((str(each.get("lent_to")) for each in loans if each.state == LENT.code), "")


def _paper_with(values: Values, held: RegisterView, today: date) -> str:
    """Whoever has borrowed the paper file, else who keeps it."""
    return _borrower(held, values.get("file_no")) or str(values.get("file_holder", ""))


def _file_is_free(values: Values, held: RegisterView, today: date) -> str:
    """Whether nobody else has the paper file, or asked for it before."""
    mine = (values["lent_on"], values["loan_no"])
    for each in held.holding("file_loans", "lent_file", values["lent_file"]):
        waits = each.state == TO_LEND.code and (each.values["lent_on"], each.key) < mine
        if each.key != values["loan_no"] and (each.state == LENT.code or waits):
            return NO.code
    return YES.code


def _asked_twice(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["file_loans"].items():
        if each.state == TO_LEND.code:
            file = each.values["lent_file"]
            yield work.Seen(key, "lent_file", file, KEEPER.code, {"has": _borrower(held, file)})


def _new_content(values: Values) -> str:
    """What a line of updates says, as its field of the file holds it."""
    said = str(values["updated_content"])
    return forms.as_phone(said) if values["updated_item"] == forms.PHONE_ITEM else said


def _taken_content(values: Values, held: RegisterView, today: date) -> str | None:
    """What the file has taken over from this line: it stays so when the file goes on to something else."""
    file = held["customer_files"].get(str(values.get("updated_file")))
    code = forms.FIELD_OF.get(str(values.get("updated_item")), "")
    there = file is not None and code and file.get(code) == _new_content(values)
    return _new_content(values) if there else values.get("taken_content")


def _updated_files(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """What lines of updates that are not taken over yet say of files that there are: of an item the newest."""
    newest: dict[tuple[str, str], RecordView] = {}
    for each in sorted(held["file_updates"].values(), key=lambda one: (str(one.get("updated_on")), one.key)):
        if each.get("updated_item") in forms.FIELD_OF:
            newest[each.values["updated_file"], each.values["updated_item"]] = each
    for (file, item), each in newest.items():
        content = _new_content(each.values)
        if file in held["customer_files"] and each.get("taken_content") != content:
            why = Localized(f"按档案更新 {each.key}", f"by update {each.key}")
            yield CreatedRecord(file, {forms.FIELD_OF[item]: content}, why=why)


def _before_the_file(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["file_updates"].items():
        file = held["customer_files"].get(str(each.get("updated_file")))
        if file and str(each.get("updated_on", "9999")) < str(file.get("filed_on", "")):
            yield work.Seen(key, "updated_on", each.values["updated_on"], details={"filed": file.values["filed_on"]})


# fmt: off
def _overtaken(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Lines that came in when a line of a later day had said something else of the same item: the file keeps that one's."""
    for key, each in held["file_updates"].items():
        of_file = held.holding("file_updates", "updated_file", each.get("updated_file"))
        later = [(str(one.values["updated_on"]), one.key) for one in of_file if one.get("updated_item") == each.get("updated_item")]
        if each.get("updated_item") in forms.FIELD_OF and not each.get("taken_content") and max(later)[0] > str(each.get("updated_on")):
            yield work.Seen(key, "updated_content", each.values["updated_content"], details={"other": max(later)[1], "on": max(later)[0]})
# fmt: on


def _last_update(at: int) -> Callable[[Values, RegisterView, date], str | None]:
    """Of the newest line of updates its day (0) or its item (1)."""

    def look(values: Values, held: RegisterView, today: date) -> str | None:
        those = held.holding("file_updates", "updated_file", values.get("file_no"))
        newest = max(
            ((str(each.values["updated_on"]), str(each.values["updated_item"])) for each in those), default=None
        )
        return newest[at] if newest else None

    return look


def _stale(held: RegisterView, today: date) -> Iterator[work.Seen]:
    since = (today - timedelta(days=held.parameter(STALE.code))).isoformat()
    for key, each in held["customer_files"].items():
        last = each.get("last_updated_on") or each.values["filed_on"]
        if last < since:
            yield work.Seen(key, "file_customer", each.values["file_customer"], details={"last": last})


def _by_class(held: RegisterView, today: date) -> work.FigureRows:
    rows: list[list[work.FigureCell]] = []
    for kind in (forms.MEMBER, forms.OTHER) if held["customer_files"] else ():
        those = [each for each in held["customer_files"].values() if each.get("file_class") == kind.code]
        complete = sum(each.get("file_complete") == YES.code for each in those)
        lent = sum(each.get("paper_with") != each.get("file_holder") for each in those)
        share = work.mean(each.get("file_completeness", 0) / 100 for each in those)
        rows.append([kind.words, len(those), complete, share, lent])
    return rows


# fmt: off
SORTING = State("file_sorting", Localized("登记", "Filed"))
TO_COMPLETE = State("file_to_complete", Localized("待补充", "To complete"))
TO_CHECK = State("file_to_check", Localized("待验收", "To check"))
FILED = State("file_filed", Localized("已归档", "Filed away"), final=True)
NOTED = State("update_noted", Localized("已登记", "Noted"))  # not final: a file that does not exist stays a finding
BACK = State("file_back", Localized("已归还", "Given back"), final=True)
FILES = Register(
    "customer_files", Localized("客户档案", "Files"), forms=tuple(map(describe, (forms.CustomerFile, forms.FileCompletion, forms.FileCheck))),
    states=(SORTING, TO_COMPLETE, TO_CHECK, FILED), manager=MARKET_MANAGER.code, looks_at=("file_loans", "file_updates"), count_by=("file_class",), told=tuple(forms.WANTED),
    opens=(work.CreatesRecords(_updated_files, follows=True),), numbered=Numbered("{prefix}{serial:04d}", ("file_customer",), prefix=lambda values: "A" if values.get("file_class") == forms.MEMBER.code else "B"),
    sealed=Sealed("customer_files", "{file_no}", (FILED.code,), ("file_class", "file_licence"), TO_CHECK.code),
    stages=(
        Stage("open_file", Localized("建档", "File"), ACCOUNT_MANAGER.code, "customer_file", transitions=(Transition(SORTING.code),)),
        Stage("sort_file", Localized("查缺项", "Sort"), KEEPER.code, state=SORTING.code,
              transitions=(Transition(TO_CHECK.code, known=(("file_complete", (YES.code,)),)), Transition(TO_COMPLETE.code, known=(("file_complete", (NO.code,)),)))),
        Stage("complete_file", Localized("补充档案", "Complete"), ACCOUNT_MANAGER.code, "file_completion", TO_COMPLETE.code, days=5, whom="file_by", anew=True,
              task=Localized("补齐缺少的项目；被退回的改好，并写明怎么补正的", "Fill in what is missing; put right what was sent back, and say how"),
              transitions=(Transition(TO_CHECK.code, known=(("file_complete", (YES.code,)), ("file_sent_back", (NO.code,))), by_itself=True),
                           Transition(SORTING.code, known=(("file_sent_back", (YES.code,)),)), Transition("", stays=True))),
        Stage("check_file", Localized("档案验收", "Check"), KEEPER.code, "file_check", TO_CHECK.code, days=2, strict=True, not_by=("file_by",),
              task=Localized("核对纸档，相符的归档，不符的写明原因退回", "Compare with the paper: file it away, or send it back and say why"),
              transitions=fields.decided("file_answer", FILED, TO_COMPLETE)),
    ),
    derived=(
        Derived(Field("file_complete", Localized("是否齐全", "Complete"), Kind.CHOICE, options=(YES, NO)), _complete),
        Derived(Field("file_sent_back", Localized("是否被退回", "Sent back"), Kind.CHOICE, options=(YES, NO)),
                lambda values: (YES if values.get("file_answer") == fields.RETURNED.code else NO).code),
        Derived(Field("file_completeness", Localized("完整率（%）", "Completeness, %"), Kind.INTEGER), _completeness),
        Derived(Field("file_missing", Localized("缺项", "Missing")), lambda values: "、".join(_missing(values)) or None),
        Derived(Field("paper_with", Localized("纸档现在谁处", "Who has the paper file")), look=_paper_with),
        Derived(Field("last_updated_on", Localized("最近更新日期", "Last updated on"), Kind.DATE), look=_last_update(0)),
        Derived(Field("last_updated_item", Localized("最近更新项目", "Last updated"), Kind.CHOICE, options=forms.ITEMS), look=_last_update(1)),
    ),
    watches=(work.warning("files.stale", Localized("“{value}”的档案自 {last} 起没有更新", "The file of “{value}” has not been updated since {last}"),
                     Localized("核对后填写档案更新记录表", "Look at it, and hand in what was updated"), _stale),),
    statistics=(
        work.Statistic("files_by_class", Localized("档案按类别", "Files by class"), Localized("类别", "Class"),
                  (work.Measure(Localized("档案数", "Files")), work.Measure(Localized("齐全", "Complete")), work.rate("平均完整率", "Completeness"), work.Measure(Localized("纸档借出", "Lent"))), _by_class),
    ),
)
UPDATES = Register(
    "file_updates", Localized("档案更新", "Updates"), forms=(describe(forms.FileUpdate),), states=(NOTED,), count_by=("updated_item",),
    stages=(Stage("note_update", Localized("档案更新", "Update"), ACCOUNT_MANAGER.code, "file_update", transitions=(Transition(NOTED.code),)),),
    numbered=Numbered("GX{yy}{month}{serial:02d}", ("updated_file", "updated_item", "updated_on"), "updated_on"),
    refers=(work.Refers("updated_file", "customer_files", always=True),), looks_at=("customer_files",),
    watches=(work.warning("files.updated_before", Localized("更新日期 {value} 早于建档日期 {filed}", "Updated on {value}, before the file was made on {filed}"),
                     Localized("核对两个日期，改正写错的一个", "Mend whichever of the two days is wrong"), _before_the_file),
             work.warning("files.updated_late", Localized("“{value}”没有写入档案：{on} 的更新 {other} 更晚", "“{value}” was not taken into the file: update {other} of {on} is later"),
                     Localized("以后来的为准，不用办；更新日期写错的改正", "The later one stands; mend the day if it is wrong"), _overtaken),
             telling.line_by_another("files.updated_by_other", "file_updates", ("updated_item", forms.ITEMS), "updated_by", ("updated_file", "customer_files"), ("file_holder", "file_by"))),
    derived=(Derived(Field("taken_content", Localized("已写入档案的内容", "Taken into the file"), private=True), look=_taken_content),),
)
LOANS = Register(
    "file_loans", Localized("档案借阅", "Loans"), forms=tuple(map(describe, (forms.Loan, forms.LoanReturn))), states=(TO_LEND, LENT, BACK), manager=MARKET_MANAGER.code,
    stages=(
        Stage("lend_file", Localized("借阅登记", "Lend"), KEEPER.code, "file_loan", transitions=(Transition(TO_LEND.code),)),
        Stage("wait_file", Localized("等待归还", "Wait"), KEEPER.code, state=TO_LEND.code, transitions=(Transition(LENT.code, known=(("file_free", (YES.code,)),)),)),
        Stage("give_back_file", Localized("档案归还", "Take back"), KEEPER.code, "file_return", LENT.code, due_by="lent_until", strict=True,
              task=Localized("到期收回所借档案", "Take the files back when due"), transitions=(Transition(BACK.code),)),
    ),
    derived=(Derived(Field("file_free", Localized("可否借出", "May be lent"), Kind.CHOICE, options=(YES, NO)), look=_file_is_free),),
    watches=(work.warning("files.two_borrowers", Localized("档案 {value} 的纸档还在{has}处，一份纸档一次只借一人", "The paper file {value} is still with {has}: one borrower at a time"),
                     Localized("先收回登记归还，再借出", "Have it given back first"), _asked_twice),
             telling.not_given_back("files.not_given_back", "file_loans", LENT.code, "lent_file", "lent_until", "lent_to")),
    numbered=Numbered("JY{yy}{month}{serial:02d}", ("lent_file", "lent_on", "lent_to"), "lent_on"), refers=(work.Refers("lent_file", "customer_files", (FILED.code,), always=True),),
)
PROCEDURE = Procedure(
    "customer_files", Localized("客户建档", "Customer files"),
    about=Localized("按类别编号建档，补齐后验收归档，纸档在谁处、何时更新了什么有据", "Files are numbered by class, completed, checked and filed away; who has the paper and what was updated is known"),
    roles=(ACCOUNT_MANAGER, KEEPER, MARKET_MANAGER), parameters=(STALE,), registers=(FILES, UPDATES, LOANS),
)
