import pytest

from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.sheets import KNOWN, places, records, rules

TEXT = '店铺编码,店铺名称,掌柜\r\n900002,"甲,店","张\n三"\r\n="0900003",乙店,王\r\n'


def read_text(content: bytes) -> Reading:
    return read_file("东镇.csv", content, "hash", KNOWN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_the_encodings_that_offices_use(encoding: str) -> None:
    (extract,) = read_text(TEXT.encode(encoding)).extracts
    assert records(extract) == [
        {"no": "900002", "name": "甲,店", "keeper": "张\n三"},
        {"no": "0900003", "name": "乙店", "keeper": "王"},
    ]
    assert extract.sheet == "东镇"
    assert places(extract, "no") == ["A2", "A3"]


@pytest.mark.parametrize("separator", ["\t", ";", "，"])
def test_other_separators(separator: str) -> None:
    text = "店铺编码,店铺名称,掌柜\n900002,甲店,张".replace(",", separator)
    assert records(read_text(text.encode()).extracts[0]) == [{"no": "900002", "name": "甲店", "keeper": "张"}]


def test_an_encoding_nobody_knows_is_refused() -> None:
    assert rules(read_text(b"\x81\xff\xfe\xfd,\x80")) == [("file.unreadable", "")]
