"""Records as read → accepted records and findings: cells are converted, columns and rows judged, nothing stored."""

from pipeline.validate.check_form import check_form

__all__ = ["check_form"]
