"""Adopting a besluitenlijst: only what was seen, only by who wrote nothing in it, and kept as it was adopted."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.exceptions import Conflict, NotPossible
from cases.models import Dossier, MarkedRead
from cases.rubricering import Rubricering
from phases.smo import services
from phases.smo.models import Besluitenlijst, Lijstpdf, Vergadering
from phases.smo.papers import list_mark
from phases.smo.selectors import meetings as found
from tests import builders as b
from tests.cases.pages import session, text
from tests.phases import scenes
from tests.phases.test_smo_meetings import concept, working_day

pytestmark = pytest.mark.django_db


def exported(cast, lijst: Besluitenlijst) -> list[list[str]]:
    answer = session(cast["smo-def"]).get(reverse("lijst_csv", args=[lijst.pk]))
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def action(cast, by: str = "secretaris-smo", days: int = 0):
    act = {"tekst": "Vul aan.", "holder": cast["smo-def"], "due": b.today() + timedelta(days=days), "by": cast[by]}
    return services.add_action(vergadering_id=b.meeting().pk, **act)


def test_the_export_stays_as_adopted(cast):
    """Whatever is concluded, renamed or done later; only whether an action is done is of now."""
    offer = scenes.offered(cast, scenes.dossier(cast, title="Sahel"), "signaal")
    scenes.conclusion(cast, offer, tekst="Akkoord zo.")
    concept(cast, teksten={str(offer.punten.get().pk): "Lang besproken."})
    todo = action(cast)
    lijst = b.adopt_list(cast)
    was = exported(cast, lijst)
    assert [row[3:5] for row in was[1:]] == [["Positief", "Akkoord zo. Lang besproken."], ["", ""]]
    mark = offer.conclusies.last().pk
    scenes.conclusion(cast, offer, "negatief", tekst="Toch niet.", seen_conclusie=mark)
    Dossier.objects.filter(pk=offer.ronde.dossier_id).update(title="Kaukasus")
    services.finish_action(actie_id=todo.pk, tekst="", by=cast["smo-def"])
    now = exported(cast, lijst)
    assert [row[:7] for row in now] == [row[:7] for row in was]
    assert now[-1][7]
    with pytest.raises(DatabaseError, match="vastgesteld"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE phases_besluitenlijst SET rijen = '[]' WHERE id = %s", [lijst.pk])


@pytest.mark.parametrize("settled", ["past", "adopted"])
def test_the_agenda_of_a_meeting_that_was_stays(cast, settled):
    secretary, meeting = cast["secretaris-smo"], b.meeting()
    point = scenes.offered(cast, scenes.dossier(cast)).punten.get()
    own = services.add_point(vergadering_id=meeting.pk, titel="Mededelingen", soort="procedureel", by=secretary)
    later = b.meeting(working_day())
    concept(cast)
    if settled == "adopted":
        b.adopt_list(cast)
    else:
        Vergadering.objects.filter(pk=meeting.pk).update(
            day=b.today() - timedelta(days=1), papers_by=b.today() - timedelta(days=9)
        )
    words = {"past": "al geweest", "adopted": "blijft daarom"}[settled]
    for act in (
        lambda: services.move_point(punt_id=point.pk, vergadering_id=later.pk, by=secretary),
        lambda: services.move_point(punt_id=own.pk, vergadering_id=None, by=secretary),
        lambda: services.shift_point(punt_id=point.pk, up=True, by=secretary),
        lambda: services.cancel_meeting(vergadering_id=meeting.pk, reason="x", by=secretary, seen_revision=1),
        *([lambda: scenes.offered(cast, scenes.dossier(cast))] if settled == "adopted" else []),
    ):
        with pytest.raises(NotPossible, match=words):
            act()
    assert meeting not in found.to_choose(b.today())
    page = text(session(secretary).get(reverse("vergadering", args=[meeting.pk])))
    assert "Haal punt" not in page
    assert "Zet punt" not in page


def concluded(cast) -> None:
    offer = found.points(b.meeting())[0].item.aanbieding
    scenes.conclusion(cast, offer)


def attended(cast) -> None:
    services.note_attendance(vergadering_id=b.meeting().pk, aanwezig=["J. Smit"], gasten="", by=cast["secretaris-smo"])


@pytest.mark.parametrize("change", [action, concluded, attended])
def test_nobody_adopts_what_was_not_on_the_screen(cast, change):
    scenes.offered(cast, scenes.dossier(cast), "signaal")
    lijst = concept(cast)
    client, page = session(cast["voorzitter-smo"]), reverse("vergadering", args=[b.meeting().pk])
    seen = list_mark(lijst)
    assert f'value="{seen}"' in text(client.get(page))
    change(cast)
    with pytest.raises(Conflict, match="gewijzigd nadat"):
        services.adopt_list(vergadering_id=b.meeting().pk, by=cast["voorzitter-smo"], seen=seen)
    answer = client.post(reverse("lijst_vaststellen", args=[b.meeting().pk]), {"gezien": seen})
    assert answer.status_code == 409
    assert f'value="{list_mark(lijst)}"' in text(answer), "the new state can be adopted from here"
    assert b.adopt_list(cast).adopted


def saved_after(cast) -> None:
    """The chair writes, the secretary saves a letter, the chair adopts."""
    lijst = concept(cast, "voorzitter-smo")
    concept(cast, "secretaris-smo", opmerkingen="Geen!", seen_revision=lijst.revision)


def acted(cast) -> None:
    """The chair only added an action."""
    concept(cast)
    action(cast, by="voorzitter-smo")


@pytest.mark.parametrize("written", [saved_after, acted])
def test_who_wrote_at_a_list_does_not_adopt_it(cast, written):
    written(cast)
    with pytest.raises(NotPossible, match="U schreef aan deze besluitenlijst"):
        b.adopt_list(cast)
    assert not found.to_adopt(cast["voorzitter-smo"])
    page = text(session(cast["voorzitter-smo"]).get(reverse("vergadering", args=[b.meeting().pk])))
    assert "Stel de besluitenlijst vast" not in page


ADOPT = "UPDATE phases_besluitenlijst SET adopted_by_id = %s, adopted_at = now(), html = 'x', sha256 = encode(sha256('x'), 'hex')"


@pytest.mark.parametrize("written", [saved_after, acted])
def test_the_database_keeps_who_wrote(cast, written):
    """Also when the row is told otherwise first."""
    written(cast)
    other = cast["smo-bz"].pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE phases_besluitenlijst SET written_by_id = %s, writers = '{}'", [other])
        for who in ("voorzitter-smo", "secretaris-smo"):
            with pytest.raises(DatabaseError, match="vier ogen"), transaction.atomic():
                cursor.execute(ADOPT, [cast[who].pk])
        cursor.execute(ADOPT, [cast["smo-def"].pk])


def test_a_correction_begins_with_new_writers(cast):
    concept(cast)
    b.adopt_list(cast)
    services.correct_list(vergadering_id=b.meeting().pk, by=cast["voorzitter-smo"])
    with pytest.raises(NotPossible, match="U schreef aan"):
        b.adopt_list(cast)
    assert b.adopt_list(cast, by="secretaris-smo").number == 2


def test_reading_a_list_with_a_marked_dossier_is_noted(cast):
    secret, plain = (scenes.offered(cast, scenes.dossier(cast), "signaal").ronde.dossier for _ in range(2))
    concept(cast)
    lijst = b.adopt_list(cast)
    Lijstpdf.objects.update(state="gereed", pdf=b"%PDF-1.7")
    Dossier.objects.filter(pk=secret.pk).update(
        marking=Rubricering.DEP_V, marking_until=b.today() + timedelta(days=90), marked_by=cast["vaststeller"]
    )
    for name in ("lijst_csv", "lijst_pdf"):
        path = reverse(name, args=[lijst.pk])
        assert session(cast["smo-def"]).get(path).status_code == 200
        assert [row.dossier_id for row in MarkedRead.objects.filter(path=path, user_id=cast["smo-def"].pk)] == [
            secret.pk
        ]
    assert not MarkedRead.objects.filter(dossier_id=plain.pk).exists()


def test_what_was_kept_stays_kept_in_the_list_of_that_meeting(cast):
    """Also when the list is adopted after a later meeting concluded: each meeting tells what it concluded itself."""
    later = b.meeting(working_day(7))
    offer = scenes.offered(cast, scenes.dossier(cast, title="Sahel"), "signaal")
    kept = scenes.conclusion(cast, offer, "aangehouden", tekst="Wacht op cijfers.")
    scenes.conclusion(
        cast, offer, "negatief", tekst="Er is geen schip.", seen_conclusie=kept.pk, concluded_on=later.day
    )
    concept(cast)
    (row,) = exported(cast, b.adopt_list(cast))[1:]
    assert row[3:5] == ["Aangehouden", "Wacht op cijfers."]
    said = {m: text(session(cast["smo-az"]).get(reverse("vergadering", args=[m.pk]))) for m in (b.meeting(), later)}
    assert "Negatief" not in said[b.meeting()]
    assert "Negatief" in said[later]
    (there,) = found.points(later)
    assert there.conclusie.tekst == "Er is geen schip."
