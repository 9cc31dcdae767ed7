"""Decisions: about which version, by whom, and always seen by a second person."""

from datetime import timedelta

import pytest

from cases.exceptions import Conflict, Denied, NotPossible
from phases.besluit import selectors, services
from tests import builders as b
from tests.phases import scenes

pytestmark = pytest.mark.django_db


def test_four_eyes(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "opties")
    made = scenes.decide(cast, version, "bewindspersonen", optie="A", confirm=False)
    with pytest.raises(NotPossible, match="zelf"):
        services.confirm(besluit_id=made.pk, by=cast["gemachtigde-bz"])
    with pytest.raises(Denied):
        services.confirm(besluit_id=made.pk, by=cast["behandelaar-bz"])
    services.confirm(besluit_id=made.pk, by=cast["gemachtigde-bz-2"])
    with pytest.raises(Conflict):
        services.confirm(besluit_id=made.pk, by=cast["gemachtigde-def"])


def test_a_positive_decision_names_an_option_of_that_version(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "opties")
    assert selectors.options(version) == [
        ("0", "Nuloptie: Nederland doet niets extra’s"),
        ("A", "Optie A. Route A"),
        ("B", "Optie B. Route B"),
    ]
    for optie in ("", "C"):
        with pytest.raises(NotPossible, match="optie"):
            scenes.decide(cast, version, "bewindspersonen", optie=optie)
    with pytest.raises(NotPossible, match="akkoord"):
        scenes.decide(cast, version, "bewindspersonen", "niet-akkoord", optie="A")
    assert scenes.decide(cast, version, "bewindspersonen", optie="0").optie == "0"


def test_no_option_on_another_paper(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "plan")
    with pytest.raises(NotPossible):
        scenes.decide(cast, version, "bewindspersonen", optie="A")


def test_with_personnel_the_bewindspersonen_choose(cast):
    unit = scenes.adopted(cast, scenes.dossier(cast), "opties")
    with pytest.raises(NotPossible, match="bewindspersonen"):
        scenes.decide(cast, unit, "hoog-ambtelijk", optie="A")
    without = scenes.adopted(cast, scenes.dossier(cast, efforts=("diplomatie",)), "opties")
    assert scenes.decide(cast, without, "hoog-ambtelijk", optie="A").orgaan == "hoog-ambtelijk"


def test_who_registers(cast):
    d = scenes.dossier(cast)
    letter = scenes.adopted_letter(cast, d)
    values = {"version_id": letter.pk, "uitkomst": "akkoord", "besluit_op": b.today(), "kenmerk": "", "toelichting": ""}
    with pytest.raises(Denied):
        services.register(orgaan="ministerraad", by=cast["gemachtigde-bz"], **values)
    with pytest.raises(Denied):
        services.register(orgaan="bewindspersonen", by=cast["secretariaat"], **values)


def test_a_decision_is_not_older_than_its_paper(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "plan")
    with pytest.raises(NotPossible, match="ouder"):
        services.register(
            version_id=version.pk, orgaan="bewindspersonen", uitkomst="akkoord", besluit_op=b.today() - timedelta(days=1),
            kenmerk="", toelichting="", by=cast["gemachtigde-bz"],
        )  # fmt: skip


def test_what_is_awaited(cast):
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d, "opties")

    def open_papers():
        return [s.version.pk for s in selectors.stukken(d, list(selectors.for_dossier(d))) if s.open]

    assert open_papers() == [version.pk]
    scenes.decide(cast, version, "bewindspersonen", "aangehouden")
    assert open_papers() == [version.pk]
    scenes.decide(cast, version, "bewindspersonen", optie="B")
    assert open_papers() == []
