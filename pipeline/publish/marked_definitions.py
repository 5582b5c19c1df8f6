"""Drawn procedures with mistakes, marked at their cells: copies for whoever draws them, gone when they are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.domain.finding import Finding
from pipeline.publish.annotate_file import AnnotationJob, make_return
from pipeline.publish.reports import Reports
from pipeline.render.returns.explain import explain
from schemas.language import Catalogue, Language, Localized

FOLDER = "definitions"
_HINT = Localized(
    "怎样改：点“单元格”一栏跳到那里，按“怎样改”改好，保存后换掉流程文件夹里的那一份。标记不用删。",
    "To mend it: follow the link under “Cell”, correct it as said, save this file and put it in place of the one in the folder "
    "of procedures. The marks may stay.",
)


def mark_definitions(
    reports: Reports,
    wrong: Iterable[tuple[str, bytes, Sequence[Finding]]],
    catalogue: Catalogue,
    language: Language,
    outbox: Path,
) -> None:
    """Put into *reports* a marked copy of each workbook that is *wrong* (name, content, what is wrong), and take away the others."""
    files = {f"{FOLDER}/{path.name}": None for path in (outbox / FOLDER).glob("*.xlsx")}
    reports.files |= files
    for name, content, findings in wrong:
        marking = explain(findings, {}, catalogue, language, file=name, submission="")
        page = replace(marking.page, hints=(_HINT.to(language), *marking.page.hints[1:]))
        made = make_return(AnnotationJob(name, content, "", replace(marking, page=page)))
        if made.content:
            reports.files[f"{FOLDER}/{name}"] = made.content
