"""Findings of one workbook → what is marked in it, and what its first sheet says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.domain import embedded_metadata
from pipeline.domain.answer import CHOICES, LABEL, TO_CHOOSE, Choice, token_of
from pipeline.domain.finding import Finding
from pipeline.domain.place import find_cell
from pipeline.domain.rulebook import Rulebook
from pipeline.render.returns.asked_names import NameQuestions
from pipeline.render.returns.marking import CellMark, ExplanationLine, ExplanationPage, Marking, Tint
from pipeline.render.wording import SEVERITIES, caption
from schemas.language import Catalogue, Language, Localized, Severity

_ORDER = (Severity.ERROR, Severity.REPAIR, Severity.WARNING)
_TINTS = {Severity.ERROR: Tint.ERROR, Severity.WARNING: Tint.WARNING, Severity.REPAIR: Tint.REPAIR}

_TITLE = Localized("退回说明", "Returned")
TRIED_TITLE = Localized("试读说明", "Tried")
_TITLES = tuple(each.to(language) for each in (_TITLE, TRIED_TITLE) for language in ("zh", "en"))
_HEADING = Localized("{file}：有 {count} 处要改", "{file}: {count} to correct")
_REMINDERS = Localized("，提醒 {count} 处", ", {count} reminders")
_HINTS = (
    Localized(
        "怎样改：点“单元格”一栏跳到那里，按“怎样改”改好，保存后把本文件放回收件夹（inbox），文件名不限。标记不用删。",
        "To mend it: follow the link under “Cell”, correct it as said, save this file and drop it into the inbox under "
        "any name. The marks may stay.",
    ),
    Localized(
        "颜色：红色＝要改；橙色＝请核对；黄色＝已代为统一写法；行首绿色＝该行已收下，不用再填。",
        "Colours: red = correct it; orange = check it; yellow = mended for you; green at the margin = the row is in.",
    ),
)
_ASKS = Localized(
    "请答：“处理”一栏有下拉的，选一选您写的指哪一栏（哪一项），放回收件夹；只问一次，以后全单位都照此读。",
    "Asked: where “Answer” has a list, choose what you mean by what you wrote, and drop this file again. It is asked once "
    "and then holds for the whole office.",
)
_TO_ANSWER = Localized("，请答 {count} 问", ", {count} to answer")
_ONLY_CHOOSE = Localized("，选一下就行", ", by choosing")
"""Where all that is wrong is mended by choosing an answer beside it: nothing is said to be two things."""
_CHOOSE = tuple(CHOICES[choice] for choice in (Choice.REGISTER, Choice.MINE))
_NOT_KEPT = Localized(
    "原表的格式、图片和公式没能保留，本文件只含读到的内容；也可以在原表上改好后重新交来。",
    "The original's formats, pictures and formulas could not be kept: this file holds the values as they were read. "
    "You may also correct the original and drop it again.",
)


def explain(
    findings: Sequence[Finding],
    accepted: Mapping[str, Sequence[int]],
    catalogue: Catalogue,
    language: Language,
    *,
    file: str,
    submission: str,
    member: str = "",
) -> Marking:
    """Return the marking of the workbook *file* (its *member*, when it is a zip of some).

    *accepted* are, by sheet, the cells (packed) at the margin of rows that are in. Sheets of a zip are named
    ``<member>/<sheet>``, as in reading.
    """
    prefix = f"{member}/" if member else ""
    rulebook, questions, to_answer, asked_wrong = Rulebook(catalogue), NameQuestions(catalogue, language), 0, 0
    cells: dict[str, list[CellMark]] = defaultdict(list)
    lines = []
    for finding in sorted(findings, key=lambda finding: _ORDER.index(finding.severity)):
        words = rulebook.word(finding, language)
        tint, severity = _TINTS[finding.severity], SEVERITIES[finding.severity].to(language)
        sheet = finding.sheet.removeprefix(prefix)
        cell = find_cell(finding.cell)
        token, choices = questions.ask(finding)
        to_answer += bool(token)
        asked_wrong += bool(token) and finding.severity is Severity.ERROR
        if finding.rule in TO_CHOOSE:
            token, choices = token_of(finding), tuple(each.to(language) for each in _CHOOSE)
        samples = questions.samples(finding)
        lines.append(
            ExplanationLine(
                tint,
                severity,
                sheet,
                finding.cell if cell is not None else "",
                finding.value,
                f"{words.sentence}\n{samples}" if samples else words.sentence,
                words.fix,
                token,
                choices,
            )
        )
        if sheet and cell is not None:
            said = f"{words.sentence}\n{words.fix}" if words.fix else words.sentence
            cells[sheet].append(
                CellMark(cell, tint, f"{severity}：{said}" if language == "zh" else f"{severity}: {said}")
            )
    marked = {(sheet, mark.cell) for sheet, marks in cells.items() for mark in marks}
    for full, margins in accepted.items():
        sheet = full.removeprefix(prefix)
        cells[sheet] += [CellMark(cell, Tint.ACCEPTED) for cell in margins if (sheet, cell) not in marked]
    wrong = sum(finding.severity is Severity.ERROR for finding in findings)
    reminders = sum(finding.severity is Severity.WARNING for finding in findings)
    heading = _HEADING.to(language).format(file=member or file, count=wrong)
    heading += _REMINDERS.to(language).format(count=reminders) if reminders else ""
    if to_answer:
        only = wrong == asked_wrong == to_answer
        heading += _ONLY_CHOOSE.to(language) if only else _TO_ANSWER.to(language).format(count=to_answer)
    page = ExplanationPage(
        title=_TITLE.to(language),
        heading=heading,
        hints=tuple(hint.to(language) for hint in (*_HINTS, *((_ASKS,) if to_answer else ()))),
        header=(
            caption("severity", language),
            caption("sheet", language),
            caption("cell", language),
            caption("written", language),
            caption("wrong", language),
            caption("fix", language),
        ),
        lines=lines,
        earlier_titles=_TITLES,
        answer=(LABEL.to(language), embedded_metadata.TOKEN_LABEL),
        not_kept=_NOT_KEPT.to(language),
    )
    pairs = {embedded_metadata.SUBMISSION: submission} | ({embedded_metadata.MEMBER: member} if member else {})
    return Marking(page, dict(cells), pairs, language=language, kind=embedded_metadata.RETURN)
