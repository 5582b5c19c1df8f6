"""The rows of one form → its fields, with all that they are judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.definitions.codebook import CodeBook
from pipeline.definitions.lookup import Lookup, field_lookup, option_named
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.naming import wording
from pipeline.definitions.read_definition import DefinitionRow, bare_name
from pipeline.definitions.words import (
    FIELD_FLAGS,
    KINDS,
    MEANINGS,
    STANDARD_OPTIONS,
    KindWord,
    clauses,
    flags,
    parts,
    said,
)
from schemas.language import NO_TEXT, Bound, Field, FieldBound, FieldRole, Kind, Localized, Option

_BY_MEANING = {bare_name(word): means for means, words in MEANINGS.items() for word in (words.zh, words.en)}
_BY_KIND = {bare_name(word): kind for kind in KINDS for word in (kind.zh, kind.en)}


@dataclass(frozen=True, slots=True)
class FieldsOfForm:
    """The fields of a form, each with the row that declares it, where there is one, and the bounds that come with their kinds."""

    fields: tuple[Field, ...]
    rows: tuple[DefinitionRow | None, ...]
    bounds: tuple[FieldBound, ...]


@dataclass(frozen=True, slots=True)
class FieldCompiler:
    """Makes fields of rows; *options* are the rows of the sheet of options, *registers* whatever a field may name."""

    mistakes: Mistakes
    codes: CodeBook
    options: Sequence[DefinitionRow]
    registers: Lookup

    def form(self, form: str, title: str, rows: Sequence[DefinitionRow], *, numbered: bool) -> FieldsOfForm:
        """Return the fields of the form *form*, called *title*; its key is given by the program where it is *numbered*."""
        labels: dict[str, DefinitionCell] = {}
        for row in rows:
            cell = row.cell("field")
            if bare_name(cell.text) in labels:
                self.mistakes.at(
                    cell,
                    Localized(f"“{cell.text}”在这张表上有两栏", f"two fields of this form are called “{cell.text}”"),
                    Localized("各栏名称要不同：改名或删去一行", "call each otherwise, or delete a row"),
                )
            labels[bare_name(cell.text)] = cell
        codes = self.codes.give(("field", form), [(row.cell("field"), row.cell("code")) for row in rows])
        made = [self._field(form, title, code, row, numbered=numbered) for code, row in zip(codes, rows, strict=True)]
        bounds = [
            FieldBound(code, Bound.LEAST, kind.least)
            for code, row in zip(codes, rows, strict=True)
            if (kind := self._kind(row)) and kind.least is not None
        ]
        known = field_lookup(made)
        by_code = {each.code: each for each in made}
        fields = [
            replace(each, required_when=self._conditions(row.cell("required_when"), known, by_code))
            for each, row in zip(made, rows, strict=True)
        ]
        return FieldsOfForm(tuple(fields), tuple(rows), tuple(bounds))

    def _field(self, form: str, title: str, code: str, row: DefinitionRow, *, numbered: bool) -> Field:
        kind = self._kind(row)
        key, required = self._yes(row.cell("key")), self._yes(row.cell("required"))
        options = self._options(form, title, code, row)
        chosen = kind.kind if kind else Kind.CHOICE if options else Kind.CODE if key else Kind.TEXT
        if chosen is Kind.CHOICE and not options:
            self.mistakes.at(
                row.cell("options"),
                Localized(
                    f"“{row.text('field')}”是选项，却没有写有哪些", f"“{row.text('field')}” is a choice without answers"
                ),
                Localized("在“选项”一栏写上，用顿号隔开：同意、退回", "write them, joined by 、"),
            )
        more = self._flags(row.cell("more"))
        given = "given" in more or (numbered and key)
        private = row.cell("private")
        return Field(
            code,
            wording(row.text("field"), row.text("en")),
            chosen,
            aliases=tuple(parts(row.text("aliases"))),
            key=key,
            required=(required or key) and not given,
            options=options,
            example=row.text("example") or (options[0].words.zh if options else ""),
            help=Localized(row.text("help"), row.text("help_en") or row.text("help")) if row.text("help") else NO_TEXT,
            means=self._means(row.cell("means")),
            private=self._yes(private) if private.text else bool(kind and kind.private),
            given=given,
            once="once" in more,
            counted="counted" in more,
            names=self.registers.named(row.cell("names"), row.text("names"), self.mistakes)
            if row.text("names")
            else "",
            rules=kind.rules if kind else (),
        )

    def _kind(self, row: DefinitionRow) -> KindWord | None:
        cell = row.cell("kind")
        found = _BY_KIND.get(bare_name(cell.text))
        if cell.text and found is None:
            self.mistakes.unknown(cell, cell.text, Localized("类型", "kind"), [each.zh for each in KINDS])
        return found

    def _means(self, cell: DefinitionCell) -> FieldRole | None:
        found = _BY_MEANING.get(bare_name(cell.text))
        if cell.text and found is None:
            self.mistakes.unknown(
                cell, cell.text, Localized("含义", "meaning"), [each.zh for each in MEANINGS.values()]
            )
        return found

    def _flags(self, cell: DefinitionCell) -> set[str]:
        found = set()
        for word, flag in flags(cell.text, FIELD_FLAGS):
            if flag is None:
                known = [each.zh for each in FIELD_FLAGS.values()]
                self.mistakes.unknown(cell, word, Localized("说法", "word"), known)
            else:
                found.add(flag)
        return found

    def _yes(self, cell: DefinitionCell) -> bool:
        answer = said(cell.text)
        if answer is None:
            self.mistakes.at(
                cell,
                Localized(f"“{cell.text}”不是“是”或“否”", f"“{cell.text}” is neither yes nor no"),
                Localized("写“是”，或清空", "write yes, or clear it"),
            )
        return bool(answer)

    def _options(self, form: str, title: str, field: str, row: DefinitionRow) -> tuple[Option, ...]:
        cell = row.cell("options")
        names = parts(cell.text)
        declared = {
            bare_name(each.text("option")): each
            for each in self.options
            if bare_name(each.text("field")) in (bare_name(row.text("field")), field)
            and bare_name(each.text("form")) in ("", bare_name(title), form)
        }
        twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            self.mistakes.at(
                cell,
                Localized(f"选项“{twice}”写了两次", f"the answer “{twice}” is written twice"),
                Localized("删去一个", "delete one"),
            )
        blank = DefinitionCell("", cell.sheet, cell.cell)
        labels = [DefinitionCell(name, cell.sheet, cell.cell) for name in names]
        rows = [declared.get(bare_name(name)) for name in names]
        named = [(label, one.cell("code") if one else blank) for label, one in zip(labels, rows, strict=True)]
        standard = {zh: option.code for zh, option in STANDARD_OPTIONS.items()}
        codes = self.codes.give(("option", f"{form}.{field}"), named, standard=standard) if names else []
        return tuple(_option(name, code, one) for name, code, one in zip(names, codes, rows, strict=True))

    def _conditions(
        self, cell: DefinitionCell, known: Lookup, fields: Mapping[str, Field]
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return conditions(cell, cell.text, known, fields, self.mistakes)


def _option(name: str, code: str, row: DefinitionRow | None) -> Option:
    standard = STANDARD_OPTIONS.get(name)
    if standard is not None and standard.code == code and (row is None or not (row.text("en") or row.text("aliases"))):
        return standard
    en, aliases = (row.text("en"), parts(row.text("aliases"))) if row else ("", [])
    return Option(code, wording(name, en), tuple(aliases))


def conditions(
    cell: DefinitionCell, text: str, known: Lookup, fields: Mapping[str, Field], mistakes: Mistakes
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the conditions that *text* states, ``field=answer、answer；…``, each answer by its code."""
    found = []
    for clause in clauses(text):
        name, equals, answers = clause.replace("＝", "=").partition("=")
        if not equals:
            mistakes.at(
                cell,
                Localized(f"看不懂“{clause}”", f"“{clause}” is not understood"),
                Localized("写成 栏目=选项，如 审批意见=退回", "write field=answer, like Opinion=Returned"),
            )
            continue
        code = known.named(cell, name.strip(), mistakes)
        if code:
            found.append((code, answers_of(cell, fields[code], answers, mistakes)))
    return tuple(found)


def answers_of(cell: DefinitionCell, field: Field, text: str, mistakes: Mistakes) -> tuple[str, ...]:
    """Return the codes of the answers to *field* that *text* lists."""
    options = {each.code: each for each in field.options}
    found = []
    for name in parts(text):
        code = option_named(options, name)
        if code:
            found.append(code)
        else:
            mistakes.unknown(
                cell,
                name,
                Localized(f"“{field.label.zh}”的选项", f"answer of “{field.label.en}”"),
                [each.words.zh for each in field.options],
            )
    return tuple(found)
