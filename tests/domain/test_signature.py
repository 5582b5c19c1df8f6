"""Where somebody has signed stands his name, and often more: the name alone is who it was."""

from __future__ import annotations

import pytest

from pipeline.domain.signature import Signature, parse_signature


@pytest.mark.parametrize(
    ("written", "name", "day"),
    [
        ("赵兰    2026年11月2日", "赵兰", "2026年11月2日"),
        ("赵兰 2026-11-2", "赵兰", "2026-11-2"),
        ("赵兰2026.11.02", "赵兰", "2026.11.02"),
        ("赵兰（2026/11/2）", "赵兰", "2026/11/2"),
        ("赵兰，2026 年 11 月 2 日", "赵兰", "2026 年 11 月 2 日"),
        ("赵兰 11月2日", "赵兰", "11月2日"),
        ("赵兰 20261102", "赵兰", "20261102"),
        ("2026年11月2日　赵兰", "赵兰", "2026年11月2日"),
        ("赵兰（综合组） 2026年11月2日", "赵兰", "2026年11月2日"),
        ("赵兰   武强县营销部", "赵兰", ""),
        ("欧阳建国 (客户经理)", "欧阳建国", ""),
        ("Li Min 2026-11-02", "Li Min", "2026-11-02"),
    ],
)
def test_a_name_is_told_from_the_day_and_the_office_beside_it(written: str, name: str, day: str) -> None:
    assert parse_signature(written) == Signature(name, day)


@pytest.mark.parametrize(
    "name",
    [
        "赵兰",
        "李 四",
        "李 四 光",
        "王建国 李秀英",
        "张三2",
        "张三、李四",
        "Li Min",
        "买买提·吐尔逊",
        "2025年会超市",
        "11月的店",
        "K01",
        "2026年11月2日",
        "",
    ],
)
def test_what_is_a_name_alone_or_no_name_is_left(name: str) -> None:
    assert parse_signature(name) is None
