"""What the command line ends with, as callers such as cron read it; 0 is done, and errors bring their own code."""

INTERNAL = 1
UNFIT = 2
"""Usage, settings, or something that is not as a run needs it."""
FINDINGS = 3
"""Something is to be mended: ``check``, ``rebuild``, and ``run --strict``."""
NOT_DELIVERED = 4
