"""The first sheet of a workbook that was only tried: what a run would say of it, and that nothing of it was entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain.finding import Finding
from pipeline.domain.receipt import Receipt
from pipeline.render.returns.explain import TRIED_TITLE, explain
from pipeline.render.returns.marking import ExplanationLine, Marking
from pipeline.render.rows_in_words import rows_in_words
from schemas.language import Catalogue, Language, Localized, Severity

_TRIED = Localized("仅试读，未入台账。", "Trial only, nothing was entered. ")
_RIGHT = Localized("{file}：没有发现问题，可以交", "{file}: nothing is wrong, it can be handed in")
_NOTHING_TO_MEND = Localized(
    "{file}：没有必须改的，可以交，提醒 {count} 处",
    "{file}: nothing must be corrected, it can be handed in, {count} reminders",
)
_WRONG = Localized("{file}：有 {count} 处要改", "{file}: {count} to correct")
_REMINDERS = Localized("，提醒 {count} 处", ", {count} reminders")
_KNOWN = Localized(
    "{file}：与先前交来的完全相同，不用再交", "{file}: the very file was handed in before; no need to do so again"
)
_UNREAD = Localized("{file}：没有能读取", "{file} could not be read")
_IF_HANDED_IN = Localized("如果现在交：{rows}。", "If it were handed in now: {rows}.")
_HOW_RIGHT = Localized(
    "要交：把本文件或原表放进收件夹（inbox），不要放在“试读”里；文件名不限，标记不用删。",
    "To hand it in: drop this file or your own sheet into the inbox itself, not into “trial”, under any name. The marks may stay.",
)
_HOW_WRONG = Localized(
    "怎样改：点“单元格”一栏跳到那里，按“怎样改”改好。改好后放进收件夹（inbox）才算交；还想先看一看，再放进“试读”。文件名不限，标记不用删。",
    "To mend it: follow the link under “Cell” and correct it as said. It is handed in once it lies in the inbox itself; to look "
    "once more, drop it into “trial” again. Any name will do, the marks may stay.",
)
_HOW_ANEW = Localized(
    "按“怎样改”处理好，放进收件夹（inbox）才算交；还想先看一看，再放进“试读”。",
    "Do as said, then drop it into the inbox itself to hand it in; to look once more, drop it into “trial” again.",
)
_COLOURS = Localized(
    "颜色：红色＝要改；橙色＝请核对；黄色＝会代为统一写法。",
    "Colours: red = correct it; orange = check it; yellow = would be mended for you.",
)
_ASKED_LATER = Localized(
    "认不出的栏目和选项、与台账不同的值，在这里不用答：正式交来后，退回件上会有下拉可选。",
    "What a label or an answer means, and which of two values holds, need not be said here: once the sheet is handed in its return "
    "offers a list to choose from.",
)
_ORIGINAL = Localized(
    "您的原件一字未动，就在本文件旁边，文件名带“原件”。",
    "Your own file, untouched, lies beside this one: “original” is in its name.",
)


def explain_trial(
    findings: Sequence[Finding],
    catalogue: Catalogue,
    language: Language,
    receipt: Receipt,
    *,
    submission: str,
    member: str = "",
    with_original: bool = False,
) -> Marking:
    """Return the marking of the workbook, of which *receipt* says what its rows would come to; *with_original* when the
    sender's own file lies beside it. What is asked only once it is handed in has no answer here.
    """
    marking = explain(findings, {}, catalogue, language, file=receipt.file, submission=submission, member=member)
    page = marking.page
    asks = any(line.token for line in page.lines)
    hints = (
        *([_IF_HANDED_IN.to(language).format(rows=rows_in_words(receipt, language))] if receipt.rows else []),
        _how(findings, page.lines).to(language),
        *([_COLOURS.to(language)] if marking.cells else []),
        *([_ASKED_LATER.to(language)] if asks else []),
        *([_ORIGINAL.to(language)] if with_original else []),
    )
    page = replace(
        page,
        title=TRIED_TITLE.to(language),
        heading=_TRIED.to(language) + _heading(findings, receipt, member or receipt.file, language),
        hints=hints,
        lines=[replace(line, token="", choices=()) for line in page.lines],
    )
    return replace(marking, page=page, metadata={}, lineage=marking.metadata)


def _heading(findings: Sequence[Finding], receipt: Receipt, file: str, language: Language) -> str:
    wrong = sum(finding.severity is Severity.ERROR for finding in findings)
    reminders = sum(finding.severity is Severity.WARNING for finding in findings)
    if receipt.refused:
        return _UNREAD.to(language).format(file=file)
    if receipt.known:
        return _KNOWN.to(language).format(file=file)
    if not wrong:
        return (_NOTHING_TO_MEND if reminders else _RIGHT).to(language).format(file=file, count=reminders)
    heading = _WRONG.to(language).format(file=file, count=wrong)
    return heading + (_REMINDERS.to(language).format(count=reminders) if reminders else "")


def _how(findings: Sequence[Finding], lines: Sequence[ExplanationLine]) -> Localized:
    if not any(finding.severity is Severity.ERROR for finding in findings):
        return _HOW_RIGHT
    return _HOW_WRONG if any(line.cell for line in lines) else _HOW_ANEW
