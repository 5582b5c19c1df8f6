"""The language in which procedures are declared: import what a declaration needs from here.

The pandera models of forms are written with ``schemas.language.model``, which alone imports pandas.
"""

from schemas.language.duplicates import CombinedMatch, DuplicateRule, Pairs, Renewal, Side, Transfer
from schemas.language.field import (
    Bound,
    Field,
    FieldBound,
    FieldRole,
    Form,
    Kind,
    Layout,
    Option,
    Order,
    PlainModel,
    RowOrder,
    Rule,
    Severity,
    Span,
    Stored,
    StoredValues,
    Values,
)
from schemas.language.flow import Against, Comparison, LedAnew, Route, Stage, State, Transition
from schemas.language.outlook import Outlook, Owed
from schemas.language.recurring import Every, Recurring
from schemas.language.register import Catalogue, DataQuality, Handover, Procedure, Register, Running
from schemas.language.sealing import Sealed
from schemas.language.words import NO_TEXT, Language, Localized

__all__ = [
    "NO_TEXT",
    "Against",
    "Bound",
    "Catalogue",
    "CombinedMatch",
    "Comparison",
    "DataQuality",
    "DuplicateRule",
    "Every",
    "Field",
    "FieldBound",
    "FieldRole",
    "Form",
    "Handover",
    "Kind",
    "Language",
    "Layout",
    "LedAnew",
    "Localized",
    "Option",
    "Order",
    "Outlook",
    "Owed",
    "Pairs",
    "PlainModel",
    "Procedure",
    "Recurring",
    "Register",
    "Renewal",
    "Route",
    "RowOrder",
    "Rule",
    "Running",
    "Sealed",
    "Severity",
    "Side",
    "Span",
    "Stage",
    "State",
    "Stored",
    "StoredValues",
    "Transfer",
    "Transition",
    "Values",
]
