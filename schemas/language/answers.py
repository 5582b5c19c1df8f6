"""Checks of answers that do not go together, and of answers that say that nothing was done."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

from schemas.language.field import Option, Rule, Severity
from schemas.language.model import Declared, Frame, Test, Verdict, row_rule
from schemas.language.words import Localized

CONTRADICTED = Rule(
    "answer.contradicted",
    Severity.ERROR,
    Localized(
        "{label}填了“{value}”，同一行的结论却是没有或正常",
        "{label} says “{value}”, and yet the same row says that there is nothing, or that all is in order",
    ),
    Localized(
        "确有其事的改结论，没有的清空本单元格", "Correct that answer where there is something; else clear this cell"
    ),
    "温度 31 度",
)
POINT_WRONG = Rule(
    "answer.point_wrong",
    Severity.WARNING,
    Localized(
        "{label}填了“{value}”，同一行却有项目是异常", "{label} is “{value}”, and yet a point of the same row is not"
    ),
    Localized(
        "确有异常的，在总表里把结论改为异常；填错的在总表里改那一项",
        "Change the result on the master; or, where the point is wrong, correct it there",
    ),
    "正常",
)
APPROVED_BESIDE = Rule(
    "answer.approved_beside",
    Severity.ERROR,
    Localized("{label}写了“{value}”，结论却填了“同意”", "{label} says “{value}”, and yet it is approved"),
    Localized(
        "确有问题的结论改为“退回”，没有的清空本单元格", "Return it where there is a problem; else clear this cell"
    ),
    "土方漏算",
)
NOTHING_SPENT = Rule(
    "amount.nothing",
    Severity.WARNING,
    Localized("{label}填的是 0", "{label} is 0"),
    Localized("漏填的补上；确实不花钱的选“知道了”", "Write the amount; note it where it really costs nothing"),
    "0",
)
DENIED = Rule(
    "answer.denied",
    Severity.ERROR,
    Localized("{label}填的是“{value}”，就是没有做", "{label} says “{value}”: it was not done"),
    Localized("先做，再写明怎样做的", "Do it first, and say how it was done"),
    "否",
    of_none=True,
)
_DENIED = (
    r"[-/／—×]+|否|无|不|没|未|暂无|尚无|(?i:no|none|n/a)"
    r"|(?:本次|这次|此次|本期|目前|当时|暂时|暂|事先|事前|变更前|实施前)*(?:还|尚|并)?(?:未|没有?|无法?|不|不能|不存在|无需|不用|不需要?|来不及)(?:什么|任何|办法|法子|必要|条件)?(?:可行|可用|具体|相应)?的?(?:作|做|进行|办|写)?过?"
    r"(?:自查|检查|核对|测试|测|试|备份|回退|做|办|写|交代|交接|准备|回退|(?:回退)?方案|风险)?过?"
)
"""What people write where nothing was done."""
_NOTHING = (
    r"0(?:\.0)?|[-/／—]+|无|否|没有|同上次?|(?:一切|均|都|全部|各项)?(?:正常|完好|齐全|齐备|良好)"
    r"|(?:无|没有|没|未|未发现|未见)(?:任何)?(?:发现|异常|变更|变化|变动|缺项|缺少|问题|故障|新问题|情况)|(?i:none|nothing|normal|ok|no|n/a)"
)
"""What people write where there is nothing to say."""


_MENDED = r"(?:上次|原来?|所列|发现)?的?(?:问题)?(?:已|均已|都已|已全部)(?:修?改|改正|更正|整改|补)(?:好|完|过|正)?"
"""What people write of problems of the round before."""


_WRONG = r"[^无没未已]{0,12}(?:有误|错误|有错|不符|不一致|不一样|不齐|不全|不完整|不合格|不通过|不同意|缺少|缺失|应退回|退回重)[^已]{0,20}"
"""What people write where something is wrong, and is not said to be put right."""


def not_nothing() -> Test:
    """An amount that is something: 0 is told, as it may have been left out."""
    return Test(NOTHING_SPENT, lambda column: column != 0)


def not_denied() -> Test:
    """A text that says what was done, and not that it was not."""
    return Test(DENIED, lambda column: ~column.str.strip("。.！! ").str.fullmatch(_DENIED))


def approved_without(answer: str, at: str) -> Declared:
    """Return the row rule that what the field *answer* approves (``fields.APPROVED``) has no problems listed in the field *at*:
    blank, or words to the effect that there are none, or are mended.
    """

    def holds(cls: type, frame: Frame) -> Verdict:
        mended: Verdict = frame[at].astype(str).str.strip("。.！! ").str.fullmatch(_MENDED)
        return _silent_where(frame, answer, "approved", at) | mended

    return row_rule(APPROVED_BESIDE, at=at)(holds)


def passed_beside_wrong(answer: str, says: Option, at: str) -> Declared:
    """Return the row rule that where the field *answer* lets pass (*says*), the remark in the field *at* does not say that something
    is wrong. Other remarks are free.
    """

    def holds(cls: type, frame: Frame) -> Verdict:
        wrong = frame[at].astype(str).str.strip("。.！! ").str.fullmatch(_WRONG) & frame[at].notna()
        verdict: Verdict = ~(wrong & (frame[answer] == says.code).fillna(False))
        return verdict

    return row_rule(APPROVED_BESIDE, at=at)(holds)


def nothing_beside(answer: str | Sequence[str], says: Option, at: str) -> Declared:
    """Return the row rule that where the field *answer*, or each of several, says that there is nothing (*says*: none, no
    change, in order), the field *at* says nothing else: blank, the same answer, or words to that effect. What a record
    itself holds is no matter of a row: ``Comparison.SAME``.
    """
    answers = (answer,) if isinstance(answer, str) else answer

    def holds(cls: type, frame: Frame) -> Verdict:
        verdicts = [_silent_where(frame, each, says.code, at) for each in answers]
        return functools.reduce(operator.or_, verdicts)

    return row_rule(CONTRADICTED, at=at)(holds)


def in_order_throughout(answer: str, says: Option, points: Sequence[str], wrong: Option) -> Declared:
    """Return the row rule that where the field *answer* says that all is in order (*says*), none of the fields *points* is *wrong*:
    told, as what the point says is taken.
    """

    def holds(cls: type, frame: Frame) -> Verdict:
        verdict: Verdict = ~((frame[answer] == says.code) & (frame[list(points)] == wrong.code).any(axis=1))
        return verdict

    return row_rule(POINT_WRONG, at=answer)(holds)


def _silent_where(frame: Frame, answer: str, says: str, at: str) -> Verdict:
    """Tell for each row whether the field *at* says nothing, where *answer* holds the option *says*."""
    beside = frame[at]
    empty = beside.isna() | (beside == says).fillna(False)
    words = beside.astype(str).str.strip("。.！! ").str.fullmatch(_NOTHING)
    silent: Verdict = (frame[answer] != says).fillna(True) | empty | words
    return silent
