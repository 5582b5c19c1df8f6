"""Which field a label asks for that is no field's own: by what it refers to, held against what the fields refer to.

A field refers to what its own label says. Of what a form is about (``Form.about``) and of the act in its title a label
may say more or less; what it says beside that, or lacks, makes it the label of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.language.field import Field, FieldRole, Form, Kind
from schemas.language.letters import plain_label
from schemas.language.references import LONGEST, WORDS, Reference, take_apart

MAIN, SAME, IMPLIED, BY_ROLE, POSSIBLE = range(5)
"""How well a label fits a field: its own one; it refers to the same; to the same, given what the form is about; it names
whoever fills the form; it might mean the field, and others."""

_EVERYWHERE: Mapping[str, frozenset[str]] = {
    "mobile": frozenset({"phone"}),
    "be_there": frozenset(
        {"area", "staff_no", "kind", "address", "department", "district", "route", "trade", "grade", "month"}
    ),
    "contact": frozenset({"phone"}),
    "business_licence": frozenset({"credit"}),
    "company": frozenset({"credit", "name", "score"}),
    "product": frozenset({"model", "quantity", "score", "date"}),
    "deliver": frozenset({"route"}),
    "contract_sign": frozenset({"date"}),
    "tobacco": frozenset({"licence"}),
    "responsible": frozenset({"staff_no"}),
    "area": frozenset({"staff_no"}),
    "actual": frozenset({"date", "quantity", "person", "expense"}),
    "concern": frozenset({"number", "name"}),
    "apply": frozenset({"reason", "item"}),
    "solve": frozenset({"demand"}),
    "deal": frozenset({"demand"}),
    "提出": frozenset({"demand"}),
    "发生": frozenset({"month", "expense", "amount"}),
    "联系": frozenset({"date"}),
    "interview": frozenset({"opinion"}),
}
"""What goes without saying on every form."""
_BELONGS: Mapping[str, frozenset[str]] = {
    "principal": frozenset({"person", "phone", "identity"}),
    "customer": frozenset({"name", "phone", "address", "area", "kind", "grade", "tier", "licence", "credit", "trade", "scale", "person",
                           "district", "demand", "opinion", "number", "finding", "date", "identity", "result"}),
    "store_at": frozenset({"address"}),
    "paper": frozenset({"date", "term"}),
    "licence": frozenset({"date", "term", "address"}),
    "tobacco": frozenset({"licence", "date", "term", "name", "trade", "kind", "grade", "talk"}),
    "valid": frozenset({"date", "term", "phone"}),
    "operate": frozenset({"address", "name", "scale", "trade"}),
}  # fmt: skip
"""What goes without saying of whom: the address of a principal is another one than the shop's."""
_ANYWHERE = {
    head: {each for each, heads in _EVERYWHERE.items() if head in heads} for head in set().union(*_EVERYWHERE.values())
}
_NO_ACT = frozenset({"address", "phone", "identity", "licence", "credit", "name", "area", "paper"})
"""What no act makes another one of the same form: a telephone of registering is somebody else's."""
_PAPERS = frozenset({"identity", "licence", "credit"})
_NEAR: Mapping[str, tuple[str, ...]] = {
    "description": ("content",), "matter": ("content", "purpose", "reason"), "item": ("content", "kind"), "finding": ("content", "result", "state"),
    "note": ("content", "remark"), "total": ("amount", "expense"), "level": ("score", "weight"), "month": ("date",), "quantity": ("count",), "remark": ("note",), "content": ("description",), "kind": ("way",), "quality_of": ("kind",),
    "state": ("finding",), "result": ("finding",), "unit": ("name", "department"), "name": ("unit",), "reason": ("purpose",), "purpose": ("reason",),
    "amount": ("expense",), "expense": ("amount",), "tier": ("weight",), "scheme": ("measure",), "measure": ("scheme",),
}  # fmt: skip
"""What people also call the thing that is asked, on a form that has nothing else of that name."""
_FILLING = ("fill", "register", "record", "report", "list", "draw_up")
_DOERS = {FieldRole.SUBMITTER: (*_FILLING, "handle"), FieldRole.ACTOR: ("handle", "fill")}
_WHEN = {
    FieldRole.DONE_ON: ("handle", "fill"),
    FieldRole.CAME_ON: (
        "accept",
        "take_complaint",
        "receive",
        "declare",
        "report",
        "register",
        "fill",
        "提出",
        "反映",
        "phone_call",
    ),
    FieldRole.STARTS: ("start", "effective", "on_duty", "in_use"),
    FieldRole.ENDS: ("end", "off_duty", "off_use"),
}


_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One or two fields (both ends of a range) that a label may ask for, and how well it fits."""

    codes: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class _Known:
    codes: tuple[str, ...]
    reference: Reference
    rank: int
    does: bool = False
    """Only a label that says so means this one: 姓名 is not whoever fills the form."""


class FormWords:
    """What the fields of one form refer to."""

    def __init__(self, form: Form) -> None:
        self.about = set(form.about)
        self.acts = _concepts_in((form.title.zh, *form.titles))
        self._by_head: dict[str, list[_Known]] = {}
        people = any(_is_person(each) for each in form.fields)
        for each in form.fields:
            for known in _references(each, beside_people=people):
                self._by_head.setdefault(known.reference.head, []).append(known)
                if "customer" in known.reference.which:
                    self.about |= {"customer"}
        for known in _ranges(form):
            self._by_head.setdefault(known.reference.head, []).append(known)
        self.heads = frozenset(self._by_head)
        """What is asked on the form."""

    def candidates(self, label: Reference) -> list[Candidate]:
        """Return the fields that *label* may ask for, the best first, each once."""
        heads = (label.head, *_PAPERS) if label.head == "paper" else (label.head,)
        ranks = self._fitting(label, heads)
        if min(ranks.values(), default=POSSIBLE) == POSSIBLE:
            near = self._fitting(label, _near(label))
            ranks = ranks | {codes: min(rank, ranks.get(codes, rank)) for codes, rank in near.items()}
        return [Candidate(codes, rank) for codes, rank in sorted(ranks.items(), key=lambda pair: pair[1])]

    def _fitting(self, label: Reference, heads: Iterable[str]) -> dict[tuple[str, ...], int]:
        ranks: dict[tuple[str, ...], int] = {}
        for head in heads:
            for known in self._by_head.get(head, ()):
                rank = self._fits(label, known)
                if rank is not None:
                    if head != label.head:
                        rank = POSSIBLE if label.head == "paper" else max(rank, BY_ROLE)
                    ranks[known.codes] = min(rank, ranks.get(known.codes, rank))
        return ranks

    def meant(self, label: str) -> tuple[str, ...] | None:
        """Return the fields that *label*, as written, asks for in words of its own; None when not just one can be meant."""
        reference = take_apart(plain_label(label))
        found = only_one_meant(self.candidates(reference), bare=self.is_bare(reference)) if reference else None
        return found.codes if found and found.rank < BY_ROLE else None

    def is_bare(self, label: Reference) -> bool:
        """Tell whether *label* says only what is asked, not whose or which: 日期, 电话."""
        return not label.which - self._implied(label.head) - self.acts

    def _implied(self, head: str) -> set[str]:
        return {each for each in self.about if head in _BELONGS.get(each, ())} | _ANYWHERE.get(head, set())

    def _fits(self, label: Reference, known: _Known) -> int | None:
        said, meant = label.which, known.reference.which
        if known.does and not said & meant:
            return None
        implied = self._implied(label.head)
        missing = meant - said - implied - ({"contact"} if label.head == "person" else set())
        acting = label.head not in _NO_ACT or (label.head == "name" and "customer" in said)
        goes_along = implied | self.acts if acting else implied
        extra = {each for each in said - meant if each not in goes_along or self._tells_apart(each, known)}
        rank = known.rank if said == meant else max(known.rank, IMPLIED)
        if extra == {"landline"} and "mobile" not in meant:
            extra, rank = set(), BY_ROLE
        if extra:
            return None
        if missing - self.acts:
            return POSSIBLE if self.is_bare(label) else None
        return rank

    def _tells_apart(self, concept: str, known: _Known) -> bool:
        """Tell whether another field of the form has *concept* for what it is about, so that who says it means that one."""
        return any(
            concept in other.reference.which and other.codes != known.codes and other.rank == SAME
            for other in self._by_head[known.reference.head]
        )


def _near(label: Reference) -> tuple[str, ...]:
    if label.head == "name" and "product" in label.which:
        return ("model",)
    return _NEAR.get(label.head, ())


def only_one_meant(candidates: Iterable[Candidate], *, bare: bool) -> Candidate | None:
    """Return the one of *candidates* that is meant, None when it is none or not only one.

    A *bare* label (日期) is taken only where nothing else could be meant at all.
    """
    ranked = list(candidates)
    if not ranked or ranked[0].rank == POSSIBLE:
        return None
    if len(ranked) > 1 and ((bare and ranked[0].rank > SAME) or ranked[1].rank == ranked[0].rank):
        return None
    return ranked[0]


_PRINCIPAL = Reference("person", frozenset({"principal"}))


def _is_person(field: Field) -> bool:
    reference = take_apart(plain_label(field.label.zh))
    return reference is not None and reference.head == "person" and field.means not in _DOERS


def _labels_of(field: Field) -> Iterable[tuple[str, bool]]:
    """Yield each label of *field*, and without what stands in its brackets; whether it is the main one."""
    for label in (field.label.zh, *field.aliases):
        for text in dict.fromkeys((label, _BRACKETED.sub("", label))):
            yield plain_label(text), label == field.label.zh


def _references(field: Field, *, beside_people: bool) -> Iterable[_Known]:
    """Yield what *field* refers to; *beside_people* says that the form has a person of its own beside customers."""
    does = field.means in _DOERS
    references: dict[Reference, int] = {}
    for label, main in _labels_of(field):
        reference = take_apart(label)
        if reference is not None:
            references.setdefault(reference, SAME if main or reference.head == "phone" else IMPLIED)
    for reference, rank in references.items():
        yield _Known((field.code,), reference, rank, does)
        if reference == _PRINCIPAL:  # 客户姓名 is no shop's
            yield _Known((field.code,), Reference("person", frozenset({"customer"})), SAME)
        if does and "responsible" in reference.which:
            others = reference.which - {"responsible"}
            yield _Known((field.code,), Reference("person", others | {"principal"}), BY_ROLE, does)
        if field.means is FieldRole.TITLE and reference.head == "unit":
            yield _Known((field.code,), Reference("name", reference.which | {"customer"}), IMPLIED)
        if reference.head == "name" and "customer" in reference.which and field.means is FieldRole.TITLE:
            yield _Known((field.code,), Reference("person", reference.which), IMPLIED, beside_people)
            if reference.which - {"customer"}:  # 投诉人 is who complains, be it a shop
                yield _Known((field.code,), Reference("person", reference.which - {"customer"}), BY_ROLE, does=True)
    if field.means in _DOERS:
        for act in _DOERS[field.means]:
            yield _Known((field.code,), Reference("person", frozenset({act})), BY_ROLE, does)
    if field.means in _WHEN and field.kind in (Kind.DATE, Kind.MOMENT):
        for act in _WHEN[field.means]:
            yield _Known((field.code,), Reference("date", frozenset({act})), BY_ROLE)


def _ranges(form: Form) -> Iterable[_Known]:
    ends: dict[Reference, dict[int, str]] = {}
    for each in form.fields:
        for label in each.span.labels if each.span else ():
            reference = take_apart(plain_label(label))
            if each.span and reference:
                ends.setdefault(reference, {})[each.span.end] = each.code
    for reference, codes in ends.items():
        if len(codes) == 2:
            yield _Known((codes[0], codes[1]), reference, SAME)


def _concepts_in(titles: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for title in titles:
        text = plain_label(title)
        start = 0
        while start < len(text):
            longest = next(
                (end for end in range(min(len(text), start + LONGEST), start, -1) if text[start:end] in WORDS), 0
            )
            found.update(WORDS.get(text[start:longest], ()))
            start = longest or start + 1
    return frozenset(found)
