"""An office that runs procedures, as the product lets an office test its own: ``pipeline.commands.trial_office``."""

from pipeline.commands.trial_office import Colleague as Person
from pipeline.commands.trial_office import TrialOffice as Office
from pipeline.commands.trial_outputs import Row, table

__all__ = ["Office", "Person", "Row", "table"]
