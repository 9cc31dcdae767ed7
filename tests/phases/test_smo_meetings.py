"""When the SMO meets: the rhythm with its holidays, changes by hand, the agenda, who was there, written rounds, the besluitenlijst."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import Event, Outbox
from cases.templatetags.notatie import datum
from phases.process import facts
from phases.process.aan_zet import of_user, turns
from phases.smo import ics, selectors, services
from phases.smo.calendar import why_closed
from phases.smo.models import Agendapunt, Besluitenlijst, Herinnering, Ritme, Vergadering
from phases.smo.papers import list_mark
from phases.smo.selectors import meetings as found
from tests import builders as b
from tests.phases import scenes

pytestmark = pytest.mark.django_db
NOON = time(12)


def working_day(after: int = 20) -> date:
    day = b.today() + timedelta(days=after)
    while why_closed(day) or Vergadering.objects.filter(day=day, vervallen=False).exists():
        day += timedelta(days=1)
    return day


def change(cast, meeting: Vergadering, **given):
    values = {"day": meeting.day, "time": NOON, "place": "Zaal 2", "papers_by": b.today(), "reason": "Zaal bezet."}
    act = {"vergadering_id": meeting.pk, "by": cast["secretaris-smo"], "seen_revision": meeting.revision}
    return services.move_meeting(**values | act | given)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 21), "weekend"),
        (date(2026, 12, 25), "feestdag"),
        (date(2027, 5, 6), "Hemelvaart"),
        (date(2027, 4, 27), "Koningsdag"),
        (date(2026, 11, 26), ""),
    ],
)
def test_closed_days(day, words):
    assert words in why_closed(day)
    assert bool(words) == bool(why_closed(day))


def test_the_rhythm_plans_every_week_and_skips_holidays(cast):
    """Thursdays from 3 December 2026: not 24 weeks without Ascension Day (6 May 2027), and not twice."""
    assert services.plan_ahead(date(2026, 12, 3), weeks=24) == 23
    days = set(Vergadering.objects.exclude(planned_on=None).values_list("day", flat=True))
    assert {day.weekday() for day in days} == {3}
    assert date(2027, 5, 6) not in days
    assert services.plan_ahead(date(2026, 12, 3), weeks=24) == 0
    first = Vergadering.objects.get(day=date(2026, 12, 3))
    assert (first.time, first.papers_by) == (time(10), date(2026, 11, 26))


def test_what_was_moved_or_cancelled_is_not_planned_again(cast):
    services.plan_ahead(b.today(), weeks=4)
    one, two = Vergadering.objects.exclude(planned_on=None).filter(day__gt=b.today())[:2]
    change(cast, one, day=working_day(60))
    services.cancel_meeting(vergadering_id=two.pk, reason="Reces.", by=cast["secretaris-smo"], seen_revision=0)
    assert services.plan_ahead(b.today(), weeks=4) == 0
    assert not Vergadering.objects.filter(day__in=[one.planned_on, two.day], vervallen=False).exists()


def test_the_rhythm_is_the_secretarys_and_moves_only_empty_meetings(cast):
    services.plan_ahead(b.today(), weeks=4)
    busy = Vergadering.objects.exclude(planned_on=None).filter(day__gt=b.today()).first()
    services.add_point(vergadering_id=busy.pk, titel="Mededelingen", soort="procedureel", by=cast["secretaris-smo"])
    words = {"weekday": 1, "time": NOON, "place": "Zaal 3", "papers_days": 5, "seen_revision": 0}
    with pytest.raises(Denied):
        services.set_rhythm(**words, by=cast["voorzitter-smo"])
    services.set_rhythm(**words, by=cast["secretaris-smo"])
    with pytest.raises(Conflict):
        services.set_rhythm(**words, by=cast["secretaris-smo"])
    coming = Vergadering.objects.filter(day__gt=b.today(), vervallen=False)
    assert {m.day.weekday() for m in coming.exclude(pk=busy.pk)} == {1}
    assert coming.filter(pk=busy.pk).exists()
    assert Ritme.objects.get().papers_days == 5


def test_a_meeting_on_a_closed_day_is_refused(cast):
    values = {"time": NOON, "place": "Zaal 1", "by": cast["secretaris-smo"]}
    saturday = b.today() + timedelta(days=(5 - b.today().weekday()) % 7 + 7)
    with pytest.raises(NotPossible, match="weekend"):
        services.add_meeting(day=saturday, papers_by=b.today(), **values)
    with pytest.raises(NotPossible, match="latere dag"):
        services.add_meeting(day=b.today() - timedelta(days=1), papers_by=b.today(), **values)
    day = working_day()
    with pytest.raises(NotPossible, match="termijn"):
        services.add_meeting(day=day, papers_by=day + timedelta(days=1), **values)
    services.add_meeting(day=day, papers_by=b.today(), **values)
    with pytest.raises(Conflict, match="vergadert al"):
        services.add_meeting(day=day, papers_by=b.today(), **values)


def test_only_the_secretary_changes_meetings_and_nobody_a_meeting_not_seen(cast):
    meeting = b.meeting(working_day())
    for who in ("voorzitter-smo", "smo-bz", "behandelaar-bz"):
        with pytest.raises(Denied):
            change(cast, meeting, by=cast[who])
    change(cast, meeting)
    with pytest.raises(Conflict, match="wijzigde intussen"):
        change(cast, meeting)


def test_a_cancelled_meeting_hands_its_papers_to_the_next(cast):
    day = working_day(7)
    first, d = b.meeting(day), scenes.dossier(cast)
    version = scenes.adopted(cast, d, "signaal")
    offer = services.offer(version_id=version.pk, meeting_on=day, by=cast["behandelaar-bz"])
    act = {"vergadering_id": first.pk, "reason": "Reces.", "by": cast["secretaris-smo"], "seen_revision": 0}
    with pytest.raises(NotPossible, match="geen volgende vergadering"):
        services.cancel_meeting(**act)
    following = b.meeting(day + timedelta(days=7))
    services.cancel_meeting(**act)
    assert selectors.item(d, offer.pk).meeting == following
    assert Event.objects.filter(dossier=d, sentence__contains="gaat niet door").exists()
    with pytest.raises(Conflict, match="gaat niet door"):
        services.add_point(vergadering_id=first.pk, titel="x", soort="procedureel", by=cast["secretaris-smo"])


def test_one_offers_only_for_a_day_on_which_the_smo_meets(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    with pytest.raises(NotPossible, match="vergadert de SMO niet"):
        services.offer(version_id=version.pk, meeting_on=working_day(40), by=cast["behandelaar-bz"])


def test_points_move_up_down_and_away(cast):
    secretary, meeting = cast["secretaris-smo"], b.meeting()
    one, two = (scenes.offered(cast, scenes.dossier(cast)) for _ in range(2))
    words = services.add_point(vergadering_id=meeting.pk, titel="Mededelingen", soort="procedureel", by=secretary)

    def order() -> list:
        return [p.punt.aanbieding_id for p in found.points(meeting)]

    assert order() == [None, one.pk, two.pk], "procedural points come first"
    point = two.punten.get()
    services.shift_point(punt_id=point.pk, up=True, by=secretary)
    assert order() == [None, two.pk, one.pk]
    services.shift_point(punt_id=words.pk, up=True, by=secretary)
    assert order() == [None, two.pk, one.pk], "the first stays first"
    services.shift_point(punt_id=words.pk, up=False, by=secretary)
    assert order() == [two.pk, None, one.pk]
    with pytest.raises(Denied):
        services.shift_point(punt_id=point.pk, up=False, by=cast["smo-bz"])
    later = b.meeting(working_day())
    with pytest.raises(NotPossible, match="penvoerder trekt het in"):
        services.move_point(punt_id=point.pk, vergadering_id=None, by=secretary)
    services.move_point(punt_id=point.pk, vergadering_id=later.pk, by=secretary)
    services.move_point(punt_id=words.pk, vergadering_id=None, by=secretary)
    assert order() == [one.pk]
    assert [p.punt.aanbieding_id for p in found.points(later)] == [two.pk]
    assert Agendapunt.objects.filter(vergadering=meeting, vervallen=True).count() == 2
    with pytest.raises(Conflict):
        services.move_point(punt_id=point.pk, vergadering_id=later.pk, by=secretary)


def test_advice_needs_a_paper(cast):
    with pytest.raises(NotPossible, match="stuk nodig"):
        services.add_point(vergadering_id=b.meeting().pk, titel="x", soort="advies", by=cast["secretaris-smo"])


def test_attendance_names_deputies_and_comes_after_the_meeting(cast):
    from cases.models import Membership

    Membership.objects.create(
        user=cast["behandelaar-def"], role="smo-lid", ministry=b.ministry("DEF"), start=b.today(), end=b.today(),
        deputy_for=cast["smo-def"],
    )  # fmt: skip
    members = found.members(b.today())
    assert "K. Jansen, SMO-lid DEF, namens J. Smit" in members
    assert "K. Jansen, SMO-lid DEF, namens J. Smit" not in found.members(b.today() + timedelta(days=1))
    act = {"aanwezig": members[:2], "gasten": "CDS", "by": cast["secretaris-smo"]}
    with pytest.raises(NotPossible, match="pas op"):
        services.note_attendance(vergadering_id=b.meeting(working_day()).pk, **act)
    services.note_attendance(vergadering_id=b.meeting().pk, **act)
    assert found.attendance(b.meeting()) == (members[:2], "CDS")


def test_a_calendar_file_says_when_and_where_and_nothing_of_the_agenda(cast):
    meeting = b.meeting(date(2027, 7, 1))
    meeting.place = "Zaal 1; hoek, links"
    text = ics.of_meeting(meeting, "https://voorbeeld.invalid/" + "a" * 90)
    assert "DTSTART:20270701T080000Z" in text, "summer time"
    assert "DTEND:20270701T093000Z" in text
    assert "LOCATION:Zaal 1\\; hoek\\, links" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.replace("\r\n ", "").count("a" * 90) == 1
    meeting.vervallen = True
    assert "STATUS:CANCELLED" in ics.of_meeting(meeting, "")


def written(cast, days: int = 4):
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    term = b.today() + timedelta(days=days)
    return services.offer(version_id=version.pk, meeting_on=term, schriftelijk=True, by=cast["behandelaar-bz"])


def test_a_written_round_reminds_who_did_not_answer_on_its_days(cast):
    offer = written(cast)
    scenes.position(cast, offer)
    assert offer.reminder_days == [b.today() + timedelta(days=2), b.today() + timedelta(days=4)]
    assert services.remind(b.today()) == 0
    assert services.remind(offer.reminder_days[0]) == 1
    assert services.remind(offer.reminder_days[0]) == 0, "once a day"
    assert Herinnering.objects.get().codes == "BZ, BHOS, JENV, AZ"
    waiting = of_user(turns(offer.ronde.dossier, facts.load(offer.ronde.dossier)), cast["smo-bz"])
    assert f"(schriftelijke ronde, herinnerd op {datum(offer.reminder_days[0])})" in waiting[0].tekst
    assert waiting[0].due == offer.meeting_on
    for who, code in (("smo-bz", "BZ"), ("smo-bhos", "BHOS"), ("smo-jenv", "JENV"), ("smo-az", "AZ")):
        scenes.position(cast, offer, who=who, code=code)
    assert services.remind(offer.reminder_days[1]) == 0, "everybody answered"


@pytest.mark.parametrize("end", ["conclusion", "withdrawal"])
def test_a_round_that_ended_reminds_nobody(cast, end):
    offer = written(cast)
    if end == "conclusion":
        scenes.conclusion(cast, offer)
    else:
        services.withdraw(aanbieding_id=offer.pk, reason="x", by=cast["behandelaar-bz"])
    assert services.remind(offer.reminder_days[0]) == 0


def concept(cast, who: str = "secretaris-smo", **given) -> Besluitenlijst:
    values = {"teksten": {}, "opmerkingen": "Geen.", "seen_revision": 0, **given}
    return services.write_list(vergadering_id=b.meeting().pk, by=cast[who], **values)


@pytest.mark.parametrize(
    ("writes", "adopts"), [("secretaris-smo", "voorzitter-smo"), ("voorzitter-smo", "secretaris-smo")]
)
def test_one_writes_and_another_adopts(cast, writes, adopts):
    offer = scenes.offered(cast, scenes.dossier(cast, title="Sahel"), "signaal")
    scenes.position(cast, offer, strekking="niet-akkoord", toelichting="Te vroeg.")
    scenes.conclusion(cast, offer, "positief-voorwaarden", voorwaarden=["Meld het."])
    lijst = concept(cast, writes, teksten={str(offer.punten.get().pk): "Lang besproken."})
    act = {"vergadering_id": b.meeting().pk, "seen": list_mark(lijst)}
    with pytest.raises(NotPossible, match="schreef aan deze besluitenlijst"):
        services.adopt_list(**act, by=cast[writes])
    with pytest.raises(Denied):
        services.adopt_list(**act, by=cast["smo-bz"])
    adopted = services.adopt_list(**act, by=cast[adopts])
    for words in ("Sahel", "Lang besproken.", "Meld het.", "Te vroeg.", "positief met voorwaarden"):
        assert words in adopted.html
    assert Outbox.objects.filter(kind="smo-lijst").count() == 1
    with pytest.raises(Conflict, match="vastgesteld"):
        concept(cast, writes, seen_revision=lijst.revision)


def test_an_adopted_list_never_changes_and_a_next_one_corrects_it(cast):
    lijst = concept(cast)
    adopted = b.adopt_list(cast)
    for change in ("opmerkingen = 'x'", "html = 'x'", "adopted_by_id = NULL"):
        with pytest.raises(DatabaseError, match="vastgesteld"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE phases_besluitenlijst SET {change} WHERE id = %s", [lijst.pk])
    next_one = services.correct_list(vergadering_id=b.meeting().pk, by=cast["voorzitter-smo"])
    assert (next_one.number, next_one.opmerkingen, next_one.adopted) == (2, adopted.opmerkingen, False)
    with pytest.raises(Conflict, match="al een concept"):
        services.correct_list(vergadering_id=b.meeting().pk, by=cast["secretaris-smo"])


def test_the_database_lets_nobody_adopt_the_own_list(cast):
    lijst = concept(cast)
    sql = "UPDATE phases_besluitenlijst SET adopted_by_id = written_by_id, adopted_at = now(), html = 'x', sha256 = %s WHERE id = %s"
    with pytest.raises(DatabaseError, match="vier ogen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, ["2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", lijst.pk])


def test_no_list_before_the_meeting_and_nobody_writes_over_another(cast):
    act = {"teksten": {}, "opmerkingen": "", "by": cast["secretaris-smo"], "seen_revision": 0}
    with pytest.raises(NotPossible, match="pas op"):
        services.write_list(vergadering_id=b.meeting(working_day()).pk, **act)
    concept(cast)
    with pytest.raises(Conflict, match="schreef intussen"):
        concept(cast, "voorzitter-smo")
    with pytest.raises(Conflict, match="gewijzigd nadat"):
        services.adopt_list(vergadering_id=b.meeting().pk, by=cast["voorzitter-smo"], seen="")


def test_an_action_waits_on_its_holder_from_adoption_until_done(cast):
    concept(cast)
    act = {
        "vergadering_id": b.meeting().pk,
        "tekst": "Vul aan.",
        "holder": cast["smo-def"],
        "by": cast["secretaris-smo"],
    }
    with pytest.raises(NotPossible, match="latere datum"):
        services.add_action(**act, due=b.today() - timedelta(days=1))
    actie = services.add_action(**act, due=b.today())
    assert not found.my_actions(cast["smo-def"]).exists()
    b.adopt_list(cast)
    assert list(found.my_actions(cast["smo-def"])) == [actie]
    with pytest.raises(NotPossible, match="Alleen die"):
        services.finish_action(actie_id=actie.pk, tekst="", by=cast["smo-bz"])
    services.finish_action(actie_id=actie.pk, tekst="Gedaan.", by=cast["smo-def"])
    with pytest.raises(Conflict, match="al af"):
        services.finish_action(actie_id=actie.pk, tekst="", by=cast["smo-def"])
    assert not found.my_actions(cast["smo-def"]).exists()
    with pytest.raises(Conflict, match="vastgesteld"):
        services.add_action(**act, due=b.today())
