"""A workbook under a password, as Excel itself sets one (ECMA-376, agile: AES, 100,000 rounds of SHA-512)."""

from __future__ import annotations

import io

from pipeline.errors import RuwangError
from schemas.language import Localized


class EncryptError(RuwangError):
    """A workbook that was put under its password does not open with it. Nothing of it leaves."""


def encrypt(content: bytes, password: str) -> bytes:
    """Return the workbook *content* so that it opens with *password* alone. Raise SealError when it would not.

    The library calls writing such files experimental: each is opened again before it leaves.
    """
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed, opened = io.BytesIO(), io.BytesIO()
    try:
        OOXMLFile(io.BytesIO(content)).encrypt(password, sealed)
        file = msoffcrypto.OfficeFile(sealed)
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened, verify_integrity=True)
    except Exception as error:  # whatever the library stumbles over
        raise _unsealed() from error
    if opened.getvalue() != content:
        raise _unsealed()
    return sealed.getvalue()


def _unsealed() -> EncryptError:
    return EncryptError(
        Localized(
            "工作簿未能加上密码：请去掉设置 worklist_password_file 后再运行",
            "a workbook could not be put under its password: run again without the setting worklist_password_file",
        )
    )
