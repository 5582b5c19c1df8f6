"""Words that all pages share: what is past its day has one word in each language, wherever it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from pipeline.domain.rulebook import GENERAL
from pipeline.render.dashboard.page_words import PAGE_WORDS
from pipeline.render.mail.digest_words import SAY
from pipeline.render.wording import CAPTIONS
from schemas.language import Localized
from schemas.language.catalogue import load_catalogue

OTHER_WORDS = re.compile("超期|超时|误期|拖期|延误|到期未")


def sayings(thing: object) -> Iterator[Localized]:
    """Every text in two languages that *thing* holds."""
    if isinstance(thing, Localized):
        yield thing
    elif isinstance(thing, Mapping):
        yield from (found for value in thing.values() for found in sayings(value))
    elif isinstance(thing, (tuple, list)):
        yield from (found for value in thing for found in sayings(value))
    elif is_dataclass(thing):
        values = (getattr(thing, each.name) for each in fields(thing) if not each.name.startswith("_"))
        yield from (found for value in values for found in sayings(value))


def test_overdue_has_one_word_in_each_language() -> None:
    said = set(sayings([CAPTIONS, SAY, PAGE_WORDS, list(GENERAL), load_catalogue().procedures]))
    assert len(said) > 1000
    assert [each for each in said if ("逾期" in each.zh) != ("overdue" in each.en.lower())] == []
    assert [each for each in said if OTHER_WORDS.search(each.zh)] == []
