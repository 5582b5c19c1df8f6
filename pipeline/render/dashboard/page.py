"""The office at a glance: one static page for a phone, a printer and a screen reader. Pure.

No record is named on it and no private number stands there: it counts, and leads to the workbooks that list.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from pipeline.domain.office import Office
from pipeline.domain.redaction import one_line
from pipeline.render.dashboard.count_office import Dashboard
from pipeline.render.dashboard.figures import Paths, grouped
from pipeline.render.dashboard.page_words import PAGE_WORDS
from pipeline.render.mail.digest_words import Say


def page(office: Office, paths: Paths) -> bytes:
    """Return the page of *office* as UTF-8; its links lead along *paths*."""
    say = Say(PAGE_WORDS, office.language)
    glance = Dashboard(office, paths, say)
    return (
        _template()
        .render(
            say=say,
            language="zh-CN" if office.language == "zh" else "en",
            title=say("title", office=one_line(office.name)),
            day=office.today.isoformat(),
            headline=glance.headline(),
            arrivals=glance.arrivals(),
            procedures=glance.procedures(),
            people=glance.people(),
            rules=glance.rules(),
            owners=glance.owners(),
            trend=glance.trend(),
            runs=glance.runs(),
            workbooks=glance.workbooks(),
            help_cards=glance.help_cards(),
        )
        .encode("utf-8")
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["grouped"] = grouped
    return environment.get_template("page.html")
