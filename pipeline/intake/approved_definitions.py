"""Which drawn procedures are to be put into the office's folder: those approved of that are not there yet, and those of which the
approval was taken back.

Beside what a run keeps of drawn procedures lies, for each workbook that it has put into the folder, a note of which one that was and
what was there before. What somebody puts into the folder himself has none, and is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.domain.finding import Finding
from pipeline.domain.record_title import title_or_key
from pipeline.domain.rulebook import found
from pipeline.outside.ledger import UnitOfWork
from pipeline.settings.run_context import RunContext
from schemas.language import Localized

PLACED, FAILED = ".placed.json", ".failed.json"
_BACK = Localized(
    "流程文件夹里放回了原来那一份，下一次运行照它办", "the one before is back in the folder and holds from the next run"
)
_AWAY = Localized(
    "流程文件夹里拿走了这一份，这个流程停用", "it is taken out of the folder, and the procedure is not in force"
)


@dataclass(frozen=True, slots=True)
class PlacedDefinition:
    """What a run has put into the folder: the workbook's hash, and that of the one that somebody had there himself; "" is none."""

    digest: str
    before: str
    over: str = ""
    """Hash of the one that lay there then, approved of or somebody's own; "" is none."""


@dataclass(frozen=True, slots=True)
class Placement:
    """``workbook`` is to be the one with the hash ``digest`` ("": none any more); ``archived`` is where that lies below the outbox."""

    workbook: str
    digest: str
    archived: str
    title: str
    put_back: bool = False
    """No approval stands any more: what somebody had there himself comes back."""
    taken_back: bool = False
    """The approval of the one that is there was taken back."""
    noted: str = ""
    """With ``put_back``: an earlier one is approved of, over which somebody had put his own, and counts as put there already."""


def placements(context: RunContext, uow: UnitOfWork) -> Sequence[Placement]:
    """Return what is to be done to the folder as the ledger stands."""
    register = context.catalogue.definitions
    if register is None or register.definitions is None:
        return []
    kept, means = context.settings.kept_definitions, register.definitions
    every = [record for _, record in sorted(uow.records.get(register.code, states=[means.approved]).items())]
    approved = {str(each.values[means.workbook]): each for each in every}  # keys are given in the order of handing in
    digests = {each.values[means.digest] for each in every}
    found_there = []
    for workbook, record in approved.items():
        digest, placed = str(record.values[means.digest]), placed_definition(kept, workbook)
        if placed is None or placed.digest != digest:
            known = uow.submissions.known([digest]).get(digest)
            archived = known.archived if known else ""
            back, title = placed is not None and placed.digest not in digests, title_or_key(register, record)
            if back and placed is not None and placed.over != digest:
                found_there.append(
                    Placement(workbook, placed.over, "", title, put_back=True, taken_back=True, noted=digest)
                )
            else:
                found_there.append(Placement(workbook, digest, archived, title, taken_back=back))
    for path in sorted(kept.glob(f"*{PLACED}")):
        workbook = path.name.removesuffix(PLACED)
        placed = placed_definition(kept, workbook)
        if placed is not None and workbook not in approved:
            found_there.append(Placement(workbook, placed.before, "", workbook, put_back=True, taken_back=True))
    return found_there


def told_of(those: Sequence[Placement], context: RunContext) -> Iterator[Finding]:
    """Yield what is to be told of *those*: what an earlier run could not put there, and what goes back."""
    register = context.catalogue.definitions
    for each in those:
        if each.taken_back:
            yield found("definition.put_back", workbook=each.workbook, what=_BACK if each.digest else _AWAY)
        if register is not None and (why := _failed(context.settings.kept_definitions, each.workbook)):
            yield found("definition.not_placed", form=register.base.code, title=each.title, why=why)


def placed_definition(kept: Path, workbook: str) -> PlacedDefinition | None:
    """Return what a run has put into the folder as *workbook*, None where none has."""
    try:
        return PlacedDefinition(**json.loads((kept / f"{workbook}{PLACED}").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def note_of(placed: PlacedDefinition) -> bytes:
    """Return *placed* as it is kept."""
    return json.dumps(asdict(placed)).encode()


def _failed(kept: Path, workbook: str) -> Localized | None:
    try:
        return Localized(**json.loads((kept / f"{workbook}{FAILED}").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
