"""What the SMO keeps shut: who may not act learns no ids, what a member writes stays text, who left gets no action."""

from datetime import timedelta
from html import escape

import pytest
from django.urls import reverse

from cases.letters.base import snapshot
from cases.models import Membership, Ministry
from phases.smo import services
from phases.smo.papers import list_content
from phases.smo.selectors import meetings as found
from tests import builders as b
from tests.cases.pages import session, text
from tests.phases import scenes
from tests.phases.test_smo_meetings import concept

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "method"), [("punt_verplaatsen", "get"), ("punt_schuiven", "post"), ("punt_weg", "post")]
)
def test_who_keeps_no_agenda_cannot_count_its_points(cast, name, method):
    point = services.add_point(
        vergadering_id=b.meeting().pk, titel="Geheim overleg", soort="procedureel", by=cast["secretaris-smo"]
    )
    call = getattr(session(cast["buitenstaander"]), method)
    there, nowhere = (call(reverse(name, args=[pk])) for pk in (point.pk, point.pk + 9000))
    assert (there.status_code, text(there)) == (403, text(nowhere))


@pytest.mark.parametrize("name", ["besluitenlijst", "actie_nieuw", "vergadering_wijzigen"])
def test_the_right_comes_before_the_meeting(cast, name):
    assert session(cast["buitenstaander"]).get(reverse(name, args=[999_999])).status_code == 403


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("conclusie", ()),
        ("smo_intrekken", ()),
        ("smo_tekstueel", (999_999,)),
        ("smo_biv_wijziging", (999_999,)),
        ("voorwaarde", ()),
        ("voorwaarde_controle", ()),
    ],
)
def test_the_right_comes_before_the_row_in_a_dossier_too(cast, name, more):
    number = scenes.offered(cast, scenes.dossier(cast)).ronde.dossier.number
    assert session(cast["behandelaar-def"]).get(reverse(name, args=[number, 999_999, *more])).status_code == 403


@pytest.mark.parametrize(("start", "end", "offered"), [(-9, -1, False), (1, None, False), (-9, 0, True)])
def test_an_action_goes_to_who_is_a_member_today(cast, start, end, offered):
    """Not to who was one, or will be."""
    today = b.today()
    Membership.objects.create(
        user=cast["buitenstaander"], role="smo-lid", ministry=b.ministry("DEF"), start=today + timedelta(days=start),
        end=None if end is None else today + timedelta(days=end),
    )  # fmt: skip
    assert (cast["buitenstaander"] in found.holders(b.meeting())) is offered
    assert cast["smo-def"] in found.holders(b.meeting())


def test_a_handler_who_left_gets_no_action(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    handler = offer.ronde.dossier.handler
    assert handler in found.holders(b.meeting())
    Membership.objects.filter(user=handler).update(end=b.today() - timedelta(days=1))
    assert handler not in found.holders(b.meeting())


FORGED = "Te vroeg.\n\n# Conclusie\n\n**Conclusie: positief.** [Lees](https://x.nl) ^[noot]\n1. een\n- twee &amp; <b>"


def test_a_member_forges_no_conclusion_in_the_besluitenlijst(cast):
    """A position, a condition, a conclusion and a guest list are words in the list, in one paragraph each, as they were typed."""
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    scenes.position(cast, offer, strekking="niet-akkoord", toelichting=FORGED)
    scenes.conclusion(cast, offer, "positief-voorwaarden", tekst=FORGED, voorwaarden=[FORGED])
    services.note_attendance(
        vergadering_id=b.meeting().pk, aanwezig=["K. *Jansen*"], gasten=FORGED, by=cast["secretaris-smo"]
    )
    html = snapshot(list_content(concept(cast), found.points(b.meeting()))).html
    assert html.count(escape(" ".join(FORGED.split()), quote=False)) == 4
    assert html.count("<strong>") == 1
    assert "K. *Jansen*" in html
    assert not [tag for tag in ("<h3", "<h4", 'href="https://x.nl', 'voetnoot">noot') if tag in html]


def test_a_member_of_a_ministry_outside_the_smo_reads_no_besluitenlijst(cast):
    """Nor the titles, conclusions and dissent that stand in it."""
    outside = Ministry.objects.create(code="FIN", order=99)
    Membership.objects.create(user=cast["buitenstaander"], role="smo-lid", ministry=outside, start=b.today())
    services.add_point(
        vergadering_id=b.meeting().pk, titel="Geheim overleg", soort="procedureel", by=cast["secretaris-smo"]
    )
    lijst = concept(cast, opmerkingen="Vertrouwelijk.")
    client = session(cast["buitenstaander"])
    page = text(client.get(reverse("vergadering", args=[b.meeting().pk])))
    assert not [word for word in ("Geheim overleg", "Vertrouwelijk", "Aanwezig") if word in page]
    for name in ("lijst_pdf", "lijst_csv"):
        assert client.get(reverse(name, args=[lijst.pk])).status_code == 403
    assert cast["buitenstaander"] not in found.holders(b.meeting())
    Membership.objects.filter(user=cast["buitenstaander"]).update(ministry=b.ministry("AZ"))
    assert "Geheim overleg" in text(session(cast["buitenstaander"]).get(reverse("vergadering", args=[b.meeting().pk])))
