import pytest

from pipeline.read.recognise.labels import Labels
from pipeline.read.recognise.slips import slips
from tests.read.sheets import KNOWN

LABELS = Labels(KNOWN)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("店铺电活", {"tel"}),  # looks alike
        ("店铺点话", {"tel"}),  # sounds alike
        ("店铺型类", {"size"}),  # two letters have changed places
        ("店铺店铺电话", set()),
        ("店铺编编码", {"no"}),  # typed twice
        ("店铺电话号", set()),
        ("店铺", set()),
        ("镇", set()),
        ("店铺电话2", set()),
        ("租期迄", set()),  # a word of its own
        ("租期上", {"until"}),
        ("店铺电费", set()),
        ("店铺类别", set()),
    ],
)
def test_what_a_label_with_one_wrong_letter_may_mean(text: str, codes: set[str]) -> None:
    assert {code for near in slips(LABELS, 0, text, ()) for code in near} == codes


def test_a_field_found_already_is_no_candidate() -> None:
    assert slips(LABELS, 0, "店铺电活", {"tel"}) == []
