"""What runs wrote, from what, and what staff have added to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import RowMapping, delete, select

from pipeline.domain.customizations import Additions, page_from_json, page_to_json
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, in_parts

_PAGE, _SHEET = "page", "sheet"
_AT = "at"


class ReportFiles(SqlStatements):
    """Reports by hash and by path."""

    def add_published(self, sha256: str, path: str, run: int) -> None:
        """Remember that *run* wrote a file of that hash."""
        self._upsert(tables.PUBLISHED, [{"sha256": sha256, "path": path, "run": run}])

    def published(self, hashes: Iterable[str]) -> set[str]:
        """Return those of *hashes* that are files as a run wrote them."""
        table = tables.PUBLISHED.c
        return {
            sha256
            for part in in_parts(hashes)
            for sha256 in self._connection.scalars(select(table.sha256).where(table.sha256.in_(part)))
        }

    def published_paths(self) -> set[str]:
        """Return where, below the outbox, runs wrote what people may edit."""
        return set(self._connection.scalars(select(tables.PUBLISHED.c.path).distinct()))

    def rendered(self) -> dict[str, tuple[str, str]]:
        """Return by path what each report was last drawn from, and its hash."""
        return {row.path: (row.inputs, row.sha256) for row in self._connection.execute(select(tables.DRAWN))}

    def put_rendered(self, drawn: Mapping[str, tuple[str, str]]) -> None:
        """Keep what the reports were drawn from, in place of what was kept before."""
        self._connection.execute(delete(tables.DRAWN))
        self._upsert(
            tables.DRAWN,
            [{"path": path, "inputs": inputs, "sha256": sha256} for path, (inputs, sha256) in drawn.items()],
        )

    def customizations(self) -> Additions:
        """Return what staff added to the master."""
        rows = list(self._connection.execute(select(tables.ADDITIONS)).mappings())
        return Additions(
            pages={row["name"]: page_from_json(row["body"]) for row in rows if row["kind"] == _PAGE},
            sheets={row["name"]: row["content"] for row in sorted(rows, key=_at) if row["kind"] == _SHEET},
        )

    def put_customizations(self, additions: Additions) -> None:
        """Keep what staff added to the master, in place of what was kept before."""
        self._connection.execute(delete(tables.ADDITIONS))
        pages = [
            {"kind": _PAGE, "name": code, "body": page_to_json(page), "content": None}
            for code, page in additions.pages.items()
        ]
        sheets = [
            {"kind": _SHEET, "name": title, "body": {_AT: at}, "content": content}
            for at, (title, content) in enumerate(additions.sheets.items())
        ]
        self._upsert(tables.ADDITIONS, [*pages, *sheets])


def _at(row: RowMapping) -> int:
    """A sheet's place among those that staff added: a server gives rows in no order of its own."""
    place: int = row["body"].get(_AT, 0)
    return place
