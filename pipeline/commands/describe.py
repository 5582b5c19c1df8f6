"""What the program knows: forms, as plain objects."""

from __future__ import annotations

from pipeline.domain.json_values import JsonRead
from schemas.language import Catalogue, Field, Language


def describe_forms(catalogue: Catalogue, language: Language) -> list[JsonRead]:
    """Return every form with its fields."""
    return [
        {
            "form": form.code,
            "title": form.title.to(language),
            "number": form.number,
            "layouts": [layout.value for layout in form.layouts],
            "fields": [_describe_field(field, language) for field in form.fields],
        }
        for form in catalogue.handed_in
    ]


def _describe_field(field: Field, language: Language) -> JsonRead:
    return {
        "field": field.code,
        "label": field.label.to(language),
        "aliases": list(field.aliases),
        "kind": field.kind.value,
        "key": field.key,
        "required": field.required,
        "options": [option.words.to(language) for option in field.options],
        "example": field.example,
    }
