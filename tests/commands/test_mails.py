"""Mails that have not arrived are told with the server's words wherever somebody looks, until they arrive or somebody decides."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main
from pipeline.commands.doctor import examine
from pipeline.commands.run import run
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language.sample import Filled
from schemas.roster.samples import PEOPLE
from tests.faults import test_mail_faults
from tests.faults.test_mail_faults import DAY, ONE, Office, Server, after, words
from tests.tools.customers import drop, told

post, settings = test_mail_faults.post, test_mail_faults.settings
NEW = "wang.jianguo@example.com"


@pytest.fixture
def call(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> object:
    """Call the command line in the folder of *settings*, in its own settings."""
    folder = settings.inbox.parent
    smtp = settings.smtp
    (folder / "pipeline.toml").write_text(
        f'settle_seconds = 0\nclerk = "{settings.clerk}"\n[smtp]\nhost = "{smtp.host}"\nport = {smtp.port}\n'
        f'starttls = false\nsender = "office@example.com"\ntimeout = 1\n',
        "utf-8",
    )
    monkeypatch.chdir(folder)
    return lambda *words: CliRunner().invoke(main, list(words))


def today(call: object, *words: str) -> Result:
    return call(*words, "--today", DAY.isoformat())  # type: ignore[operator, no-any-return]


def test_what_is_put_off_is_told_with_the_servers_words_by_run_status_and_doctor(
    settings: Settings, post: tuple[Office, Server], call: object
) -> None:
    post[0].way = "puts off"
    first = today(call, "run")
    assert first.exit_code == 4
    assert "451 greylisted, try again later" in first.stderr
    assert today(call, "run").exit_code == 4, "and so does the next one, which tries nothing yet"
    said = today(call, "status").stdout
    assert "封邮件没有送达（待重发" in said
    assert "最早一封写于 20" in said
    assert "451 greylisted, try again later" in said
    mails = json.loads(today(call, "status", "--json").stdout)["mails"]
    assert mails["waiting"] >= 3
    assert (mails["given_up"], mails["said"]) == (0, ["451 greylisted, try again later"])
    (line,) = [line for line in today(call, "doctor").stdout.splitlines() if line.startswith("送达")]
    assert "正常" in line, "it goes by itself"
    assert "451 greylisted, try again later" in line


def test_what_was_given_up_is_told_by_every_run_until_it_is_let_go(
    settings: Settings, post: tuple[Office, Server], call: object
) -> None:
    post[0].way = "refuses one"
    for _ in range(3):
        result = today(call, "run")
        assert result.exit_code == 4
        assert "放弃 1" in result.stderr
        assert "550 no such user" in result.stderr
    (problem,) = [
        each.problem.zh
        for each in examine(settings, in_force(settings), DAY)
        if each.problem and "550" in each.problem.zh
    ]
    assert "放弃 1" in problem
    listed = call("mails")  # type: ignore[operator]
    assert listed.exit_code == 4
    assert ONE in listed.stdout
    assert "550 no such user" in listed.stdout
    assert call("mails", "--let-go").exit_code == 0  # type: ignore[operator]
    assert call("mails").output == ""  # type: ignore[operator]
    result = today(call, "run")
    assert (result.exit_code, result.stderr) == (0, "")


def test_what_was_given_up_is_sent_again_when_it_is_asked_for_and_once(
    settings: Settings, post: tuple[Office, Server], call: object
) -> None:
    post[0].way = "refuses one"
    today(call, "run")
    post[0].way = "takes all"
    assert call("mails", "--resend").exit_code == 0  # type: ignore[operator]
    assert [to for to, _ in post[0].taken].count(ONE) == 1
    assert today(call, "run").exit_code == 0
    assert [to for to, _ in post[0].taken].count(ONE) == 1


def test_a_mended_address_is_all_that_is_asked(settings: Settings, post: tuple[Office, Server]) -> None:
    post[0].way = "refuses one"
    run(settings, today=DAY)
    mended = [{**row, "staff_email": NEW} for row in PEOPLE.records if row["staff_no"] == "K01"]
    assert len(mended) == 1
    drop(settings, Filled("人员改.xlsx", PEOPLE.form, mended))
    mails = run(settings, today=DAY).mails
    there = [mail for to, mail in post[0].taken if to == NEW]
    assert any("福来超市" in words(mail) for mail in there), "the worklist that had been refused"
    assert {mail["To"] for mail in there} == {NEW}
    assert (mails.failed, mails.standing.given_up) == (0, 0), "an address that refuses is not written to once more"
    run(settings, today=DAY)
    assert not [each for _, each in told(settings) if "550" in each], "and the finding about it is over"


def test_the_administrators_own_mail_says_how_many_wait_since_when_and_why(
    settings: Settings, post: tuple[Office, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    post[0].way = "puts off"
    first = run(settings, today=DAY).mails
    assert first.standing.since is not None
    assert first.queued
    after(monkeypatch, settings, timedelta(hours=1))
    post[0].way = "takes all"
    after(monkeypatch, settings, timedelta(hours=25))
    own = [words(mail) for to, mail in post[0].taken if to == settings.clerk]
    told = [text for text in own if "没有送达的邮件" in text]
    assert len(told) == 1
    assert f"{first.queued} 封邮件没有送达" in told[0]
    assert f"最早一封写于 {first.standing.since:%Y-%m-%d %H:%M}" in told[0]
    assert "451 greylisted, try again later" in told[0]
    others = [words(mail) for to, mail in post[0].taken if to != settings.clerk]
    assert not [text for text in others if "没有送达的邮件" in text]


def test_before_the_first_run_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["mails"])
    assert result.exit_code == 2
    assert "pipeline run" in result.stderr
