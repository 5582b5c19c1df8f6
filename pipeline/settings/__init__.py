"""Settings: defaults that work, then ``pipeline.toml``, then ``RUWANG_…`` in the environment, then the command line.

Every value remembers where it came from. Secrets come from the environment or from a file that a setting names.
"""

from pipeline.settings.load import DEFAULT, Loaded, Shown, load_settings
from pipeline.settings.model import Settings, Smtp

__all__ = ["DEFAULT", "Loaded", "Settings", "Shown", "Smtp", "load_settings"]
