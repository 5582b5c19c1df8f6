"""Old name of ``schemas.language.model``, as procedures import it that offices wrote for version 0.1."""

from schemas.language import model
from schemas.language.model import *  # noqa: F403

Whole = model.WholeNumber
