"""``python -m pipeline`` is ``pipeline``."""

from pipeline.cli.process import start_process

start_process()
