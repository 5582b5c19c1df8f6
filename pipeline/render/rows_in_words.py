"""What became of the rows of one file, in words: in the mail to whoever handed it in, and on the result of a trial."""

from __future__ import annotations

from pipeline.domain.receipt import Receipt
from schemas.language import Language, Localized

_ROWS = Localized("{rows} 行：", "rows {rows}: ")
_ANSWERS = Localized("答复 {count} 处", "answers {count}")
_FATES = {
    "accepted": Localized("采用 {count}", "accepted {count}"),
    "unchanged": Localized("没有变化 {count}", "unchanged {count}"),
    "rejected": Localized("退回 {count}", "rejected {count}"),
}
_ALL_ON_WORKLIST = Localized(
    "退回 {count} 行：见今天的任务表，红格处改好后再交",
    "{count} refused: they are on today's worklist; mend the red cells and hand it in again",
)
_SOME_ON_WORKLIST = Localized(
    "退回 {count}，其中 {here} 行见今天的任务表，红格处改好后再交，其余见退回件",
    "rejected {count}, {here} of them on today's worklist: mend the red cells and hand it in again; the others are on the return",
)


def rows_in_words(receipt: Receipt, language: Language) -> str:
    """Return how many rows came, and what became of them, and how many answers: what came to nothing is named only where
    there is some.
    """
    answers = [_ANSWERS.to(language).format(count=receipt.answers)] if receipt.answers else []
    if answers and not receipt.rows:
        return answers[0]
    counts = {"accepted": receipt.accepted, "unchanged": receipt.unchanged, "rejected": receipt.rejected}
    words = {**_FATES, "rejected": _rejected(receipt)}
    fates = [
        words[fate].to(language).format(count=count, here=receipt.on_worklist)
        for fate, count in counts.items()
        if count or fate == "accepted"
    ]
    return _ROWS.to(language).format(rows=receipt.rows) + Localized("，", ", ").to(language).join([*fates, *answers])


def _rejected(receipt: Receipt) -> Localized:
    if not receipt.on_worklist:
        return _FATES["rejected"]
    return _ALL_ON_WORKLIST if receipt.on_worklist == receipt.rejected else _SOME_ON_WORKLIST
