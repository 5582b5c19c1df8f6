"""Old name of ``schemas.language.checks``, as procedures import it that offices wrote for version 0.1."""

from schemas.language import checks
from schemas.language.checks import *  # noqa: F403

phone = checks.phone_number
