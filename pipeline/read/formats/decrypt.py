"""A workbook under a password that the office has set is opened with it; any other stays closed."""

from __future__ import annotations

import io

from pipeline.domain.passwords import Passwords
from pipeline.read.formats.refusal import Refusal

_SEALED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ROUNDS = 500_000
"""Of hashing a password: Excel writes 100,000. A file may ask for as many as it likes, and each costs time."""


def is_encrypted(content: bytes) -> bool:
    """Tell whether *content* is what Excel writes for a workbook with a password."""
    return content.startswith(_COMPOUND) and _SEALED in content


def decrypt(name: str, content: bytes, passwords: Passwords) -> tuple[bytes, str]:
    """Return the workbook in *content* and the password that opened it; *content* itself and "" when it has none.

    Raise ``Refusal`` when none of *passwords* opens it. *name* tells whose it may be.
    """
    if not is_encrypted(content):
        return content, ""
    for password in passwords.to_try(name):
        opened = _opened(content, password)
        if opened is not None:
            return opened, password
    raise Refusal("file.encrypted")


def _opened(content: bytes, password: str) -> bytes | None:
    """Return the workbook, None with another password.

    The library's own test of a password does the dear part once more; what another one makes of a workbook is no zip,
    of which the library makes sure.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        dear = file.info.get("spinValue", 0) > _MOST_ROUNDS
        if not dear:
            file.load_key(password=password)
            file.decrypt(opened)
    except InvalidKeyError:
        return None
    except MemoryError:
        raise
    except Exception as error:  # damaged, or closed in a way that the library does not know
        raise Refusal("file.encrypted") from error
    if dear:
        raise Refusal("file.encrypted")
    return opened.getvalue()
