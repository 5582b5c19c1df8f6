import struct

import pytest

from pipeline.read.formats import limits
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.refusal import Refusal
from tests.read.packages import added, zipped


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        Package(content)
    return refusal.value.rule


def test_a_declared_size_that_lies_is_found_while_reading() -> None:
    content = bytearray(zipped({"a": b"x" * 5000}))
    for place in (content.index(b"PK\x03\x04") + 22, content.index(b"PK\x01\x02") + 24):
        content[place : place + 4] = struct.pack("<I", 10)
    package = Package(bytes(content))
    with pytest.raises(Refusal) as refusal:
        package.read("a")
    assert refusal.value.rule == "file.unreadable"


def test_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(zipped({"a": b" " * (limits.RATIO_COUNTS_FROM + 1)})) == "file.bomb"
    monkeypatch.setattr(limits, "MOST_ENTRIES", 3)
    assert refused(zipped(dict.fromkeys("abcd", b""))) == "file.bomb"
    monkeypatch.setattr(limits, "MOST_INFLATED", 100)
    assert refused(zipped({"a": b"0123456789" * 11})) == "file.bomb"


def test_two_parts_of_one_name_and_locked_parts() -> None:
    content = zipped({"a": b"1"})
    assert refused(added(content, "a", b"2")) == "file.twice"
    locked = bytearray(content)
    for place in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        locked[place] |= 1
    assert refused(bytes(locked)) == "file.encrypted"


def test_parts_are_replaced_and_the_others_kept() -> None:
    package = Package(zipped({"a": b"1", "b": b"2"}))
    changed = Package(package.replace({"b": b"3"}))
    assert [changed.read(name) for name in ("a", "b")] == [b"1", b"3"]
