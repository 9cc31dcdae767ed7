"""What follows a conclusion: conditions, a negative advice, a textual change, withdrawal. The gate and the database agree."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.exceptions import Conflict, Denied, NotPossible
from cases.models import PERSONNEL, Dossier
from phases.process import facts as facts_module
from phases.process.aan_zet import of_user, turns
from phases.process.gates import SmoConclusie
from phases.process.services import transition
from phases.smo import selectors, services
from phases.smo.models import ALLOWED, Aanbieding, Conclusie, Oordeel, PuntSoort
from phases.smo.selectors.meetings import overview
from tests import builders as b
from tests.phases import scenes

pytestmark = pytest.mark.django_db
INSERT = (
    "INSERT INTO phases_conclusie (aanbieding_id, oordeel, doorgeleiding, tekst, sha256, concluded_on, by_id, acting_for, at)"
    " VALUES (%s, %s, '', '', %s, now(), %s, '', now())"
)


def gate(dossier: Dossier, kind: str = "signaal") -> str | None:
    """What the gate says now; None when it is open."""
    return SmoConclusie(kind).check(facts_module.load(Dossier.objects.get(pk=dossier.pk)))


def refused(sql: str, *args) -> str:
    """What the database says to an illegal statement."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, args)
    return str(error.value)


def ready(cast, *conditions: str) -> tuple[Dossier, Conclusie]:
    """A dossier that needs nothing more than its SMO conclusion for the step to Analyse."""
    from cases.services import dossiers

    d = scenes.dossier(cast, efforts=("politie",))
    answers = dict.fromkeys(("rechtsorde", "eenheid", "geweld", "humanitair", "applies"), False)
    dossiers.judge_artikel_100(dossier_id=d.pk, by=cast["behandelaar-bz"], **answers)
    offer = scenes.offered(cast, d, "signaal")
    oordeel = "positief-voorwaarden" if conditions else "positief"
    return d, scenes.conclusion(cast, offer, oordeel, voorwaarden=list(conditions))


def step(cast, d: Dossier):
    moves = Dossier.objects.get(pk=d.pk).moves_made
    return transition(dossier_id=d.pk, step="naar_analyse", by=cast["behandelaar-bz"], seen_version=moves)


def meet(cast, voorwaarde, text: str = "Gemeld."):
    return services.meet_condition(
        voorwaarde_id=voorwaarde.pk, tekst=text, done_on=b.today(), by=cast["behandelaar-bz"]
    )


def check(cast, met, voldaan: bool = True, who: str = "secretaris-smo", why: str = ""):
    return services.check_condition(afhandeling_id=met.pk, voldaan=voldaan, toelichting=why, by=cast[who])


def test_conditions_hold_until_met_and_confirmed(cast):
    d, conclusie = ready(cast, "Meld het.", "Regel het.")
    one, two = conclusie.voorwaarden.all()
    assert gate(d) == "Handel 2 voorwaarden van de SMO over de signaalbeoordeling af."
    first = meet(cast, one)
    assert "1 voorwaarde" in gate(d)
    second = meet(cast, two)
    assert "Wacht tot de secretaris" in gate(d)
    check(cast, first)
    with pytest.raises(NotPossible, match="secretaris"):
        step(cast, d)
    check(cast, second, voldaan=False, why="Geen verslag.")
    assert "1 voorwaarde" in gate(d)
    check(cast, meet(cast, two, "Verslag gestuurd."))
    assert gate(d) is None
    assert step(cast, d).conclusie_ids == [conclusie.pk]


def test_who_is_up_for_a_condition(cast):
    d, conclusie = ready(cast, "Meld het.")
    known = facts_module.load(d)
    assert "Handel 1 voorwaarde" in of_user(turns(d, known), cast["behandelaar-bz"])[0].tekst
    assert of_user(turns(d, known), cast["secretaris-smo"]) == []
    meet(cast, conclusie.voorwaarden.get())
    known = facts_module.load(d)
    assert "Bevestig" in of_user(turns(d, known), cast["secretaris-smo"])[0].tekst
    assert not any("voorwaarde" in t.tekst for t in of_user(turns(d, known), cast["behandelaar-bz"]))


def test_a_condition_is_met_by_the_penvoerder_and_confirmed_by_the_secretary_once(cast):
    _, conclusie = ready(cast, "Meld het.")
    voorwaarde = conclusie.voorwaarden.get()
    with pytest.raises(Denied):
        services.meet_condition(voorwaarde_id=voorwaarde.pk, tekst="x", done_on=b.today(), by=cast["behandelaar-def"])
    met = meet(cast, voorwaarde)
    with pytest.raises(Conflict, match="al afgehandeld"):
        meet(cast, voorwaarde)
    with pytest.raises(Denied):
        check(cast, met, who="voorzitter-smo")
    with pytest.raises(NotPossible, match="ontbreekt"):
        check(cast, met, voldaan=False)
    check(cast, met)
    with pytest.raises(Conflict, match="al gecontroleerd"):
        check(cast, met)


def test_the_database_refuses_a_move_with_an_open_condition(cast, monkeypatch):
    d, _ = ready(cast, "Meld het.")
    monkeypatch.setattr(SmoConclusie, "check", lambda self, facts: None)
    with pytest.raises(DatabaseError, match="voorwaarde van de SMO is nog open"), transaction.atomic():
        step(cast, d)


def test_the_database_refuses_a_move_without_a_conclusion(cast, monkeypatch):
    d, _ = ready(cast)
    monkeypatch.setattr(SmoConclusie, "grounds", lambda self, facts: {})
    with pytest.raises(DatabaseError, match="concludeerde niet over deze versie"), transaction.atomic():
        step(cast, d)


def test_the_database_knows_the_same_personnel(cast):
    """What needs the SMO stands in Python and in the trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'phases_move_smo'")
        source = cursor.fetchone()[0]
    named = source.split("d.efforts::text[] && ARRAY[")[1].split("]")[0]
    assert {word.strip(" '") for word in named.split(",")} == {str(effort) for effort in PERSONNEL}


def test_positions_never_hold_the_gate(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")
    scenes.position(cast, offer, strekking="niet-akkoord", toelichting="Te vroeg.")
    scenes.position(cast, offer, who="smo-bz", code="BZ", strekking="voorwaarden", voorwaarden="Meld.", toelichting="x")
    scenes.conclusion(cast, offer)
    assert gate(d) is None


def test_a_negative_conclusion_gives_way_to_later_decisions_of_every_minister_on_the_same_version(cast):
    d, conclusie = ready(cast)
    offer = conclusie.aanbieding
    before = scenes.decide(cast, offer.version, "bewindspersonen")
    no = scenes.conclusion(cast, offer, "negatief", seen_conclusie=conclusie.pk)
    assert "negatief. Leg dat advies voor aan de bewindspersonen" in gate(d)
    ministers = facts_module.load(d).ministers
    made = [scenes.decide(cast, offer.version, "bewindspersonen", codes=(code,)).pk for code in ministers[:-1]]
    assert gate(d) is not None, "one minister has not decided yet"
    made.append(scenes.decide(cast, offer.version, "bewindspersonen", codes=ministers[-1:]).pk)
    assert gate(d) is None
    move = step(cast, d)
    assert (move.besluit_ids, move.conclusie_ids) == (made, [])
    assert before.pk not in made
    assert no.oordeel == "negatief"


def waiting(cast, d: Dossier, code: str) -> list[str]:
    """What waits on the gemachtigde of a ministry."""
    known = facts_module.load(Dossier.objects.get(pk=d.pk))
    return [turn.tekst for turn in of_user(turns(d, known), cast[f"gemachtigde-{code.lower()}"])]


def holder(d: Dossier) -> str:
    return SmoConclusie("signaal").awaited(facts_module.load(Dossier.objects.get(pk=d.pk)))


def test_after_a_negative_conclusion_each_minister_is_awaited_until_one_says_no(cast):
    text = "Leg het besluit van de minister vast over de signaalbeoordeling (de SMO adviseerde negatief)."
    d, conclusie = ready(cast)
    version = conclusie.aanbieding.version
    assert waiting(cast, d, "BZ") == []
    scenes.conclusion(cast, conclusie.aanbieding, "negatief", seen_conclusie=conclusie.pk)
    codes = facts_module.load(d).ministers
    assert [waiting(cast, d, code) for code in codes] == [[text], [text], []], "JENV does not take part yet"
    assert holder(d) == "penvoerder of gemachtigde BZ, DEF en JENV"
    assert gate(d).endswith("Laat daarvoor JENV deelnemen: ook die minister besluit.")
    assert "bied een nieuwe versie aan" in of_user(turns(d, facts_module.load(d)), cast["behandelaar-bz"])[0].tekst
    scenes.decide(cast, version, "bewindspersonen", codes=codes[:1])
    assert (waiting(cast, d, codes[0]), waiting(cast, d, codes[1])) == ([], [text])
    assert holder(d) == "penvoerder of gemachtigde DEF en JENV"
    scenes.decide(cast, version, "bewindspersonen", "overleg", codes=codes[1:2])
    assert waiting(cast, d, codes[1]) == [text], "there will be another decision"
    scenes.decide(cast, version, "bewindspersonen", "niet-akkoord", codes=codes[1:2])
    assert (waiting(cast, d, codes[1]), holder(d)) == ([], "penvoerder")


def test_nobody_decides_over_a_negative_advice_about_an_older_version(cast):
    d, conclusie = ready(cast)
    scenes.conclusion(cast, conclusie.aanbieding, "negatief", seen_conclusie=conclusie.pk)
    b.adopt(cast, b.write(cast, d, "signaal", {**b.SIGNAAL, "situatie": "De spanningen lopen op."}))
    assert (waiting(cast, d, "BZ"), holder(d)) == ([], "penvoerder")


def test_the_database_wants_the_decision_after_the_negative_conclusion(cast, monkeypatch):
    d, conclusie = ready(cast)
    offer = conclusie.aanbieding
    old = scenes.decide(cast, offer.version, "bewindspersonen")
    scenes.conclusion(cast, offer, "negatief", seen_conclusie=conclusie.pk)
    monkeypatch.setattr(SmoConclusie, "check", lambda self, facts: None)
    monkeypatch.setattr(SmoConclusie, "grounds", lambda self, facts: {"besluit_ids": [old.pk]})
    with pytest.raises(DatabaseError, match="concludeerde niet over deze versie"), transaction.atomic():
        step(cast, d)


def test_a_textual_change_keeps_the_advice(cast):
    d, conclusie = ready(cast)
    offer = conclusie.aanbieding
    b.write(cast, d, "signaal", {**b.SIGNAAL, "situatie": "De spanningen lopen op."})
    later = b.adopt(cast, offer.version.document)
    assert "gaat over versie 1 van de signaalbeoordeling, inmiddels is er versie 2" in gate(d)
    act = {"aanbieding_id": offer.pk, "version_id": later.pk, "toelichting": "Spelling."}
    for who in ("secretaris-smo", "smo-bz", "behandelaar-bz"):
        with pytest.raises(Denied):
            services.confirm_textual(**act, by=cast[who])
    services.confirm_textual(**act, by=cast["voorzitter-smo"])
    assert gate(d) is None
    move = step(cast, d)
    assert (move.conclusie_ids, move.version_ids) == ([conclusie.pk], [later.pk])
    item = selectors.item(d, offer.pk)
    assert [(t.from_version_id, t.to_version_id) for t in item.textual] == [(offer.version_id, later.pk)]


def test_a_textual_change_follows_a_positive_conclusion_and_a_later_version(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")
    act = {"aanbieding_id": offer.pk, "version_id": offer.version_id, "toelichting": "x", "by": cast["voorzitter-smo"]}
    with pytest.raises(NotPossible, match="positieve conclusie"):
        services.confirm_textual(**act)
    made = scenes.conclusion(cast, offer)
    with pytest.raises(NotPossible, match="latere versie"):
        services.confirm_textual(**act)
    sql = (
        "INSERT INTO phases_tekstuelewijziging (conclusie_id, from_version_id, to_version_id, toelichting, by_id,"
        " acting_for, at) VALUES (%s, %s, %s, '', %s, '', now())"
    )
    version = offer.version_id
    assert "latere vastgestelde versie" in refused(sql, made.pk, version, version, cast["voorzitter-smo"].pk)


def test_withdrawal_takes_it_off_the_agenda_and_can_be_followed_by_a_new_offer(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")
    scenes.position(cast, offer)
    with pytest.raises(Denied):
        services.withdraw(aanbieding_id=offer.pk, reason="x", by=cast["behandelaar-def"])
    with pytest.raises(NotPossible, match="waarom"):
        services.withdraw(aanbieding_id=offer.pk, reason=" ", by=cast["behandelaar-bz"])
    services.withdraw(aanbieding_id=offer.pk, reason="Er komt een nieuwe versie.", by=cast["behandelaar-bz"])
    assert selectors.agenda(cast["smo-def"]) == []
    assert gate(d) == "Bied de signaalbeoordeling aan de SMO aan."
    for act in (scenes.position, scenes.conclusion):
        with pytest.raises(Conflict, match="ingetrokken"):
            act(cast, offer)
    assert "ingetrokken" in refused(INSERT, offer.pk, "positief", offer.version.sha256, cast["voorzitter-smo"].pk)
    again = services.offer(version_id=offer.version_id, meeting_on=b.today(), by=cast["behandelaar-bz"])
    assert [i.aanbieding.pk for i in selectors.agenda(cast["smo-def"])] == [again.pk]
    meetings, _ = overview(cast["smo-def"], own=False)
    assert [i.aanbieding.pk for meeting in meetings for i in meeting.papers] == [again.pk]
    assert offer.standpunten.count() == 1


def test_no_withdrawal_after_the_conclusion(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    scenes.conclusion(cast, offer)
    with pytest.raises(Conflict, match="al geconcludeerd"):
        services.withdraw(aanbieding_id=offer.pk, reason="x", by=cast["behandelaar-bz"])
    sql = "INSERT INTO phases_intrekking (aanbieding_id, reason, by_id, at) VALUES (%s, 'x', %s, now())"
    assert "al geconcludeerd" in refused(sql, offer.pk, cast["behandelaar-bz"].pk)


@pytest.mark.parametrize("soort", PuntSoort.of_papers())
@pytest.mark.parametrize("oordeel", Oordeel.values)
def test_the_kind_of_point_decides_which_strekking_is_allowed(cast, soort, oordeel):
    """The service and the database read the same small table."""
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    offer = services.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"], soort=soort)
    allowed = oordeel in ALLOWED[PuntSoort(soort)]
    if allowed:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INSERT, [offer.pk, oordeel, version.sha256, cast["voorzitter-smo"].pk])
        return
    assert "strekking niet toe" in refused(INSERT, offer.pk, oordeel, version.sha256, cast["voorzitter-smo"].pk)
    with pytest.raises(NotPossible, match="niet toe"):
        scenes.conclusion(cast, offer, oordeel)


def test_a_paper_is_no_procedural_point(cast):
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    with pytest.raises(NotPossible, match="procedureel"):
        services.offer(version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"], soort="procedureel")


def test_a_conclusion_is_not_older_than_its_meeting_or_its_offer(cast):
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal", in_days=7)
    with pytest.raises(NotPossible, match="De vergadering over dit stuk is op"):
        scenes.conclusion(cast, offer)
    written = services.offer(
        version_id=scenes.adopted(cast, d, "plan").pk, meeting_on=b.today() + timedelta(days=4), schriftelijk=True,
        by=cast["behandelaar-bz"],
    )  # fmt: skip
    with pytest.raises(NotPossible, match="aangeboden op"):
        scenes.conclusion(cast, written, concluded_on=b.today() - timedelta(days=1))
    assert scenes.conclusion(cast, written).concluded_on == b.today()


def test_what_is_kept_comes_on_the_next_agenda_and_is_awaited_again(cast):
    following = b.meeting(b.today() + timedelta(days=6))
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")
    scenes.conclusion(cast, offer, "aangehouden")
    item = selectors.item(d, offer.pk)
    assert (item.held, item.open, item.meeting) == (True, True, following)
    assert [p.vergadering.day for p in offer.punten.all()] == [b.today(), following.day]
    assert any(t.due == following.day for t in turns(d, facts_module.load(d)))


def test_other_papers_go_along_frozen(cast):
    d, other = scenes.dossier(cast), scenes.dossier(cast)
    version, plan = scenes.adopted(cast, d, "signaal"), scenes.adopted(cast, d, "plan")
    foreign = scenes.adopted(cast, other, "plan")
    offer = services.offer(
        version_id=version.pk, meeting_on=b.today(), by=cast["behandelaar-bz"], bijlagen=[plan.pk, foreign.pk]
    )
    assert [row.version_id for row in offer.bijlagen.all()] == [plan.pk]
    sql = "INSERT INTO phases_bijlage (aanbieding_id, version_id) VALUES (%s, %s)"
    assert "hetzelfde dossier" in refused(sql, offer.pk, foreign.pk)


@pytest.mark.parametrize(
    "table", ["bijlage", "intrekking", "herinnering", "voorwaarde", "afhandeling", "controle", "tekstuelewijziging"]
)
@pytest.mark.parametrize("sql", ["DELETE FROM phases_{}", "UPDATE phases_{} SET id = id + 1000"])
def test_nothing_of_it_changes_or_disappears(cast, table, sql):
    from tests.architecture.scenes import advised

    d = scenes.dossier(cast)
    _, _, _, met = advised(cast, d)
    check(cast, met)
    words = refused(sql.format(table))
    assert "permission denied" in words
    assert Aanbieding.objects.filter(ronde__dossier=d, at__lte=timezone.now()).exists()


def test_the_author_takes_no_position_in_sql_either(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    sql = (
        "INSERT INTO phases_standpunt (aanbieding_id, ministry_id, strekking, voorwaarden, toelichting, by_id, acting_for,"
        " at) VALUES (%s, %s, 'akkoord', '', '', %s, '', now())"
    )
    assert "steller" in refused(sql, offer.pk, b.ministry("BZ").pk, offer.version.created_by_id)


def test_one_offer_of_a_version_lies_open_in_sql_too(cast):
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    sql = (
        "INSERT INTO phases_aanbieding (ronde_id, version_id, meeting_on, by_id, at) VALUES (%s, %s, now(), %s, now())"
    )
    assert "ligt al voor" in refused(sql, offer.ronde_id, offer.version_id, offer.by_id)
