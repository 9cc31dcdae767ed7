"""BIV money: who asks, who must decide, on which version, and what others see of it."""

from datetime import timedelta

import pytest

from budget_biv import selectors, services
from budget_biv.models import Aanvraag, Ceiling, Fund
from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Membership
from phases.process import services as process
from phases.process.models import Outcome
from tests import builders as b

pytestmark = pytest.mark.django_db
YEAR = 2027


@pytest.fixture
def fund(db) -> Fund:
    found, _ = Fund.objects.get_or_create(
        name="Proeffonds", defaults={"start": 2020, "end": 2040, "chapter": "X", "article": "1", "source": "proef"}
    )
    Ceiling.objects.create(fund=found, year=YEAR, amount=1000, fictional=True, source="proef")
    return found


def ask(cast, d, fund, amount=100, who="behandelaar-bz", years=None, **given) -> Aanvraag:
    values = {"relevantie": "Ja.", "bijdrage": "Ja.", **given}
    return services.request_money(dossier_id=d.pk, by=cast[who], fund=fund, years=years or {YEAR: amount}, **values)


def decide(cast, aanvraag, code, uitkomst="akkoord", toelichting="", who=None, **given):
    by = cast[who or f"gemachtigde-{code.lower()}"]
    return services.decide(
        aanvraag_id=aanvraag.pk, ministry=b.ministry(code), uitkomst=uitkomst, toelichting=toelichting, by=by, **given
    )


def grant(cast, aanvraag, codes=("BHOS", "BZ", "DEF")):
    for code in codes:
        decide(cast, aanvraag, code)


def test_required_ministers(cast, fund):
    plain, police = b.make_dossier(cast), b.make_dossier(cast, efforts=("politie",))
    assert selectors.required_codes(plain) == ["BHOS", "BZ", "DEF"]
    assert selectors.required_codes(police) == ["BHOS", "BZ", "DEF", "JENV"]
    first, second = ask(cast, plain, fund), ask(cast, police, fund)
    with pytest.raises(NotPossible, match="beslist niet mee"):
        decide(cast, first, "JENV")
    grant(cast, second)
    assert selectors.requests(police)[0].state == "gevraagd"
    decide(cast, second, "JENV")
    assert selectors.requests(police)[0].state == "toegekend"


def test_the_gemachtigde_of_a_ministry_that_does_not_take_part_can_read_and_decide(cast, fund):
    from cases.access import visible_to

    d = b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    assert visible_to(cast["gemachtigde-bhos"]).filter(pk=d.pk).exists()
    decide(cast, aanvraag, "BHOS")
    with pytest.raises(Conflict, match="al geregistreerd"):
        decide(cast, aanvraag, "BHOS", "afgewezen", "Toch niet.")


def test_a_new_version_asks_new_decisions(cast, fund):
    d = b.make_dossier(cast)
    old = ask(cast, d, fund)
    grant(cast, old)
    new = ask(cast, d, fund, 200)
    assert (new.number, selectors.requests(d)[0].state) == (2, "gevraagd")
    with pytest.raises(Conflict, match="nieuwe aanvraag"):
        decide(cast, old, "BZ")


def test_who_asked_does_not_decide(cast, fund):
    asker = cast["behandelaar-bz"]
    Membership.objects.create(user=asker, role="gemachtigde", ministry=b.ministry("BZ"), start=b.today())
    aanvraag = ask(cast, b.make_dossier(cast), fund)
    with pytest.raises(NotPossible, match="zelf aan"):
        decide(cast, aanvraag, "BZ", who="behandelaar-bz")


def test_rights(cast, fund):
    d = b.make_dossier(cast)
    with pytest.raises(Denied):
        ask(cast, d, fund, who="behandelaar-def")
    aanvraag = ask(cast, d, fund)
    with pytest.raises(Denied):
        decide(cast, aanvraag, "BZ", who="gemachtigde-def")


def test_a_refusal_has_a_reason_and_a_decision_is_not_older_than_the_request(cast, fund):
    d = b.make_dossier(cast)
    aanvraag = ask(cast, d, fund)
    with pytest.raises(NotPossible, match="waarom"):
        decide(cast, aanvraag, "BZ", "afgewezen", " ")
    with pytest.raises(NotPossible, match="ouder"):
        decide(cast, aanvraag, "BZ", decided_on=b.today() - timedelta(days=1))
    decide(cast, aanvraag, "BZ", "afgewezen", "Te duur.")
    assert selectors.requests(d)[0].state == "afgewezen"


@pytest.mark.parametrize("years", [{}, {YEAR: 0}, {YEAR: -5}, {YEAR: 10_000_000_001}, {2019: 5}, {2041: 5}])
def test_amounts_and_years_have_bounds(cast, fund, years):
    d = b.make_dossier(cast)
    with pytest.raises(NotPossible):
        services.request_money(
            dossier_id=d.pk, by=cast["behandelaar-bz"], fund=fund, years=years, relevantie="x", bijdrage="y"
        )
    assert not Aanvraag.objects.exists()


def test_the_year_shows_what_weighs_on_it(cast, fund):
    granted, asked, refused, stopped = (b.make_dossier(cast, title=t) for t in ("Mali", "Niger", "Tsjaad", "Benin"))
    grant(cast, ask(cast, granted, fund, 600))
    ask(cast, asked, fund, 500)
    decide(cast, ask(cast, refused, fund, 70), "BZ", "afgewezen", "Nee.")
    gone = ask(cast, stopped, fund, 30)
    overview = selectors.year_overview(fund, YEAR, cast["behandelaar-bz"])
    assert (overview.available, overview.granted, overview.asked, overview.free, overview.overrun) == (
        1000,
        600,
        530,
        400,
        130,
    )
    assert [(r.dossier.title, r.state) for r in overview.rows] == [
        ("Mali", "toegekend"), ("Niger", "gevraagd"), ("Tsjaad", "afgewezen"), ("Benin", "gevraagd"),
    ]  # fmt: skip
    process.transition(
        dossier_id=gone.ronde.dossier_id,
        step="stoppen",
        by=cast["teamleider-bz"],
        seen_version=0,
        reason="Klaar.",
        outcome=Outcome.values[0],
    )
    after = selectors.year_overview(fund, YEAR, cast["behandelaar-bz"])
    assert (after.asked, after.rows[-1].state) == (500, "vervallen")


def test_what_someone_may_not_see_is_one_line(cast, fund):
    mine = b.make_dossier(cast, title="Mali")
    ask(cast, mine, fund, 100)
    for amount in (20, 30):
        grant(cast, ask(cast, b.make_dossier(cast, ministries=("BZ",)), fund, amount))
    ask(cast, b.make_dossier(cast, ministries=("BZ",)), fund, 7)
    reader = cast["biv-beheerder"]
    overview = selectors.year_overview(fund, YEAR, reader)
    assert [(r.dossier and r.dossier.pk, r.amount, r.state) for r in overview.rows] == [
        (mine.pk, 100, "gevraagd"),
        (None, 57, None),
    ]
    assert (overview.granted, overview.asked) == (50, 107)


def note(cast, d, text="Uit de HGIS.", seen=0, who="behandelaar-bz"):
    return services.note_other_funding(dossier_id=d.pk, by=cast[who], text=text, seen_revision=seen)


def test_other_funding_is_a_note_that_nobody_overwrites_unseen(cast):
    d = b.make_dossier(cast)
    note(cast, d)
    with pytest.raises(Conflict, match="in een ander venster"):
        note(cast, d, "Iets anders.")
    note(cast, d, "Uit de HGIS, € 2 miljoen.", seen=1)
    assert selectors.other_funding(d).text == "Uit de HGIS, € 2 miljoen."
    assert d.events.filter(kind="financiering").count() == 2


def test_only_the_penvoerder_of_a_running_dossier_notes_other_funding(cast):
    d = b.make_dossier(cast)
    with pytest.raises(Denied):
        note(cast, d, who="behandelaar-def")
    process.transition(
        dossier_id=d.pk,
        step="stoppen",
        by=cast["teamleider-bz"],
        seen_version=0,
        reason="Klaar.",
        outcome=Outcome.ANDERS,
    )
    with pytest.raises(Conflict):
        note(cast, d)
    assert selectors.other_funding(d) is None
