"""The phases app."""

from django.apps import AppConfig


class PhasesConfig(AppConfig):
    name = "phases"

    def ready(self) -> None:
        """Makes the kinds of paper known."""
        from cases.notifications import outbox
        from cases.services.dossiers import efforts_held_by
        from cases.services.participation import needed_for
        from phases.analyse import papers as analyse
        from phases.besluit.selectors import still_needed as decision_needed
        from phases.evaluatie import papers as evaluatie
        from phases.evaluatie.selectors import hold_sent
        from phases.handelingsopties import papers as handelingsopties
        from phases.kamer import papers as kamer
        from phases.kamer.selectors import still_needed
        from phases.orientatie import papers as orientatie
        from phases.planning import papers as planning
        from phases.process.inzet import hold_efforts, needed_after_negative, needed_to_catch_up, needed_to_decide_again
        from phases.process.start import hold_start
        from phases.smo.services import bundle
        from phases.uitvoering import papers as uitvoering
        from phases.vastlegging.services import held_by

        needed_for(still_needed)
        outbox.handle("smo-bundel", bundle.make_bundle, bundle.bundle_failed)
        outbox.handle("smo-lijst", bundle.make_list, bundle.list_failed)
        held_by(hold_start)
        held_by(hold_sent)
        efforts_held_by(hold_efforts)
        needed_for(decision_needed)
        needed_for(needed_after_negative)
        needed_for(needed_to_catch_up)
        needed_for(needed_to_decide_again)
        assert all((analyse, evaluatie, handelingsopties, kamer, orientatie, planning, uitvoering))
