"""Ways to damage a file. Each is a function of a random generator and the bytes, so a seed tells the damage."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping

Damage = Callable[[random.Random, bytes], bytes]

_ABSURD_WORDS = (
    b"XFD1048576 A1:XFD1048576 A0 AAAA1 ZZZZZZZ9 A99999999999 B2:A1 A1: :A1 -1 0 1048576 1048577 2147483647 4294967295 "
    b"4294967296 9223372036854775807 18446744073709551616 99999999999999999999 1e308 NaN inf ../../../etc/passwd "
    b"http://127.0.0.1:9/ =1+1 true e s n str inlineStr &#0; &#xD800; &lol; \xef\xbf\xbf \xff\xfe"
)
_ABSURD_SHORT = [b"", *_ABSURD_WORDS.split(b" ")]
_ABSURD = [*_ABSURD_SHORT, b"9" * 5000, b"A" + b"9" * 5000, b"A" * 100_000]
_ATTRIBUTE = re.compile(rb"""(?<=[\s:])([\w:]+)=(["'])([^"'<>]{0,200})\2""")
_TEXT = re.compile(rb">([^<>]{1,200})<")
_ELEMENT = re.compile(rb"<([\w:]+)(?:\s[^<>]*)?/>|<([\w:]+)(?:\s[^<>]*)?>[^<>]*</\2>")
_TAG = re.compile(rb"</?[\w:]+[^<>]*>")
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
_DOCTYPE = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + _LAUGHS + b'<!ENTITY lol SYSTEM "file:///etc/hostname">]>'


def mutate(rng: random.Random, content: bytes) -> tuple[str, bytes]:
    """Return *content* damaged once to three times, and the names of the damages."""
    done = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        among = _ANY | (_OF_PACKAGES if zipfile.is_zipfile(io.BytesIO(content)) else _OF_TEXT)
        name = rng.choice(sorted(among))
        content = among[name](rng, content)
        done.append(name)
    return "+".join(done), content


# Of any bytes


def flip(rng: random.Random, content: bytes) -> bytes:
    """Change single bytes."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 12) if changed else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(rng: random.Random, content: bytes) -> bytes:
    """Keep the beginning only, as of a file half copied."""
    return content[: rng.randrange(len(content) + 1)]


def drop(rng: random.Random, content: bytes) -> bytes:
    """Leave out a span."""
    start = rng.randrange(len(content) + 1)
    return content[:start] + content[start + rng.choice((1, 16, 300, 4096)) :]


def repeat(rng: random.Random, content: bytes) -> bytes:
    """Write a span many times."""
    start = rng.randrange(len(content) + 1)
    span = content[start : start + rng.choice((1, 30, 1000))]
    return content[:start] + span * rng.choice((2, 50, 2000)) + content[start:]


def insert(rng: random.Random, content: bytes) -> bytes:
    """Write something absurd somewhere."""
    start = rng.randrange(len(content) + 1)
    return content[:start] + rng.choice((*_ABSURD, b"\x00", b'"', b"<", b"&", b"\r", b"<!--", b"]]>")) + content[start:]


def noise(rng: random.Random, content: bytes) -> bytes:
    """Keep the first bytes only, by which the format is told, before random ones."""
    return content[: rng.choice((0, 2, 4, 8, 512))] + rng.randbytes(rng.choice((0, 1, 100, 10_000)))


# Of packages


def member(rng: random.Random, content: bytes) -> bytes:
    """Damage the text of one part, packed rightly again."""
    parts = _parts(content)
    if not parts:
        return flip(rng, content)
    victim = rng.choice([name for name in parts if "sheet" in name or "content" in name] * 3 + [*parts])
    damages = [*_OF_TEXT.values(), flip, cut, drop, repeat, insert]
    parts[victim] = rng.choice(damages)(rng, parts[victim])
    return _pack(list(parts.items()))


def lose(rng: random.Random, content: bytes) -> bytes:
    """Leave out one part."""
    parts = _parts(content)
    parts.pop(rng.choice([*parts] or [""]), None)
    return _pack(list(parts.items()))


def swap(rng: random.Random, content: bytes) -> bytes:
    """Exchange the contents of two parts."""
    parts = _parts(content)
    if parts:
        one, other = rng.choice([*parts]), rng.choice([*parts])
        parts[one], parts[other] = parts[other], parts[one]
    return _pack(list(parts.items()))


def twice(rng: random.Random, content: bytes) -> bytes:
    """Write one part two times."""
    parts = _parts(content)
    return _pack([*parts.items(), *([rng.choice([*parts.items()])] if parts else [])])


def rename(rng: random.Random, content: bytes) -> bytes:
    """Give one part a hostile name."""
    parts = _parts(content)
    old = rng.choice([*parts] or [""])
    new = rng.choice(
        ("../../" + old, "/" + old, old.upper(), old.replace("/", "\\"), "x" * 60_000, "登记\x01.xml", "a/" * 99)
    )
    return _pack([(new if name == old else name, part) for name, part in parts.items()])


def lie(rng: random.Random, content: bytes) -> bytes:
    """Overwrite a field of one entry in the package's directory: flags, method, sizes, where it begins."""
    places = [match.start() for match in re.finditer(rb"PK\x01\x02", content)]
    if not places:
        return flip(rng, content)
    offset, size = rng.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (42, 4)))
    value = rng.choice((0, 1, 8, 99, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)) & ((1 << 8 * size) - 1)
    changed = bytearray(content)
    struct.pack_into("<H" if size == 2 else "<I", changed, min(rng.choice(places) + offset, len(changed) - size), value)
    return bytes(changed)


def wrap(rng: random.Random, content: bytes) -> bytes:
    """Put it into a zip, once or twice."""
    for _ in range(rng.randint(1, 2)):
        content = _pack([("里面.xlsx", content)])
    return content


# Of text: XML, web pages, lists with separators


def explode(rng: random.Random, content: bytes) -> bytes:
    """Give attributes absurd values."""
    for _ in range(rng.randint(1, 3)):
        content = _replace_one(rng, content, _ATTRIBUTE, lambda found: found[1] + b'="' + rng.choice(_ABSURD) + b'"')
    return content


def explode_all(rng: random.Random, content: bytes) -> bytes:
    """Give every attribute of one name the same absurd value."""
    names = sorted({found[1] for found in _ATTRIBUTE.finditer(content)})
    if not names:
        return explode_text(rng, content)
    name, value = rng.choice(names), rng.choice(_ABSURD_SHORT)
    return re.sub(rb"(?<=[\s:])" + name + rb"""=(["'])[^"'<>]*\1""", lambda _: name + b'="' + value + b'"', content)


def explode_text(rng: random.Random, content: bytes) -> bytes:
    """Give a cell an absurd text."""
    value = rng.choice((*_ABSURD, b"\x01\x0b\x1f", "\u202e\ufffe𠮷".encode(), b"&#xFFFF;", b"=cmd|'/c calc'!A1"))
    return _replace_one(rng, content, _TEXT, lambda _: b">" + value + b"<")


def multiply(rng: random.Random, content: bytes) -> bytes:
    """Write one element very often."""
    times = rng.choice((2, 100, 20_000))
    return _replace_one(rng, content, _ELEMENT, lambda found: found[0] * times)


def nest(rng: random.Random, content: bytes) -> bytes:
    """Nest one element very deep, mostly without an end."""
    depth = rng.choice((50, 3000, 100_000))
    end = b"</%s>" * rng.randint(0, 1)
    return _replace_one(
        rng,
        content,
        _ELEMENT,
        lambda found: b"<%s>" % (found[1] or found[2]) * depth + (end and end % (found[1] or found[2]) * depth),
    )


def unclose(rng: random.Random, content: bytes) -> bytes:
    """Leave out a tag."""
    return _replace_one(rng, content, _TAG, lambda _: b"")


def laugh(rng: random.Random, content: bytes) -> bytes:
    """Declare entities that expand without end, or to a file, and use them."""
    head, mark, rest = content.partition(b"?>")
    if not mark:
        head, mark, rest = b"", b"", content
    return _replace_one(rng, head + mark + _DOCTYPE + rest, _TEXT, lambda _: rng.choice((b">&l9;<", b">&lol;<")))


def recode(rng: random.Random, content: bytes) -> bytes:
    """Store the text in another encoding than it says."""
    text = content.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-16-be", "gb18030", "utf-7", "utf-32")), "replace")


def _replace_one(
    rng: random.Random, content: bytes, pattern: re.Pattern[bytes], new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return insert(rng, content)
    match = rng.choice(found)
    return content[: match.start()] + new(match) + content[match.end() :]


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts that can still be read."""
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for info in package.infolist():
                if info.file_size < 64 << 20:
                    parts[info.filename] = package.read(info)
    except Exception:  # damaged before; what was read so far will do
        return parts
    return parts


def _pack(parts: list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, part in parts:
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _named(*damages: Damage) -> Mapping[str, Damage]:
    return {damage.__name__: damage for damage in damages}


_ANY = dict(_named(flip, cut, drop, repeat, insert, noise))
_OF_PACKAGES = dict(_named(lose, swap, twice, rename, lie, wrap)) | {f"member {number}": member for number in range(12)}
_OF_TEXT = dict(_named(explode, explode_all, explode_text, multiply, nest, unclose, laugh, recode))
