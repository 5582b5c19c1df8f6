"""Whether each row of the sheet of options says something of an answer that there is: one that does not would be left unread unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.definitions.mistakes import Mistakes
from pipeline.definitions.outline import FormDraft, Outline
from pipeline.definitions.read_definition import DefinitionRow, bare_name
from pipeline.definitions.words import parts
from schemas.language import Localized

_FORM, _FIELD, _OPTION = Localized("表单", "form"), Localized("栏目", "field"), Localized("选项", "option")


def judge_option_rows(rows: Sequence[DefinitionRow], outline: Outline, mistakes: Mistakes) -> None:
    """Note each of *rows*, of the sheet of options, whose form, field or answer *outline* does not have."""
    for row in rows:
        named = row.text("form")
        forms = [each for each in outline.forms if not named or bare_name(named) in _names(each)]
        if not forms:
            mistakes.unknown(row.cell("form"), named, _FORM, [each.title.zh for each in outline.forms])
            continue
        every = [each for form in forms for each in form.rows]
        asked = bare_name(row.text("field"))
        fields = [each for each in every if asked in (bare_name(each.text("field")), each.text("code"))]
        if not fields:
            known = [each.text("field") for each in every if each.text("options")]
            mistakes.unknown(row.cell("field"), row.text("field"), _FIELD, known)
            continue
        options = list(dict.fromkeys(name for each in fields for name in parts(each.text("options"))))
        if bare_name(row.text("option")) not in map(bare_name, options):
            mistakes.unknown(row.cell("option"), row.text("option"), _OPTION, options)


def _names(form: FormDraft) -> set[str]:
    return {bare_name(form.title.zh), bare_name(form.title.en), form.code}
