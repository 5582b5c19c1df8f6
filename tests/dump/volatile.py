"""What differs between two plays of the same program: hashes of dated files, the clock, the folder, whose outbox it is. Each gets a name that stays."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote

MARKED = re.compile(r"^(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})(?P<ending>\.\w+)$")  # the archive's second file of a name
HASH = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{12})(?![0-9A-Za-z])")
# split seconds or a time zone: a clock of the machine wrote that, no person
CLOCK = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+(?:Z|[+-]\d\d:\d\d)?|Z|[+-]\d\d:\d\d)")


class Steady:
    """The names that the files of an outbox have in every play, and texts with all that is volatile replaced."""

    def __init__(self, outbox: Path) -> None:
        self._outbox = outbox
        self._office = outbox.resolve().parent
        files = sorted(path for path in outbox.rglob("*") if path.is_file())
        hashes = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        self.names = _names(outbox, hashes)
        mark = outbox / "archive" / "office.json"
        self._known: dict[str, str] = {}
        if mark.exists():  # drawn by lot when an office begins
            self._known[json.loads(mark.read_text(encoding="utf-8"))["identity"]] = "<identity of the office>"
        for path, sha in hashes.items():
            self._known.setdefault(sha, f"<sha256 of {self.names[path].name}>")
            self._known.setdefault(sha[:12], f"<sha256 of {self.names[path].name}, 12 digits>")

    def text(self, text: str) -> str:
        """Return *text* as every play of the same program would have it."""
        for path in dict.fromkeys((self._office, self._outbox.absolute().parent)):
            text = text.replace(str(path), "<office>").replace(quote(str(path)), "<office>")
        text = HASH.sub(lambda found: self._known.get(found[0], found[0]), text)
        return CLOCK.sub("<clock>", text)


def _names(outbox: Path, hashes: dict[Path, str]) -> dict[Path, Path]:
    """Number the files of the archive that bear a hash by the run that took them, as far as the runs' notes name them."""
    notes = "".join(path.read_text(encoding="utf-8") for path in hashes if path.suffix == ".json")
    names = {path: path.relative_to(outbox) for path in hashes}
    marked: defaultdict[Path, list[Path]] = defaultdict(list)
    for path, name in names.items():
        if (found := MARKED.match(name.name)) and hashes[path].startswith(found["hash"]):
            marked[name.with_name(f"{found['stem']}{found['ending']}")].append(path)
    for name, paths in marked.items():
        paths.sort(key=lambda path: (notes.find(hashes[path]) % (len(notes) + 1), hashes[path]))
        for number, path in enumerate(paths, start=2):
            names[path] = name.with_name(f"{name.stem}~{number}{name.suffix}")
    return names
