"""Labels with one wrong letter: what an input method or an eye mistakes, and only where it makes no word of its own.

In Chinese one letter of difference mostly is another word: 聘用日期 is no 启用日期. A letter that sounds alike or looks
alike, in a label that then means nothing, is a slip; so are two letters that have changed places, or one typed twice.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from pipeline.read.recognise.labels import Codes, Labels, readings
from schemas.language import FieldRole
from schemas.language.references import LONGEST, WORDS, is_word

_SHORTEST = 3
_LIKE = (
    "话活 址扯沚 号吗 码妈玛 人入八 日曰目 未末 己已巳 土士 干千 天夫 大太犬 态太 形型 证征 许讦 可司 客容 户卢 名各 称你 联取 系糸 电申 由田 "
    "地他 营莹 经轻径 负贡 责贵 效郊 期朝 期斯 起赶 止上正 登凳 记己 核该 核孩 实买 结洁 果呆 意竟 见贝 原厚 因困 理埋 类娄 别另 别刖 备各 注往 "
    "店占 铺辅 身射 份分 统充 社杜 信言 用甩 代伐 式试 市布 场汤扬 业亚 零雯 售焦 区巨 域城 镇填 填慎 表衣 员贝 投没 诉拆 访坊 拜捧 审宙 批比 单草 "
    "数教 量重 金全 额颇 货贷 品晶 产严 测侧 查杳 检捡险 修悠 复夏 购狗 维唯 护沪"
)
_ALIKE = {frozenset((one, other)) for group in _LIKE.split() for one in group for other in group if one != other}


def slips(labels: Labels, number: int, text: str, taken: Collection[str]) -> list[Codes]:
    """Return the fields of form *number*, none of them in *taken*, of whose label *text* is a slip of one letter.

    Never a number that the program gives, nor the end of a term: read wrongly, each does harm that nobody sees. For a key,
    what stands below must tell, too.
    """
    return [codes for codes in _slips(labels, number, text) if not any(code in taken for code in codes)]


@lru_cache(maxsize=1 << 12)
def _slips(labels: Labels, number: int, text: str) -> tuple[Codes, ...]:
    form = labels.forms[number]
    ways = readings(text)
    if not ways or labels.is_answer(number, text) or any(map(is_word, ways)):
        return ()
    found: dict[Codes, None] = {}
    for way in ways:
        for label, codes in labels.labels_of(number).items():
            if len(label) < _SHORTEST or not _is_slip(way, label):
                continue
            fields = [form.field(code) for code in codes]
            if not any(each.given or each.means in (FieldRole.ENDS, FieldRole.EXPIRES) for each in fields):
                found[codes] = None
    return tuple(found)


def _is_slip(text: str, label: str) -> bool:
    if len(text) == len(label):
        wrong = [at for at, (one, other) in enumerate(zip(text, label, strict=True)) if one != other]
        if len(wrong) == 1:
            return _is_mistaken(text[wrong[0]], label[wrong[0]]) and not _in_a_word(text, wrong[0])
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return swapped and (text[wrong[0]], text[wrong[1]]) == (label[wrong[1]], label[wrong[0]])
    if len(text) == len(label) + 1:
        return any(text[at] == text[at + 1] and text[:at] + text[at + 1 :] == label for at in range(len(text) - 1))
    return False


def _in_a_word(text: str, at: int) -> bool:
    """Tell whether the letter is part of a word, or one itself: then it was meant."""
    starts = range(max(0, at - LONGEST), at + 1)
    return any(
        text[start:end] in WORDS for start in starts for end in range(at + 1, min(len(text), start + LONGEST) + 1)
    )


def _is_mistaken(letter: str, right: str) -> bool:
    if letter.isascii() or right.isascii():
        return False
    return frozenset((letter, right)) in _ALIKE or _sound(letter) == _sound(right)


@lru_cache(maxsize=1 << 10)
def _sound(letter: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # loads a dictionary of its own, and few sheets need it

    return tuple(lazy_pinyin(letter))
