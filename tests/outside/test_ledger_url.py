"""The URL of a ledger: what is understood of it without SQLAlchemy is what SQLAlchemy understands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from pipeline.outside.ledger import open_ledger
from pipeline.outside.ledger_url import NotALedgerUrlError, beside, has_password, in_sqlite, ledger_file, on_server
from pipeline.settings import load_settings

PATHS = st.text(
    st.sampled_from(list("ab/\\:@.~ +%?#&=县\n")) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20
)


@given(PATHS)
@example("/srv/办公室/ruwang.db")
@example("C:\\office\\ruwang.db")
@example("a%20b.db")
@example("a.db?timeout=5")
@example("file:a.db?uri=true")
@example(":memory:")
@example("user:word@host/a.db")
def test_the_file_is_the_one_that_is_opened(path: str) -> None:
    url = f"sqlite:///{path}"
    opened = make_url(url).database
    assert ledger_file(url) == (None if opened in (None, "", ":memory:") else Path(opened))
    assert in_sqlite(url)
    assert not on_server(url)
    assert not has_password(url)


@pytest.mark.parametrize("folder", ["office", "县局 营销部", "100%", "who?", "a+b", "a@b", "C:"])
def test_the_ledger_lies_beside_its_settings_whatever_their_folder_is_called(tmp_path: Path, folder: str) -> None:
    office = tmp_path / folder
    office.mkdir()
    settings = load_settings({}, environ={}, folder=office).settings
    open_ledger(settings.ledger).close()
    assert (office / "ledger" / "ruwang.db").is_file()
    assert ledger_file(settings.ledger) == office / "ledger" / "ruwang.db"
    assert settings.backups == office / "ledger" / "backups"


def test_a_folder_with_a_chinese_name_is_shown_as_it_is_called(tmp_path: Path) -> None:
    settings = load_settings({}, environ={}, folder=tmp_path / "县局").settings
    assert settings.ledger_shown == f"sqlite:///{tmp_path}/县局/ledger/ruwang.db"


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:a.db?uri=true", "postgresql://db/x"]
)
def test_what_is_no_file_lies_beside_nothing(url: str) -> None:
    assert beside(url, Path("/office")) == url


@pytest.mark.parametrize("url", ["ledger.db", "", "postgresql://ruwang:geheim@db:port/x"])
def test_what_is_no_url_is_refused_without_what_may_be_a_password(url: str) -> None:
    with pytest.raises(NotALedgerUrlError) as caught:
        on_server(url)
    assert "geheim" not in str(caught.value)


def test_settings_of_a_ledger_in_a_file_are_read_without_what_opens_it(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pipeline.settings import load_settings;"
        "load_settings({}, environ={'RUWANG_LEDGER': sys.argv[1]}, folder=Path.cwd());"
        "print('sqlalchemy' in sys.modules)"
    )

    def loads(url: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", script, url], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert loads("sqlite:///办公室/ruwang.db") == "False"
    assert loads("postgresql://db/office") == "True"
