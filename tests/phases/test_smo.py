"""The SMO: who may offer, take a position and conclude, and when it is too late."""

import pytest

from cases.access import visible_to
from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import DocumentVersion
from phases.smo import selectors, services
from tests import builders as b
from tests.phases import scenes
from tests.phases.test_transition import in_uitvoering, step

pytestmark = pytest.mark.django_db


def test_offering_lets_the_smo_read(cast):
    d = scenes.dossier(cast)
    assert not visible_to(cast["smo-az"]).filter(pk=d.pk).exists()
    scenes.offered(cast, d)
    for who in ("smo-az", "voorzitter-smo", "secretaris-smo"):
        assert visible_to(cast[who]).filter(pk=d.pk).exists()


def test_only_an_adopted_version_is_offered_and_only_once(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d)
    with pytest.raises(Conflict):
        services.offer(version_id=offer.version_id, meeting_on=b.today(), by=cast["behandelaar-bz"])
    b.write(cast, d, "analyse", {**b.ANALYSE, "oorzaken": "Nieuw."})
    from cases.services import papers

    draft = papers.put_forward(document_id=offer.version.document_id, by=cast["behandelaar-bz"])
    with pytest.raises(NotPossible, match="vastgestelde"):
        services.offer(version_id=draft.pk, meeting_on=b.today(), by=cast["behandelaar-bz"])


def test_only_the_penvoerder_offers(cast):
    version = scenes.adopted(cast, scenes.dossier(cast))
    with pytest.raises(Denied):
        services.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-def"])


def test_a_later_position_of_a_ministry_counts(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d)
    scenes.position(cast, offer, strekking="niet-akkoord", toelichting="Te vroeg.")
    scenes.position(cast, offer)
    item = selectors.item(d, offer.pk)
    assert (item.given, item.awaited, item.dissent) == (1, ["BZ", "BHOS", "JENV", "AZ"], [])


def test_position_only_for_the_own_ministry(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    with pytest.raises(Denied):
        scenes.position(cast, offer, who="smo-def", code="BZ")
    with pytest.raises(Denied):
        scenes.position(cast, offer, who="behandelaar-def")


def test_position_after_the_conclusion_is_refused(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    scenes.conclusion(cast, offer)
    with pytest.raises(Conflict, match="al geconcludeerd"):
        scenes.position(cast, offer)


def test_position_on_a_paper_kept_for_later_is_welcome(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d)
    scenes.conclusion(cast, offer, "aangehouden", doorgeleiding="")
    scenes.position(cast, offer)
    assert selectors.item(d, offer.pk).open
    assert [i.aanbieding.pk for i in selectors.agenda(cast["smo-def"])] == [offer.pk]


@pytest.mark.parametrize("act", ["position", "conclusion"])
def test_the_author_neither_takes_a_position_nor_concludes(cast, act):
    offer = scenes.offered(cast, scenes.dossier(cast))
    author = cast["behandelaar-bz"]
    from cases.models import Membership

    role, code = ("smo-lid", "BZ") if act == "position" else ("voorzitter-smo", None)
    Membership.objects.create(user=author, role=role, ministry=b.ministry(code) if code else None, start=b.today())
    del author._memberships_today
    with pytest.raises(NotPossible, match="steller"):
        getattr(scenes, act)(cast, offer, who="behandelaar-bz", **({"code": "BZ"} if code else {}))


def test_conclusion_takes_only_chair_or_secretary(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    with pytest.raises(Denied):
        scenes.conclusion(cast, offer, who="smo-bz")
    assert scenes.conclusion(cast, offer, who="secretaris-smo").acting_for == "namens de voorzitter SMO"


def test_a_positive_assessment_says_when_it_goes_to_the_ministers(cast):
    offer = scenes.offered(cast, scenes.dossier(cast))
    with pytest.raises(NotPossible, match="bewindspersonen"):
        scenes.conclusion(cast, offer, doorgeleiding="")
    assert scenes.conclusion(cast, offer, "negatief", doorgeleiding="nu").doorgeleiding == ""


def test_nothing_is_said_about_a_paper_of_an_earlier_round(cast):
    d = in_uitvoering(cast)
    version = DocumentVersion.objects.get(document__dossier=d, document__kind="analyse")
    offer = services.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"])
    step(cast, d, "verlengen", by="teamleider-bz", reason="Mandaat verlengd.", runs_until=b.today())
    with pytest.raises(NotPossible, match="eerdere ronde"):
        scenes.conclusion(cast, offer)
    with pytest.raises(NotPossible, match="eerdere ronde"):
        scenes.position(cast, offer)
    assert selectors.agenda(cast["smo-def"]) == []


def test_the_agenda_leaves_out_what_is_concluded_or_hidden(cast):
    first, second = scenes.dossier(cast), scenes.dossier(cast)
    scenes.conclusion(cast, scenes.offered(cast, first))
    open_offer = scenes.offered(cast, second)
    assert [i.aanbieding.pk for i in selectors.agenda(cast["smo-bhos"])] == [open_offer.pk]
    assert selectors.agenda(cast["buitenstaander"]) == []


def test_letters_do_not_go_to_the_smo(cast):
    d = scenes.dossier(cast)
    scenes.adopted_letter(cast, d, "kennisgeving")
    version = scenes.adopted(cast, d, "signaal")
    assert selectors.to_offer(d) == [version]


def test_a_conclusion_answers_what_was_on_the_screen(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    held = scenes.conclusion(cast, offer, "aangehouden", who="secretaris-smo")
    with pytest.raises(Conflict, match="legde een conclusie vast"):
        scenes.conclusion(cast, offer)
    assert scenes.conclusion(cast, offer, who="secretaris-smo", seen_conclusie=held.pk)


def test_only_the_chair_corrects_a_final_conclusion(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    no = scenes.conclusion(cast, offer, "negatief")
    with pytest.raises(NotPossible, match="Alleen de voorzitter"):
        scenes.conclusion(cast, offer, who="secretaris-smo", seen_conclusie=no.pk)
    assert scenes.conclusion(cast, offer, seen_conclusie=no.pk).oordeel == "positief"
