"""Types of what is printed or kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]
JsonRead: TypeAlias = dict[str, Any]
"""An object that comes out of JSON: who wrote it knows what each value is."""
