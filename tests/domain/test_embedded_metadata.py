"""What a worklist was written with is known again, however many rows it has and whichever version wrote it."""

from __future__ import annotations

from pipeline.domain import embedded_metadata
from pipeline.render.xlsx.safe_text import MAX_TEXT

HEAD = {embedded_metadata.KIND: embedded_metadata.WORKLIST, embedded_metadata.PERSON: "K1"}


def test_all_tokens_come_back_and_no_cell_is_too_long() -> None:
    tokens = [embedded_metadata.token(f"1311231{number:05}", number) for number in range(5000)]
    pairs = embedded_metadata.row_entries("查看：城区", tokens)
    assert len(pairs) > 1
    assert max(map(len, pairs.values())) <= MAX_TEXT
    written = embedded_metadata.worklist_metadata(HEAD | pairs)
    assert written is not None
    assert written.rows == {"查看：城区": set(tokens)}


def test_a_sheet_named_with_a_colon_is_its_own() -> None:
    written = embedded_metadata.worklist_metadata(HEAD | embedded_metadata.row_entries("a:b", ["001@7"]))
    assert written is not None
    assert written.rows == {"a:b": {"001@7"}}


def test_a_worklist_that_an_older_version_wrote_is_understood() -> None:
    written = embedded_metadata.worklist_metadata(HEAD | {"row:001@7": "查看", "row:002@9": "查看"})
    assert written is not None
    assert written.rows == {"查看": {"001@7", "002@9"}}
