"""Many at once through the one door: exactly one wins, the others hear what happened, and the record shows one step."""

import threading
from collections import Counter

import pytest
from django.db import connection

from cases.exceptions import Conflict, Stale
from cases.models import Dossier
from cases.services import dossiers
from phases.process import services
from phases.process.models import Move
from tests import builders as b

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 16


def at_once(work) -> Counter:
    """Runs `work` in many threads that start together; counts how each ended."""
    ends: Counter = Counter()
    start = threading.Barrier(THREADS)

    def run() -> None:
        start.wait()
        try:
            work()
            ends["gewonnen"] += 1
        except Exception as error:
            ends[type(error).__name__] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return ends


def ready_for_analyse(cast) -> Dossier:
    d = b.make_dossier(cast)
    b.adopt(cast, b.write(cast, d, "signaal", b.SIGNAAL))
    answers = {"rechtsorde": False, "eenheid": False, "geweld": False, "humanitair": False, "applies": False}
    dossiers.judge_artikel_100(dossier_id=d.pk, by=cast["behandelaar-bz"], **answers)
    return d


def test_one_winner(cast):
    by = cast["behandelaar-bz"]
    for _ in range(3):
        d = ready_for_analyse(cast)
        ends = at_once(lambda d=d: services.transition(dossier_id=d.pk, step="naar_analyse", by=by, seen_version=0))
        assert ends == {"gewonnen": 1, Conflict.__name__: THREADS - 1}
        assert Move.objects.filter(dossier=d).count() == 1
        assert Dossier.objects.get(pk=d.pk).moves_made == 1


def test_step_and_stop_at_once(cast):
    """Two different arrows from the same state: one of them, never both."""
    d = ready_for_analyse(cast)
    turn = iter(range(THREADS))

    def work() -> None:
        if next(turn) % 2:
            services.transition(dossier_id=d.pk, step="naar_analyse", by=cast["behandelaar-bz"], seen_version=0)
        else:
            services.transition(
                dossier_id=d.pk,
                step="stoppen",
                by=cast["teamleider-bz"],
                seen_version=0,
                reason="Vervallen.",
                outcome="vervallen",
            )

    assert at_once(work) == {"gewonnen": 1, Conflict.__name__: THREADS - 1}
    assert Move.objects.filter(dossier=d).count() == 1


def test_two_conclusions_at_once(cast):
    """Whoever is second has not seen the first."""
    from phases.smo.models import Conclusie
    from tests.phases import scenes

    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    ends = at_once(lambda: scenes.conclusion(cast, offer))
    assert ends == {"gewonnen": 1, Stale.__name__: THREADS - 1}
    assert Conclusie.objects.filter(aanbieding=offer).count() == 1
