"""A zip of workbooks: which of its entries are to be read, and under which names people know them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from pipeline.read.formats import limits
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.refusal import bomb

_UTF8 = 0x800


def members(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the name that a person sees and the entry of each file. Nothing is ever written under these names."""
    entries = [info for info in package.entries.values() if not info.is_dir()]
    if len(entries) > limits.MOST_FILES_IN_ZIP:
        raise bomb(f"内含 {len(entries)} 个文件", f"it holds {len(entries)} files")
    taken: set[str] = set()
    for info in entries:
        path = _readable(info).replace("\\", "/")
        base = path.rsplit("/", 1)[-1]
        if base.startswith((".", "~$")) or "__MACOSX/" in path or not base:
            continue
        name = base if base not in taken else path.strip("/").replace("../", "")
        taken.add(name)
        yield name, info.filename


def _readable(info: zipfile.ZipInfo) -> str:
    """Return the entry's name: programs in China write it in GBK without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
