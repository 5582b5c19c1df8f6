"""Declarations that failed while a run was under way, as findings: each stays open until it does what it should, or is written anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.redaction import mask_numbers, one_line
from pipeline.domain.rulebook import found
from schemas.language import Catalogue, Localized, guarding
from schemas.language.guarding import Failure, Watching

RULE = "declaration.failed"
_VERSION = "@version"
"""The detail that tells in which version of its file a declaration failed."""
_LONGEST = 200

_UNTIL = {
    guarding.FORM.en: Localized("这种表的行都不采用，等着", "rows of this form wait"),
    guarding.RULE.en: Localized("这种表的行都不采用，等着", "rows of this form wait"),
    guarding.NUMBER.en: Localized("没有编号的行不采用，等着", "rows without a number wait"),
    guarding.DERIVED.en: Localized(
        "这一栏没有算出来，保持原来的值", "the field is not computed and keeps what it held"
    ),
    guarding.OPENS.en: Localized("不新建记录", "no records are opened"),
    guarding.DUTY.en: Localized("不下达这项任务", "the duty is not given out"),
    guarding.WATCH.en: Localized("不作新的提醒，原有的保留", "nothing new is told, what was told stays"),
    guarding.STATISTIC.en: Localized("这张统计表空着", "the statistic is left out"),
    guarding.OUTLOOK.en: Localized("任务表上没有这一页", "worklists are without this page"),
}


def failed_declarations(
    seen: Watching, catalogue: Catalogue, before: Iterable[OpenFinding], folder: Path | None
) -> Iterator[Finding]:
    """Yield what has failed, and of what failed *before* and was not tried this time what is still written as it was. Files in the
    office's *folder* of procedures are named from there.
    """
    for failure in seen.failures.values():
        yield _finding(failure, catalogue, folder)
    for each in before:
        finding = each.finding
        if finding.rule == RULE and finding.field not in seen.tried and _stands(finding, folder):
            yield finding


def _finding(failure: Failure, catalogue: Catalogue, folder: Path | None) -> Finding:
    place = failure.place
    file = _shown(failure.path, folder)
    until = _UNTIL[place.what.en]
    said = one_line(mask_numbers(failure.said))[:_LONGEST]
    return found(
        RULE,
        file=file,
        field=place.code,
        value=said,
        procedure=_procedure(failure, catalogue),
        what=place.what,
        name=place.name,
        place=Localized(f"{file} 第 {failure.line} 行：", f"{file}, line {failure.line}: ") if file else "",
        said=said,
        until=until,
        **{_VERSION: _version(failure.path)},
    )


def _procedure(failure: Failure, catalogue: Catalogue) -> Localized:
    place = failure.place
    for procedure in catalogue.procedures:
        for register in procedure.registers:
            if register.code == place.register or any(form.code == place.form for form in register.forms):
                return procedure.title
    return place.name


def _shown(path: str, folder: Path | None) -> str:
    if folder is not None and path and Path(path).is_relative_to(folder):
        return f"{folder.name}/{Path(path).relative_to(folder).as_posix()}"
    return path


def _stands(finding: Finding, folder: Path | None) -> bool:
    """Tell whether the file in which it failed is as it was: one that was written anew is given another chance."""
    path = finding.file
    if folder is not None and path.startswith(f"{folder.name}/"):
        path = str(folder / path.removeprefix(f"{folder.name}/"))
    return bool(path) and dict(finding.details).get(_VERSION) == _version(path)


def _version(path: str) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
    except OSError:
        return ""
