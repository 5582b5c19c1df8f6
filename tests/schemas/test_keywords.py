"""What ``field`` hands on to pandera is what pandera takes; anything else is refused where it is written."""

from __future__ import annotations

import inspect

import pandera.pandas as pa
import pytest

from schemas.language.model import KEYWORDS, field


def test_every_keyword_that_is_handed_on_is_pandera_s() -> None:
    assert set(inspect.signature(pa.Field).parameters) >= KEYWORDS


def test_a_keyword_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(TypeError, match="no keyword str_match; did you mean str_matches"):
        field("编号", "No", str_match="[0-9]+")
