"""客户建档: every customer has a file with a number by class, complete, checked; who has the paper and what was updated when.

``manual.toml`` says what the manual gives. Ours: six things make a file complete (``forms.WANTED``); whoever filed it has 5
working days for that, which adding to it does not prolong, the manager 1 to sign it, the keeper 2 for the check; a file untouched for a year
(``file_stale_days``) is to be looked at. An update is a line of its own, and the newest of an item replaces what the file holds;
a file that holds everything, however it came in, waits for its check. A customer who becomes a member keeps the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from schemas.holders import market_manager_over
from schemas.customer_files import forms
from schemas.file_loans import FILED, KEEPER, LOANS, borrower
from schemas.language import Field, Kind, Localized, Procedure, Register, Stage, State, Transition, Values, fields, telling, naming, watching, work  # fmt: skip
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.durations import known_on
from schemas.language.ordering import done_before_step
from schemas.language.sealing import Sealed
from schemas.language.work import NO, YES, CreatedRecord, Derived, Numbered, RecordView, RegisterView
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER, STAFF_UNTIL

STALE = work.Parameter(
    "file_stale_days", Localized("档案几天未更新应核对", "Days after which a file is looked at"), 365, 1
)


def _missing(values: Values) -> list[str]:
    return [words.zh for code, words in forms.WANTED.items() if not values.get(code)]


def _completeness(values: Values) -> int:
    return round(100 * (1 - len(_missing(values)) / len(forms.WANTED)))


def _complete(values: Values) -> str:
    return (NO if _missing(values) else YES).code


def _paper_with(values: Values, held: RegisterView, today: date) -> str:
    """Whoever has borrowed the paper file, else who keeps it."""
    return borrower(held, values.get("file_no")) or str(values.get("file_holder", ""))


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


def _standing(held: RegisterView) -> dict[str, RecordView]:
    return {key: each for key, each in held["customer_files"].items() if each.state != FILE_ENDED.code}


def _other_letter(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in _standing(held).items():
        kind = forms.MEMBER if each.get("file_class") == forms.MEMBER.code else forms.OTHER
        if key[:1] != ("A" if kind is forms.MEMBER else "B"):
            yield work.Seen(key, "file_class", kind.words.zh, KEEPER.code, {"no": key, "class": kind.words})


def _stale(held: RegisterView, today: date) -> Iterator[work.Seen]:
    since = (today - timedelta(days=held.parameter(STALE.code))).isoformat()
    for key, each in _standing(held).items():
        last = each.get("last_updated_on") or each.values["filed_on"]
        if last < since:
            yield work.Seen(key, "file_customer", each.values["file_customer"], details={"last": last})


def _by_class(held: RegisterView, today: date) -> work.FigureRows:
    rows: list[list[work.FigureCell]] = []
    for kind in (forms.MEMBER, forms.OTHER) if held["customer_files"] else ():
        those = [each for each in _standing(held).values() if each.get("file_class") == kind.code]
        complete = sum(each.get("file_complete") == YES.code for each in those)
        lent = sum(each.get("paper_with") != each.get("file_holder") for each in those)
        share = work.mean(each.get("file_completeness", 0) / 100 for each in those)
        rows.append([kind.words, len(those), complete, share, lent])
    return rows


# fmt: off
SORTING = State("file_sorting", Localized("登记", "Filed"))
TO_COMPLETE = State("file_to_complete", Localized("待补充", "To complete"))
TO_SIGN = State("file_to_sign", Localized("待签阅", "To sign"))
TO_CHECK = State("file_to_check", Localized("待验收", "To check"))
FILE_ENDED, END_FILE = ending("customer_files", "file_ended", MARKET_MANAGER.code)
NOTED = State("update_noted", Localized("已登记", "Noted"))  # not final: a file that does not exist stays a finding
_LOST = Transition(TO_COMPLETE.code, known=(("file_complete", (NO.code,)),), by_itself=True, back=True, why=Localized("原来齐全，后来缺了：{file_missing}", "It was complete, and lacks now: {file_missing}"))
COMPLETED, SIGNED_BEFORE = done_before_step("files.signed_before", "customer_files", "file_signed_on", ("file_completed_by", Localized("补充档案", "Complete")), ("file_completed_known", Localized("档案补充交来日期", "Completed on")), KEEPER.code, states=(TO_CHECK.code, FILED.code))
FILES = Register(
    "customer_files", Localized("客户档案", "Files"), forms=tuple(map(describe, (forms.CustomerFile, forms.FileCompletion, forms.FileSigned, forms.FileCheck, forms.FileEnded))),
    states=(SORTING, TO_COMPLETE, TO_SIGN, TO_CHECK, FILED, FILE_ENDED), manager=MARKET_MANAGER.code, looks_at=("file_loans", "file_updates", "customers", "people", "areas"), count_by=("file_class",), told=tuple(forms.WANTED),
    opens=(work.CreatesRecords(_updated_files, follows=True),), numbered=Numbered("{prefix}{serial:04d}", ("file_customer",), prefix=lambda values: "A" if values.get("file_class") == forms.MEMBER.code else "B"),
    sealed=Sealed("customer_files", "{file_no}", (TO_CHECK.code, FILED.code), ("file_class", "file_licence"), TO_SIGN.code),
    also_sealed=(Sealed("customer_files", "{file_no}", (TO_CHECK.code,), tuple(code for code in forms.WANTED if code != "file_licence"), TO_SIGN.code),),  # until it is filed away: it is filed as it was signed
    stages=(
        Stage("open_file", Localized("建档", "File"), ACCOUNT_MANAGER.code, "customer_file", expects_role=True, transitions=(Transition(SORTING.code),)),
        Stage("sort_file", Localized("查缺项", "Sort"), KEEPER.code, state=SORTING.code,
              transitions=(Transition(TO_SIGN.code, known=(("file_complete", (YES.code,)),)), Transition(TO_COMPLETE.code, known=(("file_complete", (NO.code,)),)))),
        Stage("complete_file", Localized("补充档案", "Complete"), ACCOUNT_MANAGER.code, "file_completion", TO_COMPLETE.code, days=5, whom="file_by", anew=True,
              task=Localized("补齐缺少的项目；被退回的改好，并写明怎么补正的", "Fill in what is missing; put right what was sent back, and say how"),
              transitions=(Transition(TO_SIGN.code, known=(("file_complete", (YES.code,)), ("file_sent_back", (NO.code,))), by_itself=True),
                           Transition(SORTING.code, known=(("file_sent_back", (YES.code,)),)), Transition("", stays=True))),
        Stage("sign_file", Localized("档案签阅", "Sign"), MARKET_MANAGER.code, "file_signed", TO_SIGN.code, days=1, whom="file_reviewer", strict=True, not_by=("file_by",),
              task=Localized("次日早上察看并签名，缺漏的写明原因退回", "Look at it the next morning and sign it, or send it back and say why"),
              transitions=(_LOST, *fields.decided("sign_answer", TO_CHECK, TO_COMPLETE))),
        Stage("check_file", Localized("档案验收", "Check"), KEEPER.code, "file_check", TO_CHECK.code, days=2, strict=True, not_by=("file_by",),
              task=Localized("核对纸档，相符的归档，不符的写明原因退回", "Compare with the paper: file it away, or send it back and say why"),
              transitions=(_LOST, *fields.decided("file_answer", FILED, TO_COMPLETE))),
        Stage("reopen_file", Localized("缺项退回", "Not complete any more"), KEEPER.code, state=FILED.code, transitions=(_LOST,)),
        END_FILE,
    ),
    derived=(
        COMPLETED, known_on("file_known_on", Localized("档案登记日", "Entered on"), "filed_on"), market_manager_over("file_reviewer", Localized("签阅人工号", "To be signed by"), "file_by"),
        Derived(Field("file_complete", Localized("是否齐全", "Complete"), Kind.CHOICE, options=(YES, NO)), _complete),
        Derived(Field("file_sent_back", Localized("是否被退回", "Sent back"), Kind.CHOICE, options=(YES, NO)),
                lambda values: (YES if fields.RETURNED.code in (values.get("file_answer"), values.get("sign_answer")) else NO).code),
        Derived(Field("file_completeness", Localized("完整率（%）", "Completeness, %"), Kind.INTEGER), _completeness),
        Derived(Field("file_missing", Localized("缺项", "Missing")), lambda values: "、".join(_missing(values)) or None),
        Derived(Field("paper_with", Localized("纸档现在谁处", "Who has the paper file")), look=_paper_with),
        Derived(Field("last_updated_on", Localized("最近更新日期", "Last updated on"), Kind.DATE), look=_last_update(0)),
        Derived(Field("last_updated_item", Localized("最近更新项目", "Last updated"), Kind.CHOICE, options=forms.ITEMS), look=_last_update(1)),
    ),
    watches=(SIGNED_BEFORE, telling.came_in_late("files.came_late", "customer_files", "filed_on", "file_by", MARKET_MANAGER.code, "file_known_on"),
        work.warning("files.stale", Localized("“{value}”的档案自 {last} 起没有更新", "The file of “{value}” has not been updated since {last}"),
                     Localized("核对后填写档案更新记录表", "Look at it, and hand in what was updated"), _stale),
        work.warning("files.class", Localized("档案 {no} 的类别是“{class}”，编号开头不符：会员 A，其他 B", "File {no} is of class “{class}”, which its number does not say: A are members, B others"),
                     Localized("改正类别，或作废后重新建档；后来入会、编号不变的选“知道了”", "Correct the class, or file it anew; note it where he joined later"), _other_letter),
        watching.not_among("files.no_customer", "customer_files", "file_customer", (("customers", "customer_name"),), "file_by", KEEPER.code,
                           fix=Localized("核对名称；该登记的先登记；流失的、只来咨询过的选“知道了”", "Check the name, have him registered who should be; note it of one who left, or only asked")),
        naming.nobody_known("files.no_keeper", "customer_files", ("file_holder",), (SORTING.code, TO_COMPLETE.code, TO_SIGN.code, TO_CHECK.code, FILED.code), "file_by", KEEPER.code, STAFF_UNTIL),
        watching.same_again("files.same_again", "customer_files", ("file_customer",), Localized("建档客户", "customer"), "file_by"),
        watching.same_again("files.one_licence", "customer_files", ("file_licence",), Localized("执照号", "business licence"), "file_by")),
    statistics=(
        work.Statistic("files_by_class", Localized("档案按类别", "Files by class"), Localized("类别", "Class"),
                  (work.Measure(Localized("档案数", "Files")), work.Measure(Localized("齐全", "Complete")), work.rate("平均完整率", "Completeness"), work.Measure(Localized("纸档借出", "Lent"))), _by_class),
    ),
)
UPDATES = Register(
    "file_updates", Localized("档案更新", "Updates"), forms=(describe(forms.FileUpdate),), states=(NOTED,), count_by=("updated_item",),
    stages=(Stage("note_update", Localized("档案更新", "Update"), ACCOUNT_MANAGER.code, "file_update", expects_role=True, transitions=(Transition(NOTED.code),)),),
    numbered=Numbered("GX{yy}{month}{serial:02d}", ("updated_file", "updated_item", "updated_on"), "updated_on"),
    refers=(work.Refers("updated_file", "customer_files", always=True),), looks_at=("customer_files",),
    watches=(work.warning("files.updated_before", Localized("更新日期 {value} 早于建档日期 {filed}", "Updated on {value}, before the file was made on {filed}"),
                     Localized("核对两个日期，改正写错的一个", "Mend whichever of the two days is wrong"), _before_the_file),
             work.warning("files.updated_late", Localized("“{value}”没有写入档案：{on} 的更新 {other} 更晚", "“{value}” was not taken into the file: update {other} of {on} is later"),
                     Localized("以后来的为准，不用办；更新日期写错的改正", "The later one stands; mend the day if it is wrong"), _overtaken),
             telling.line_by_another("files.updated_by_other", "file_updates", ("updated_item", forms.ITEMS), "updated_by", ("updated_file", "customer_files"), ("file_holder", "file_by"))),
    derived=(Derived(Field("taken_content", Localized("已写入档案的内容", "Taken into the file"), private=True), look=_taken_content),),
)
PROCEDURE = Procedure(
    "customer_files", Localized("客户建档", "Customer files"),
    about=Localized("按类别编号建档，补齐后验收归档，纸档在谁处、何时更新了什么有据", "Files are numbered by class, completed, checked and filed away; who has the paper and what was updated is known"),
    roles=(ACCOUNT_MANAGER, KEEPER, MARKET_MANAGER), parameters=(STALE,), registers=(FILES, UPDATES, LOANS),
)
