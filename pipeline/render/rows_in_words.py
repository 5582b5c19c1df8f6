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


def rows_in_words(receipt: Receipt, language: Language) -> str:
    """Return how many rows came, and what became of them, and how many answers: what came to nothing is named only where
    there is some.
    """
    answers = [_ANSWERS.to(language).format(count=receipt.answers)] if receipt.answers else []
    if answers and not receipt.rows:
        return answers[0]
    counts = {"accepted": receipt.accepted, "unchanged": receipt.unchanged, "rejected": receipt.rejected}
    fates = [
        _FATES[fate].to(language).format(count=count) for fate, count in counts.items() if count or fate == "accepted"
    ]
    return _ROWS.to(language).format(rows=receipt.rows) + Localized("，", ", ").to(language).join([*fates, *answers])
