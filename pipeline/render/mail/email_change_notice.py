"""The short mail to the old and to the new address when a sheet leads somebody's mail elsewhere."""

from __future__ import annotations

from html import escape

from pipeline.domain.mail import Letter
from pipeline.domain.redaction import mask_numbers, one_line
from schemas.language import Language, Localized


def email_change_notice(office: str, name: str, before: str, after: str, language: Language) -> Letter:
    """Return the notice: whose mail, from where to where, and what to do when that is not right."""
    whose = mask_numbers(one_line(name))
    subject = Localized(f"{whose}的邮箱已改", f"The mail address of {whose} was changed").to(language)
    lines = (
        Localized(
            f"{whose}在“{office}”的邮件原来发到 {before}，现在改发到 {after}。",
            f"The mail of {office} for {whose} went to {before} and now goes to {after}.",
        ),
        Localized(
            "改动来自收件夹中的一份表，不是经理本人提交的。如果不对，请马上告诉经理，由经理重新提交。",
            "A sheet of staff in the inbox changed it, which no manager had sent. "
            "If that is not right tell the manager at once, who then hands in the right one.",
        ),
    )
    said = [line.to(language) for line in lines]
    html = "".join(f"<p>{escape(line)}</p>" for line in said)
    return Letter(one_line(subject), "\n\n".join(said) + "\n", f'<html lang="{language}"><body>{html}</body></html>')
