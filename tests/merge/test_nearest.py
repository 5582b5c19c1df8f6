"""What is offered for a name that nobody bears."""

from __future__ import annotations

import pytest

from pipeline.merge.nearest import nearest


@pytest.mark.parametrize(
    ("name", "names", "offered"),
    [
        ("海燕", ["海鸥", "飞鱼", "海燕号", "海燕", "海燕"], ["海燕", "海燕号", "海鸥"]),  # the likest first, each once
        ("Kin", ["mode", "KIND", "kin"], ["kin", "KIND"]),  # in whatever letters, as it is written
        ("shop", ["shops", "shop1", "shot", "shop2"], ["shops", "shop1", "shop2"]),  # three at the most
        ("ab", ["abcdefgh", "xab-cde-fgh"], []),  # a part of a long name is not like it
        ("ab", ["ax", "xy"], ["ax"]),  # half of it is
        ("abc", ["axy", "飞鱼"], []),
        ("abc", [], []),
    ],
)
def test_what_comes_nearest_is_offered(name: str, names: list[str], offered: list[str]) -> None:
    assert nearest(name, names) == offered


def test_whoever_asks_may_have_more_or_fewer() -> None:
    names = ["shops", "shop1", "shop2", "shop3", "shop4", "shop5"]
    assert nearest("shop", names, most=1) == names[:1]
    assert nearest("shop", names, most=6) == names
