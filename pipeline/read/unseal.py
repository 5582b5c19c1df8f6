"""A workbook under a password that the office has set is opened with it; any other stays closed."""

from __future__ import annotations

import io

from pipeline.domain.passwords import Passwords
from pipeline.read.refusal import Refusal

_SEALED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_sealed(content: bytes) -> bool:
    """Tell whether *content* is what Excel writes for a workbook with a password."""
    return content.startswith(_COMPOUND) and _SEALED in content


def unseal(name: str, content: bytes, passwords: Passwords) -> tuple[bytes, str]:
    """Return the workbook in *content* and the password that opened it; *content* itself and "" when it has none.

    Raise ``Refusal`` when none of *passwords* opens it. *name* tells whose it may be.
    """
    if not is_sealed(content):
        return content, ""
    for password in passwords.to_try(name):
        import msoffcrypto

        opened = io.BytesIO()
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(content))
            file.load_key(password=password, verify_password=True)
            file.decrypt(opened)
        except Exception:  # another password, or no such file: the next one tells
            continue
        return opened.getvalue(), password
    raise Refusal("file.encrypted")
