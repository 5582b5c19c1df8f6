"""What a database says in its own words, in a sentence that tells the operator what to do."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError

from schemas.language import Localized

DAMAGED = Localized(
    "账本已损坏，先不要动它：运行 pipeline rebuild --from-backup，由最近的备份和存档恢复",
    "the ledger is damaged, leave it where it is: pipeline rebuild --from-backup brings it back from the newest copy and the archive",
)

_OF_A_FILE = (
    ("locked", Localized("账本正被其他程序占用，稍后再运行", "another program holds the ledger: run again later")),
    (
        "is full",
        Localized("账本所在的磁盘没有空间了：请清理后再运行", "no space left for the ledger: make room and run again"),
    ),
    (
        "disk I/O error",
        Localized("账本不能写入：请检查磁盘和空间后再运行", "the ledger cannot be written: check disk and space"),
    ),
    (
        "readonly",
        Localized("账本不允许写入：请检查文件和文件夹的权限", "the ledger may not be written: check its permissions"),
    ),
    (
        "unable to open",
        Localized(
            "账本打不开：请检查文件和文件夹的权限",
            "the ledger cannot be opened: check the permissions of file and folder",
        ),
    ),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
)

_UNREACHABLE = Localized(
    "连不上数据库服务器：请核对设置 ledger 中的主机和端口，并看服务器和网络是否正常",
    "the database server cannot be reached: look at host and port in the setting ledger, at the server and the network",
)
_OF_A_SERVER = {  # https://www.postgresql.org/docs/current/errcodes-appendix.html
    "42501": Localized(
        "数据库用户没有这个单位那一部分的权限：请核对设置 office_code，或请数据库管理员按 docs/scale.md 授权",
        "the database's user may not use this office's part of it: look at the setting office_code, or have the database's "
        "administrator grant it as docs/scale.md says",
    ),
    "28P01": Localized("数据库用户名或密码不对", "user or password of the database is wrong"),
    "28000": Localized("数据库服务器不让这个用户进来", "the database server does not let this user in"),
    "3D000": Localized(
        "服务器上没有这个数据库：请核对设置 ledger", "the server has no such database: look at the setting ledger"
    ),
}
_SAID_OF_LOGIN = (
    ("password authentication failed", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ("does not exist", "3D000"),
)


def what_to_do(error: DBAPIError, where: str = "") -> Localized:
    """Return what the database says in *error*, of the ledger at *where*, with what the operator can do about it."""
    said = re.sub(r"\s+", " ", str(error.orig or error)).strip()
    problem = f"{where}: {said}" if where else said
    advice = _advice(error, said)
    if advice is None:
        return Localized(problem, problem)
    return Localized(f"{advice.zh}（{problem}）", f"{advice.en} ({problem})")


def _advice(error: DBAPIError, said: str) -> Localized | None:
    if not type(error.orig).__module__.startswith("psycopg"):
        return next((advice for sign, advice in _OF_A_FILE if sign in said), None)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _OF_A_SERVER.get(state)
    if type(error.orig).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    # before it has let anybody in, the driver knows the server's words alone
    return next((_OF_A_SERVER[code] for sign, code in _SAID_OF_LOGIN if sign in said), _UNREACHABLE)
