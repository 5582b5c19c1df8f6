"""Small charts as inline SVG: no script, drawn in the colours of the page, read out as text."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

_BAR_WIDTH, _BAR_HEIGHT = 120, 10
_LINE_WIDTH, _LINE_HEIGHT = 96, 24
_COLUMNS_WIDTH, _COLUMNS_HEIGHT = 360, 120
_COLUMNS_ROOM, _FLOOR = 86, 102


def bar(count: float, of: float, late: float = 0) -> Markup:
    """Return a bar of *count* out of *of*, the part that is *late* set off; none out of 0. The figure itself stands beside it."""
    if not of:
        return Markup("")
    whole = _share(count, of)
    part = _share(min(late, count), of)
    return Markup(
        '<svg class="bar" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        '<rect class="room" width="{width}" height="{height}" rx="2"/>'
        '<rect class="full" width="{whole}" height="{height}" rx="2"/>'
        '<rect class="late" width="{part}" height="{height}" rx="2"/></svg>'
    ).format(width=_BAR_WIDTH, height=_BAR_HEIGHT, whole=whole, part=part)


def sparkline(counts: Sequence[int], said: str) -> Markup:
    """Return a line through *counts*, oldest first; *said* is what is read out instead."""
    most = max([*counts, 1])
    step = (_LINE_WIDTH - 4) / max(len(counts) - 1, 1)
    points = [(2 + at * step, _LINE_HEIGHT - 3 - (_LINE_HEIGHT - 6) * count / most) for at, count in enumerate(counts)]
    last_x, last_y = points[-1] if points else (2.0, _LINE_HEIGHT - 3.0)
    return Markup(
        '<svg class="line" viewBox="0 0 {width} {height}" role="img" focusable="false"><title>{said}</title>'
        '<polyline points="{points}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/></svg>'
    ).format(
        width=_LINE_WIDTH,
        height=_LINE_HEIGHT,
        said=said,
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        x=last_x,
        y=last_y,
    )


def columns(names: Sequence[str], left: Sequence[int], right: Sequence[int], said: str) -> Markup:
    """Return two columns side by side for each of *names*, each with its count above; *said* tells it in a sentence.

    The caller writes the counts as a table beside it: a chart alone tells a screen reader too little.
    """
    most = max([*left, *right, 1])
    group = _COLUMNS_WIDTH / max(len(names), 1)
    wide = group * 0.32
    parts = [
        Markup('<svg class="columns" viewBox="0 0 {} {}" role="img" focusable="false"><title>{}</title>').format(
            _COLUMNS_WIDTH, _COLUMNS_HEIGHT, said
        )
    ]
    for at, name in enumerate(names):
        middle = (at + 0.5) * group
        for style, count, start in (("new", left[at], middle - wide - 1), ("gone", right[at], middle + 1)):
            height = _COLUMNS_ROOM * count / most
            if count:
                parts.append(
                    Markup(
                        '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
                        '<text x="{:.1f}" y="{:.1f}">{}</text>'
                    ).format(
                        style, start, _FLOOR - height, wide, height, start + wide / 2, _FLOOR - height - 3, f"{count:,}"
                    )
                )
        parts.append(Markup('<text x="{:.1f}" y="{}">{}</text>').format(middle, _COLUMNS_HEIGHT - 3, name))
    parts.append(Markup('<path d="M0 {0}H{1}"/></svg>').format(_FLOOR, _COLUMNS_WIDTH))
    return Markup("").join(parts)


def _share(count: float, of: float) -> str:
    width = _BAR_WIDTH * count / of
    return f"{max(width, 3) if count else 0:.1f}"  # one of a thousand is seen, too
