"""The command line: ``pipeline`` and its verbs. What a verb needs is imported when it is called.

Data go to stdout, messages to stderr. Exit codes: 0 done, 1 internal error, 2 usage or settings, 3 findings
(``check``, and ``run --strict``), 4 mail not delivered, 75 another run holds the lock.
"""

from __future__ import annotations

import gc

import click

from pipeline.cli.group import Verbs
from pipeline.cli.safe_xml import require_safe_xml
from pipeline.cli.verbs import (
    check,
    demo,
    doctor,
    forms,
    history,
    mails,
    procedures,
    rebuild,
    restore,
    run,
    status,
    template,
    undo,
)
from pipeline.cli.version import version_option
from pipeline.outside.workers.gc_paused import gc_paused

_SHORT = {"run", "check", "template", "forms", "status", "history", "mails"}
"""Verbs that end before garbage could gather: looking for it took a seventh of what loading the program takes."""


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@version_option
def main() -> None:
    """Ruwang (入网) runs an office's paper procedures on Excel files: inbox in, worklists and reports out."""
    require_safe_xml()
    context = click.get_current_context()
    if context.invoked_subcommand in _SHORT:
        context.with_resource(gc_paused())
    else:
        gc.enable()


for _verb in (
    run.run_verb,
    check.check_verb,
    template.template_verb,
    forms.forms_verb,
    procedures.procedures_verb,
    status.status_verb,
    history.history_verb,
    undo.undo_verb,
    mails.mails_verb,
    restore.restore_verb,
    rebuild.rebuild_verb,
    demo.demo_verb,
    doctor.doctor_verb,
):
    main.add_command(_verb)
