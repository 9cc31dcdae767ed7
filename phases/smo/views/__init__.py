"""The pages of the SMO."""

from phases.smo.views import meetings, minutes, offers

__all__ = ["meetings", "minutes", "offers"]
