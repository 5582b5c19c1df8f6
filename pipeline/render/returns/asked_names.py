"""What is asked on the first page of a return: which of our fields, or options, is meant by a name of the sender's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.domain.answer import NOT_OURS, OFFERED, SAMPLES, AskedName, asked_name, asked_token
from pipeline.domain.finding import Finding
from schemas.language import Catalogue, Language, Localized

_SAMPLES = Localized("下面填的是：{samples}", "What stands below it: {samples}")


@dataclass(slots=True)
class NameQuestions:
    """The questions of one return: what is asked by several findings is asked at the first of them."""

    catalogue: Catalogue
    language: Language
    _asked: set[AskedName] = field(default_factory=set)

    def ask(self, finding: Finding) -> tuple[str, tuple[str, ...]]:
        """Return the token and the choices of what is asked beside *finding*; nothing where nothing is asked, or again."""
        name = asked_name(finding)
        choices = self._choices(name, finding) if name is not None and name not in self._asked else ()
        if name is None or not choices:
            return "", ()
        self._asked.add(name)
        return asked_token(finding, name), choices

    def samples(self, finding: Finding) -> str:
        """Return what stands below a label that is asked, "" where nothing is told of it."""
        samples = dict(finding.details).get(SAMPLES, "")
        return _SAMPLES.to(self.language).format(samples=samples) if samples else ""

    def _choices(self, name: AskedName, finding: Finding) -> tuple[str, ...]:
        try:
            form = self.catalogue.form(name.form)
        except KeyError:  # of a procedure that is no longer in force
            return ()
        if name.field:
            asked = form.get(name.field)
            return tuple(option.words.to(self.language) for option in asked.options) if asked else ()
        offered = (form.get(code) for code in dict(finding.details).get(OFFERED, "").split(","))
        labels = [each.label.to(self.language) for each in offered if each is not None]
        return (*labels, NOT_OURS.to(self.language)) if labels else ()
