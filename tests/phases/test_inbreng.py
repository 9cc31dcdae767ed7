"""What each ministry brings in for the joint analysis, and the questions that cannot be answered."""

import pytest
from django.urls import reverse

from cases.exceptions import Denied, NotPossible, Stale
from cases.letters.kinds import kind
from cases.models import Event
from phases.analyse import services
from phases.analyse.models import Analyse, Inbreng
from phases.process import facts
from phases.process.aan_zet import turns
from tests import builders as b
from tests.cases.pages import assert_denied, assert_does_not_exist, session, text
from tests.phases import scenes
from tests.phases.test_transition import in_analyse

pytestmark = pytest.mark.django_db


def give(cast, d, who="behandelaar-def", code="DEF", **values):
    words = {"soort": "inbreng", "tekst": "Vanaf oktober.", **values}
    return services.contribute(dossier_id=d.pk, ministry=b.ministry(code), by=cast[who], **words)


def test_each_ministry_for_itself(cast):
    d = in_analyse(cast)
    with pytest.raises(Denied):
        give(cast, d, who="behandelaar-bz")
    with pytest.raises(NotPossible, match="neemt niet deel"):
        give(cast, d, who="behandelaar-jenv", code="JENV")
    give(cast, d)
    assert Event.objects.get(kind="inbreng").sentence == "DEF: inbreng geleverd voor de analyse"
    assert facts.load(d).not_contributed == []


def test_the_newest_counts_and_nobody_overwrites_unseen(cast):
    d = in_analyse(cast)
    first = give(cast, d, seen_inbreng=0)
    with pytest.raises(Stale):
        give(cast, d, soort="geen", tekst="Toch niets.", seen_inbreng=0)
    give(cast, d, soort="geen", tekst="Toch niets.", seen_inbreng=first.pk)
    assert Inbreng.objects.count() == 2


def test_who_is_awaited_is_seen(cast):
    d = in_analyse(cast)
    waiting = [t for t in turns(d, facts.load(d)) if t.stand == "Wacht op inbreng"]
    assert [(t.role, t.ministry) for t in waiting] == [("behandelaar", "DEF")]
    assert waiting[0].is_for(cast["behandelaar-def"])
    give(cast, d)
    assert not [t for t in turns(d, facts.load(d)) if t.stand == "Wacht op inbreng"]


def test_the_page_gives_reads_and_refuses(cast):
    d = scenes.dossier(cast)
    url = reverse("inbreng", args=[d.number, "DEF"])
    own, other = session(cast["behandelaar-def"]), session(cast["behandelaar-bz"])
    empty = own.post(url, {"soort": "geen", "tekst": "", "seen_inbreng": 0})
    assert empty.status_code == 422
    assert "leg uit waarom er geen inbreng is" in text(empty)
    assert own.post(url, {"soort": "geen", "tekst": "Niets.", "seen_inbreng": 0}).status_code == 302
    assert "Mijn ministerie heeft geen inbreng" in text(other.get(url))
    assert "Inbreng van DEF" in text(other.get(reverse("fase", args=[d.number, 2])))
    assert_denied(cast["behandelaar-bz"], url, "post")
    assert_does_not_exist(cast, url)
    assert other.get(reverse("inbreng", args=[d.number, "JENV"])).status_code == 404


def test_a_question_without_an_answer_says_why(cast):
    d = scenes.dossier(cast)
    document = b.write(cast, d, "analyse", {**b.ANALYSE, "scenarios": "", "scenarios_open": True})
    analyse = Analyse.objects.get(document=document)
    assert analyse.missing() == ["Toekomstscenario’s"]
    analyse.scenarios = "De partijen laten niemand toe."
    assert analyse.missing() == []
    parts = {part["code"]: part["text"] for part in analyse.sections()}
    assert parts["scenarios"] == "**Niet te beantwoorden.** De partijen laten niemand toe."
    assert parts["oorzaken"] == b.ANALYSE["oorzaken"]
    assert "scenarios_open" not in parts
    assert kind("analyse").content(document)["values"]["scenarios_open"] is True


def test_a_contact_per_ministry_is_named_where_people_look(cast):
    d = scenes.dossier(cast)
    d.participations.filter(ministry__code="DEF").update(contact=None)
    client = session(cast["behandelaar-bz"])
    url = reverse("deelname", args=[d.number]) + "?ministerie=DEF"
    assert url in text(client.get(reverse("betrokkenen", args=[d.number]))).replace("&amp;", "&")
    assert '<option value="DEF" selected>' in text(client.get(url))
    assert facts.load(d).without_contact == ("DEF",)
