"""The program as a process of its own, from its first import to its end."""

from __future__ import annotations

import atexit
import gc


def start_process() -> None:
    """Run the command line and end.

    Nobody looks for cyclic garbage among what is loaded: there is none, and it took a quarter of a question's time, once when
    the verb had ended and once more when the process did, which gives all of it back anyway. Verbs that last look for it.
    """
    gc.disable()
    atexit.register(gc.freeze)
    from pipeline.cli.main import main

    main()
