"""The language in which procedures are declared: import what a declaration needs from here.

The pandera models of forms are written with ``schemas.language.model``, which alone imports pandas.
"""

from schemas.language.duplicates import Likeness, Pairs, Side, Succession, Transfer, Twins
from schemas.language.field import Field, Form, Kind, Layout, Means, Option, Rule, Severity, Span, Values
from schemas.language.flow import Move, Route, Stage, State
from schemas.language.register import Care, Catalogue, Handover, Procedure, Register, Running
from schemas.language.words import UNSAID, Language, Words

__all__ = [
    "UNSAID",
    "Care",
    "Catalogue",
    "Field",
    "Form",
    "Handover",
    "Kind",
    "Language",
    "Layout",
    "Likeness",
    "Means",
    "Move",
    "Option",
    "Pairs",
    "Procedure",
    "Register",
    "Route",
    "Rule",
    "Running",
    "Severity",
    "Side",
    "Span",
    "Stage",
    "State",
    "Succession",
    "Transfer",
    "Twins",
    "Values",
    "Words",
]
