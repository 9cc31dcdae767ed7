"""Decisions: about which version, by whom, and always seen by a second person."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cases.exceptions import Conflict, Denied, NotPossible
from phases.besluit import selectors, services
from phases.besluit.models import Besluit
from phases.besluit.samen import required_ministers
from phases.process.models import Move
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
        services.confirm(besluit_id=made.pk, by=cast["gemachtigde-bz-2"])
    with pytest.raises(Denied):
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
    with pytest.raises(NotPossible, match="naam"):
        scenes.decide(cast, without, "hoog-ambtelijk", optie="A", naam=" ")
    with pytest.raises(NotPossible, match="registreert BZ"):
        scenes.decide(cast, without, "hoog-ambtelijk", optie="A", codes=("DEF",))
    made = scenes.decide(cast, without, "hoog-ambtelijk", optie="A")
    assert (made.orgaan, made.naam) == ("hoog-ambtelijk", "J. de Groot, DGPZ")


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


def test_each_minister_decides_for_the_own_ministry_only(cast):
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d, "opties")
    values = {"version_id": version.pk, "orgaan": "bewindspersonen", "uitkomst": "akkoord", "optie": "A"}
    values |= {"besluit_op": b.today(), "kenmerk": "", "toelichting": ""}
    with pytest.raises(Denied):
        services.register(**values, ministry=b.ministry("DEF"), by=cast["gemachtigde-bz"])
    with pytest.raises(NotPossible, match="bewindspersoon van JENV niet"):
        services.register(**values, ministry=b.ministry("JENV"), by=cast["gemachtigde-jenv"])
    assert services.register(**values, by=cast["gemachtigde-def"]).ministry.code == "DEF"
    assert selectors.ministers(d) == ("BZ", "DEF")


@pytest.mark.parametrize(
    ("taking_part", "efforts", "codes"),
    [
        (("BHOS", "AZ"), ("diplomatie",), ("BZ", "BHOS")),
        (("BZ",), ("eenheid", "politie"), ("BZ", "DEF", "JENV")),
        (("DEF", "BZ", "JENV"), ("os",), ("BZ", "DEF", "JENV")),
    ],
)
def test_whose_minister_decides(taking_part, efforts, codes):
    assert required_ministers(taking_part, efforts) == codes


def test_the_choice_counts_when_all_chose_the_same(cast):
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d, "opties")
    scenes.decide(cast, version, "bewindspersonen", optie="A", codes=("BZ",))
    assert selectors.chosen_letter(d) == ""
    scenes.decide(cast, version, "bewindspersonen", optie="B", codes=("DEF",))
    assert selectors.chosen_letter(d) == ""
    scenes.decide(cast, version, "bewindspersonen", optie="A", codes=("DEF",))
    assert selectors.chosen_letter(d) == "A"
    scenes.decide(cast, version, "bewindspersonen", optie="", uitkomst="overleg", codes=("BZ",))
    assert selectors.chosen_letter(d) == ""


def test_the_database_refuses_a_decision_older_than_its_paper(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "plan")
    row = {
        "ronde": version.document.ronde, "version": version, "orgaan": "bewindspersonen", "ministry": b.ministry("BZ"),
        "uitkomst": "akkoord", "sha256": version.sha256, "by": cast["gemachtigde-bz"],
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="ouder dan het stuk"), transaction.atomic():
        Besluit.objects.create(**row, besluit_op=b.today() - timedelta(days=1))
    assert Besluit.objects.create(**row, besluit_op=b.today()).pk


def test_the_database_refuses_a_step_on_half_a_choice(cast):
    """The application would not ask; whoever writes SQL gets the same answer."""
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "opties")
    version = offer.version
    first = scenes.decide(cast, version, "bewindspersonen", optie="A", codes=("BZ",))
    half = {"besluit_ids": [first.pk]}
    assert "niet elke minister" in refused_move(d, version, **half)
    assert "geen optie gekozen" in refused_move(d, version)
    second = scenes.decide(cast, version, "bewindspersonen", optie="A", codes=("DEF",))
    whole = {"besluit_ids": [first.pk, second.pk]}
    scenes.decide(cast, version, "bewindspersonen", "aangehouden", codes=("BZ",))
    assert "een later besluit" in refused_move(d, version, **whole)
    third = scenes.decide(cast, version, "bewindspersonen", optie="A", codes=("BZ",))
    advice = scenes.conclusion(cast, offer)
    assert refused_move(d, version, besluit_ids=[third.pk, second.pk], conclusie_ids=[advice.pk]) == ""


def refused_move(d, version, **grounds) -> str:
    """What the database says of the move row to Planning; "" when it takes it."""
    row = {"source_phase": "handelingsopties", "target_phase": "planning", "source_status": "lopend"}
    row |= {"target_status": "lopend", "by": d.handler, "occurred_on": b.today(), "version_ids": [version.pk]}
    try:
        with transaction.atomic():
            Move.objects.create(dossier=d, ronde=d.current_ronde, step="naar_planning", **row, **grounds)
    except DatabaseError as error:
        return str(error)
    return ""
