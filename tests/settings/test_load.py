"""Settings: where they come from, what is refused and how it is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import DEFAULT, Loaded, load_settings
from pipeline.settings.catalogue import in_force


def loaded(folder: Path, toml: str = "", options: dict[str, Any] | None = None, **environ: str) -> Loaded:
    if toml:
        (folder / "pipeline.toml").write_text(toml, "utf-8")
    return load_settings(options, environ={f"RUWANG_{name}": value for name, value in environ.items()}, folder=folder)


def refused(folder: Path, toml: str = "", options: dict[str, Any] | None = None, **environ: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        loaded(folder, toml, options, **environ)
    assert caught.value.exit_code == 2
    return caught.value


def shown(of: Loaded) -> dict[str, tuple[str, str]]:
    return {each.name: (each.value, each.source) for each in of.shown()}


def test_everything_has_a_default_that_works(tmp_path: Path) -> None:
    settings = loaded(tmp_path).settings
    assert settings.language == "zh"
    assert settings.inbox == tmp_path / "inbox"
    assert settings.ledger == f"sqlite:///{tmp_path}/ledger/ruwang.db"
    assert settings.smtp.host == ""
    assert {source for _, source in shown(loaded(tmp_path)).values()} == {DEFAULT}


def test_the_command_line_wins_over_the_environment_over_the_file(tmp_path: Path) -> None:
    toml = 'office_name = "甲"\ncounty = "131123"\nlanguage = "en"\n[smtp]\nhost = "mail"\n[deadlines]\nlook = 5\n'
    every = loaded(tmp_path, toml, {"language": "zh", "inbox": None}, OFFICE_NAME="乙", SMTP__PORT="25")
    found = shown(every)
    assert found["office_name"] == ("乙", "RUWANG_OFFICE_NAME")
    assert found["county"] == ("131123", "pipeline.toml")
    assert found["language"] == ("zh", "--language")
    assert found["smtp.port"] == ("25", "RUWANG_SMTP__PORT")
    assert found["smtp.host"] == ("mail", "pipeline.toml")
    assert found["deadlines.look"] == ("5", "pipeline.toml")
    assert found["inbox"] == (str(tmp_path / "inbox"), DEFAULT)
    assert every.settings.deadlines == {"look": 5}


def test_folders_start_where_they_were_written(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "ours.toml").write_text('outbox = "out"\n')
    settings = load_settings(
        {"inbox": Path("in")}, config=Path("office/ours.toml"), environ={}, folder=tmp_path
    ).settings
    assert settings.outbox == office / "out"
    assert settings.inbox == tmp_path / "in"
    assert settings.ledger == f"sqlite:///{office}/ledger/ruwang.db"


@pytest.mark.parametrize(
    ("toml", "environ", "meant"),
    [
        ('ofice_name = "x"', {}, "office_name"),
        ('[smtp]\nhots = "x"', {}, "smtp.host"),
        ('[stmp]\nhost = "x"', {}, "smtp.host"),
        ("", {"OFFICENAME": "x"}, "RUWANG_OFFICE_NAME"),
        ("", {"SMTP_HOST": "x"}, "RUWANG_SMTP__HOST"),
        ("deadlines = 3", {}, "deadlines.<stage>"),
    ],
)
def test_a_misspelt_setting_is_refused_with_the_name_that_was_meant(
    tmp_path: Path, toml: str, environ: dict[str, str], meant: str
) -> None:
    error = refused(tmp_path, toml, **environ)
    assert error.to("en").endswith(f"did you mean {meant}?")
    assert f"是不是 {meant}？" in error.to("zh")


def test_a_setting_like_no_other_is_refused_too(tmp_path: Path) -> None:
    assert "RUWANG_QQQQ" in refused(tmp_path, QQQQ="1").to("zh")


@pytest.mark.parametrize(
    ("toml", "environ", "words"),
    [
        ("county = 131123", {}, ("pipeline.toml: county", "加引号")),
        ("", {"COUNTY": "13112"}, ("RUWANG_COUNTY", "六位行政区划码")),
        ("", {"WORKERS": "two"}, ("RUWANG_WORKERS", "应为整数")),
        ("", {"SMTP__PORT": "99999"}, ("RUWANG_SMTP__PORT", "不能大于 65535")),
        ("", {"LANGUAGE": "fr"}, ("RUWANG_LANGUAGE", '"zh" 或 "en"')),
        ("", {"CLERK": "a@b.cn, c@d.cn"}, ("RUWANG_CLERK", "一个邮箱地址")),
        ("", {"TIMEZONE": "Asia/Wuqiang"}, ("RUWANG_TIMEZONE", "时区")),
        ("", {"LEDGER": "ledger.db"}, ("RUWANG_LEDGER", "数据库地址")),
        ("", {"LEDGER": "postgresql://db:port/x"}, ("RUWANG_LEDGER", "数据库地址")),
        ('ledger = "postgresql://db:port/x"', {}, ("pipeline.toml: ledger", "数据库地址")),
        ("", {"LEDGER": "sqlite://"}, ("RUWANG_LEDGER", "写明文件")),
        ("", {"LEDGER": "sqlite:///:memory:"}, ("RUWANG_LEDGER", "写明文件")),
        ("", {"LEDGER": "mysql://db/x"}, ("RUWANG_LEDGER", "SQLite 或 PostgreSQL")),
        ('inbox = "outbox"', {}, ("pipeline.toml: inbox 和 outbox", "不能是同一个文件夹")),
        ('outbox = "inbox/out"', {}, ("inbox 和 pipeline.toml: outbox", "读取并移走")),
        ('inbox = "outbox/archive"', {}, ("pipeline.toml: inbox 和 outbox", "一个在另一个里面")),
        ('ledger = "sqlite:///inbox/ruwang.db"', {}, ("inbox", "ledger", "读取并移走")),
        ('backup_folder = "inbox"', {}, ("inbox 和 pipeline.toml: backup_folder", "读取并移走")),
        ("", {"DEADLINES__LOOK": "-1"}, ("RUWANG_DEADLINES__LOOK", "不能小于 0")),
        ("[smtp", {}, ("pipeline.toml", "写法有误")),
    ],
)
def test_a_value_that_cannot_be_is_refused_where_it_was_written(
    tmp_path: Path, toml: str, environ: dict[str, str], words: tuple[str, ...]
) -> None:
    message = refused(tmp_path, toml, **environ).to("zh")
    assert all(word in message for word in words), message


def test_what_is_refused_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    assert refused(tmp_path, 'language = "en"\nx = 1').language == "en"
    assert refused(tmp_path, 'language = "zh"\nx = 1').language == "zh"


def test_a_file_of_settings_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(config=Path("ours.toml"), environ={}, folder=tmp_path)


def test_secrets_come_from_the_environment_and_are_never_shown(tmp_path: Path) -> None:
    every = loaded(tmp_path, SMTP__PASSWORD="geheim", LEDGER="postgresql://ruwang:geheim@db/office")
    assert every.settings.smtp.secret == "geheim"
    assert "geheim" in every.settings.ledger
    assert "geheim" not in str(shown(every))
    assert "geheim" not in repr(every.settings)


def test_secrets_come_from_files_that_settings_name(tmp_path: Path) -> None:
    (tmp_path / "mail-password").write_text("geheim\n")
    (tmp_path / "db-password").write_text("p@ss/word\n")
    toml = (
        'ledger = "postgresql://ruwang@db/office"\nledger_password_file = "db-password"\n'
        '[smtp]\npassword_file = "mail-password"\n'
    )
    settings = loaded(tmp_path, toml).settings
    assert settings.smtp.secret == "geheim"
    assert settings.ledger == "postgresql://ruwang:p%40ss%2Fword@db/office"
    (tmp_path / "db-password").unlink()
    assert "db-password" in refused(tmp_path).to("zh")


@pytest.mark.parametrize(
    ("toml", "options"),
    [
        ('[smtp]\npassword = "geheim"', {}),
        ('ledger = "postgresql://ruwang:geheim@db/office"', {}),
        ("", {"ledger": "postgresql://ruwang:geheim@db/office"}),
    ],
)
def test_secrets_elsewhere_are_refused_and_not_repeated(tmp_path: Path, toml: str, options: dict[str, Any]) -> None:
    error = refused(tmp_path, toml, options)
    assert "RUWANG_" in error.to("en")
    assert "geheim" not in error.to("en") + error.to("zh")


@pytest.mark.parametrize(
    ("environ", "sender"),
    [
        ({}, "ruwang@localhost"),
        ({"SMTP__USER": "office@x.cn"}, "office@x.cn"),
        ({"SMTP__USER": "office"}, "ruwang@localhost"),
        ({"SMTP__USER": "office@x.cn", "SMTP__SENDER": "other@x.cn"}, "other@x.cn"),
    ],
)
def test_mails_come_from_who_logs_in_unless_another_sender_is_set(
    tmp_path: Path, environ: dict[str, str], sender: str
) -> None:
    assert loaded(tmp_path, **environ).settings.smtp.sender == sender


def test_procedures_are_listed_by_comma_or_by_list(tmp_path: Path) -> None:
    assert loaded(tmp_path, PROCEDURES="one, two").settings.procedures == ("one", "two")
    assert loaded(tmp_path, 'procedures = ["one"]').settings.procedures == ("one",)


def test_a_folder_of_procedures_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        in_force(loaded(tmp_path, 'procedures_folder = "ours"').settings)
    assert caught.value.to("zh").endswith(f"没有文件夹 {tmp_path / 'ours'}")


def test_what_compiles_drawn_procedures_is_loaded_where_one_is_drawn_only(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pipeline.settings import Settings;"
        "from pipeline.settings.catalogue import in_force;"
        "in_force(Settings(procedures_folder=Path(sys.argv[1])));"
        "print('pipeline.definitions.compile_definition' in sys.modules)"
    )

    def compiles() -> str:
        return subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
        ).stdout.strip()

    assert compiles() == "False"
    (tmp_path / "车辆使用.xlsx").write_bytes(b"")
    assert compiles() == "True"


@pytest.mark.parametrize(
    ("toml", "zh", "en"),
    [
        ('county = "武强"', '如 "131123"', 'like "131123"'),
        ("county = 131123", "加引号", "in quotation marks"),
        ('language = "fr"', '应为 "zh" 或 "en"', '"zh" or "en"'),
        ("workers = 1000", "不能大于 256", "256 is the most"),
        ("lease_seconds = 0.5", "不能小于 1", "1 is the least"),
        ("[deadlines]\nverify = 300", "不能大于 250", "250 is the most"),
        ('[deadlines]\nverify = "三"', "应为整数", "a whole number"),
        ('office_code = "Wuqiang"', "小写字母", "small letters"),
        ('file_mode = "rw"', '如 "660"', 'like "660"'),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(tmp_path: Path, toml: str, zh: str, en: str) -> None:
    error = refused(tmp_path, toml)
    assert zh in error.to("zh") and en in error.to("en")
    assert "pattern" not in error.to("en") and "Input" not in error.to("en")


@pytest.mark.parametrize(
    ("toml", "zh", "en"),
    [
        ("[deadlines]\nverfy = 3", "deadlines.verfy：没有这一项；是不是 verify (核实)", "did you mean verify (Verify)"),
        ('[deadlines]\n"核实" = 3', "是不是 verify (核实)", "verify (Verify)"),
        ('procedures = ["new_custmer"]', "是不是 new_customer (", "did you mean new_customer ("),
        ("[parameters]\nanswer_minuts = 3", "是不是 answer_minutes (", "did you mean answer_minutes ("),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest(tmp_path: Path, toml: str, zh: str, en: str) -> None:
    with pytest.raises(SettingsError) as caught:
        in_force(loaded(tmp_path, toml).settings)
    assert zh in caught.value.to("zh") and "pipeline procedures" in caught.value.to("zh")
    assert en in caught.value.to("en")


def test_a_parameter_out_of_its_bounds_is_told_in_the_language_of_the_office(tmp_path: Path) -> None:
    catalogue = in_force(loaded(tmp_path).settings)
    every = [each for procedure in catalogue.procedures for each in procedure.parameters]
    number = next(each for each in every if not each.options and each.most < 1000)
    choice = next(each for each in every if each.options)

    def said(code: str, value: object) -> SettingsError:
        with pytest.raises(SettingsError) as caught:
            in_force(loaded(tmp_path, f"[parameters]\n{code} = {value}").settings)
        return caught.value

    out = said(number.code, number.most + 1)
    assert number.words.zh in out.to("zh") and f"到 {number.most:g}" in out.to("zh")
    assert number.words.en in out.to("en") and f"to {number.most:g}" in out.to("en")
    strange = said(choice.code, '"nobody"')
    assert all(each.words.zh in strange.to("zh") and each.words.en in strange.to("en") for each in choice.options)
    assert not any(each.words.zh in strange.to("en") for each in choice.options)
