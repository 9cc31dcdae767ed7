"""The SMO under the hammer: what its chair, its secretary and the penvoerder do once, and what they do against each other."""

from datetime import date, time, timedelta

from cases.models import DocumentVersion
from phases.process import facts as facts_module
from phases.process.gates import SmoPlanEnBiv
from phases.smo import services as smo
from phases.smo.calendar import why_closed
from phases.smo.models import Aanbieding, Afhandeling, Besluitenlijst, Ritme, Vergadering, Voorwaarde
from phases.smo.papers import list_mark
from phases.smo.services.agenda import standing
from tests import builders as b
from tests.budget_biv import money
from tests.hard.cases import Case, against, each_at_most_once, exactly_one, in_order
from tests.hard.money import fund
from tests.hard.pairs import case, pair
from tests.hard.ready import Way
from tests.hard.unlike import advised, unlike
from tests.phases import scenes

NOON = time(12)


def free_day(after: date | None = None) -> date:
    """A day on which the SMO may meet and does not yet."""
    day = (after or b.today() + timedelta(days=20)) + timedelta(days=1)
    while why_closed(day) or Vergadering.objects.filter(day=day).exists():
        day += timedelta(days=1)
    return day


def held() -> Vergadering:
    """A meeting that was, so that adopting its list settles no agenda that another round writes on."""
    first = Vergadering.objects.order_by("day").values_list("day", flat=True).first()
    return b.meeting(min(first or b.today(), b.today()) - timedelta(days=1))


def concept(cast: b.Cast, of: Vergadering, seen: int = 0) -> Besluitenlijst:
    by = cast["secretaris-smo"]
    return smo.write_list(vergadering_id=of.pk, teksten={}, opmerkingen="Geen.", by=by, seen_revision=seen)


def reworded(cast: b.Cast, way: Way) -> DocumentVersion:
    return b.adopt(cast, b.write(cast, way.dossier, "signaal", {**b.SIGNAAL, "bronnen": "Post en partners."}))


def on_conditions(cast: b.Cast) -> tuple[Aanbieding, Voorwaarde]:
    """An advice with one condition that nobody handled."""
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    scenes.conclusion(cast, offer, "positief-voorwaarden")
    return offer, Voorwaarde.objects.get(conclusie__aanbieding=offer)


def handled(cast: b.Cast, condition: Voorwaarde) -> Afhandeling:
    words = {"tekst": "Gedaan.", "done_on": b.today(), "by": cast["behandelaar-bz"]}
    return smo.meet_condition(voorwaarde_id=condition.pk, **words)


# Pressed by all


@pair("tekstuele wijziging bevestigen")
def confirming_words(cast: b.Cast) -> Case:
    """The step that the new version closed is open again."""
    way, _ = advised(cast)
    offer = Aanbieding.objects.get(ronde__dossier=way.pk)
    words = {"aanbieding_id": offer.pk, "version_id": reworded(cast, way).pk, "toelichting": "Spelling."}
    act = lambda who: smo.confirm_textual(**words, by=who)  # noqa: E731
    return case("tekstueel", act, [cast["voorzitter-smo"]], lambda: way.step("naar_analyse"))


@pair("advies geldt ook voor een latere BIV-aanvraag")
def confirming_money(cast: b.Cast) -> Case:
    d, of = scenes.dossier(cast), fund()
    money.ask(cast, d, of)
    offer = scenes.offered(cast, d, "plan")
    scenes.conclusion(cast, offer)
    words = {"aanbieding_id": offer.pk, "aanvraag_id": money.ask(cast, d, of).pk, "toelichting": "Alleen gesplitst."}

    def then() -> None:
        assert SmoPlanEnBiv("plan").check(facts_module.load(d)) is None

    act = lambda who: smo.confirm_money(**words, by=who)  # noqa: E731
    return case("advies en geld", act, [cast["voorzitter-smo"]], then)


@pair("voorwaarde afhandelen")
def handling(cast: b.Cast) -> Case:
    _, condition = on_conditions(cast)

    def then() -> None:
        found = {"afhandeling_id": condition.afhandelingen.get().pk, "voldaan": True, "toelichting": ""}
        smo.check_condition(**found, by=cast["secretaris-smo"])

    return case("afhandelen", lambda _: handled(cast, condition), [None], then)


@pair("terughalen bij de SMO")
def withdrawing(cast: b.Cast) -> Case:
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    words = {"aanbieding_id": offer.pk, "reason": "Onvolledig."}
    again = {"version_id": offer.version_id, "meeting_on": b.meeting().day, "by": cast["behandelaar-bz"]}
    act = lambda who: smo.withdraw(**words, by=who)  # noqa: E731
    return case("terughalen", act, [cast["behandelaar-bz"]], lambda: smo.offer(**again))


@pair("besluitenlijst schrijven")
def writing_a_list(cast: b.Cast) -> Case:
    of = held()
    return case("schrijven", lambda _: concept(cast, of), [None], lambda: b.adopt_list(cast, of))


@pair("besluitenlijst vaststellen")
def adopting_a_list(cast: b.Cast) -> Case:
    of = held()
    seen = list_mark(concept(cast, of))

    def then() -> None:
        assert of.besluitenlijsten.get().adopted
        smo.correct_list(vergadering_id=of.pk, by=cast["secretaris-smo"])

    act = lambda who: smo.adopt_list(vergadering_id=of.pk, by=who, seen=seen)  # noqa: E731
    return case("vaststellen", act, [cast["voorzitter-smo"]], then)


@pair("correctie op de besluitenlijst")
def correcting_a_list(cast: b.Cast) -> Case:
    of = held()
    concept(cast, of)
    b.adopt_list(cast, of)
    act = lambda who: smo.correct_list(vergadering_id=of.pk, by=who)  # noqa: E731
    return case("correctie", act, [cast["secretaris-smo"]], lambda: concept(cast, of))


@pair("actie uit de besluitenlijst afmelden")
def finishing(cast: b.Cast) -> Case:
    of = held()
    words = {"tekst": "Vul aan.", "holder": cast["smo-def"], "due": b.today(), "by": cast["secretaris-smo"]}
    todo = smo.add_action(vergadering_id=of.pk, **words)
    b.adopt_list(cast, of)
    act = lambda who: smo.finish_action(actie_id=todo.pk, tekst="Gedaan.", by=who)  # noqa: E731
    return case("afmelden", act, [cast["smo-def"]], lambda: None)


@pair("vergadering toevoegen")
def adding_a_meeting(cast: b.Cast) -> Case:
    day, by = free_day(), cast["secretaris-smo"]
    words = {"day": day, "time": NOON, "place": "Zaal 2", "papers_by": b.today()}

    def then() -> None:
        found = Vergadering.objects.get(day=day, vervallen=False)
        smo.cancel_meeting(vergadering_id=found.pk, reason="Zaal bezet.", by=by, seen_revision=found.revision)

    return case("toevoegen", lambda who: smo.add_meeting(**words, by=who), [by], then)


@pair("vergadering laten vervallen")
def cancelling_a_meeting(cast: b.Cast) -> Case:
    of, by = b.meeting(free_day()), cast["secretaris-smo"]
    words = {"vergadering_id": of.pk, "reason": "Zaal bezet.", "seen_revision": of.revision}
    then = lambda: smo.add_meeting(day=of.day, time=NOON, place="Zaal 2", papers_by=b.today(), by=by)  # noqa: E731
    return case("vervallen", lambda who: smo.cancel_meeting(**words, by=who), [by], then)


@pair("agendapunt verplaatsen")
def moving_a_point(cast: b.Cast) -> Case:
    """The paper stands on the other agenda, once, and can come back."""
    point = scenes.offered(cast, scenes.dossier(cast)).punten.get()
    to, by = b.meeting(free_day()), cast["secretaris-smo"]

    def then() -> None:
        there = standing(point.aanbieding)
        assert there.vergadering == to
        smo.move_point(punt_id=there.pk, vergadering_id=point.vergadering_id, by=by)

    act = lambda who: smo.move_point(punt_id=point.pk, vergadering_id=to.pk, by=who)  # noqa: E731
    return case("verplaatsen", act, [by], then)


@pair("ritme van de SMO")
def changing_the_rhythm(cast: b.Cast) -> Case:
    smo.plan_ahead(b.today())
    seen = Ritme.objects.get().revision
    words = {"weekday": seen % 5, "time": NOON, "place": "Zaal 2", "papers_days": 7}
    act = lambda who: smo.set_rhythm(**words, by=who, seen_revision=seen)  # noqa: E731
    return case("ritme", act, [cast["secretaris-smo"]], lambda: smo.plan_ahead(b.today()))


# Against each other


@unlike("tekstuele wijziging tegen correctie van het advies")
def words_and_correction(cast: b.Cast) -> Case:
    """Only a positive conclusion can go on to hold for a later version."""
    way, _ = advised(cast)
    offer = Aanbieding.objects.get(ronde__dossier=way.pk)
    seen = offer.conclusies.latest("id").pk
    words = {"aanbieding_id": offer.pk, "version_id": reworded(cast, way).pk, "toelichting": "Spelling."}
    confirm = lambda: smo.confirm_textual(**words, by=cast["voorzitter-smo"])  # noqa: E731
    correct = lambda: scenes.conclusion(cast, offer, "negatief", seen_conclusie=seen)  # noqa: E731
    judge = in_order(
        way.pk, ("smo", "Tekstuele wijziging"), ("conclusie", f"Conclusie van de SMO over {offer.version}: n")
    )
    return Case("tekstueel en correctie", lambda: against("tekstueel", confirm, "correctie", correct), judge)


@unlike("advies voor een latere BIV-aanvraag tegen weer een andere aanvraag")
def money_and_request(cast: b.Cast) -> Case:
    """The chair confirms the newest request, or hears that there is another."""
    d, of = scenes.dossier(cast), fund()
    money.ask(cast, d, of)
    offer = scenes.offered(cast, d, "plan")
    scenes.conclusion(cast, offer)
    later = money.ask(cast, d, of)
    words = {"aanbieding_id": offer.pk, "aanvraag_id": later.pk, "toelichting": "Alleen gesplitst."}
    confirm = lambda: smo.confirm_money(**words, by=cast["voorzitter-smo"])  # noqa: E731
    ask = lambda: money.ask(cast, d, of, seen=later.number)  # noqa: E731
    judge = in_order(d.pk, ("smo", "De conclusie over"), ("biv", "BIV-aanvraag versie 3"))

    def then() -> None:
        assert "inmiddels is er aanvraag 3" in SmoPlanEnBiv("plan").check(facts_module.load(d))

    return Case("advies en aanvraag", lambda: against("advies", confirm, "aanvraag", ask), judge, then)


@unlike("voorwaarde voldaan tegen voorwaarde niet voldaan")
def met_or_not(cast: b.Cast) -> Case:
    offer, condition = on_conditions(cast)
    words = {"afhandeling_id": handled(cast, condition).pk, "toelichting": "Gezien.", "by": cast["secretaris-smo"]}
    yes = lambda: smo.check_condition(**words, voldaan=True)  # noqa: E731
    no = lambda: smo.check_condition(**words, voldaan=False)  # noqa: E731

    def then() -> None:
        found = facts_module.load(offer.ronde.dossier).smo["signaal"]
        assert (found.unmet, found.unchecked) == (0 if condition.afhandelingen.get().controle.voldaan else 1, 0)

    return Case("voldaan of niet", lambda: against("voldaan", yes, "niet", no), exactly_one, then)


@unlike("voorwaarde bevestigen tegen een nieuwe conclusie")
def check_and_conclusion(cast: b.Cast) -> Case:
    """With the new conclusion the condition counts no more."""
    offer, condition = on_conditions(cast)
    words = {"afhandeling_id": handled(cast, condition).pk, "voldaan": True, "toelichting": ""}
    seen = offer.conclusies.latest("id").pk
    check = lambda: smo.check_condition(**words, by=cast["secretaris-smo"])  # noqa: E731
    conclude = lambda: scenes.conclusion(cast, offer, seen_conclusie=seen)  # noqa: E731
    late = ("conclusie", f"Conclusie van de SMO over {offer.version}: positief")
    judge = in_order(offer.ronde.dossier_id, ("voorwaarde", "Voorwaarde 1 van de SMO is voldaan"), late)

    def then() -> None:
        assert facts_module.load(offer.ronde.dossier).smo["signaal"].unmet == 0

    return Case("voorwaarde en conclusie", lambda: against("controle", check, "conclusie", conclude), judge, then)


@unlike("besluitenlijst vaststellen tegen een actie erbij")
def list_and_action(cast: b.Cast) -> Case:
    """Nobody adopts an action not seen, and none comes in after that."""
    of = held()
    seen = list_mark(concept(cast, of))
    words = {"tekst": "Vul aan.", "holder": cast["smo-def"], "due": b.today(), "by": cast["secretaris-smo"]}
    adopt = lambda: smo.adopt_list(vergadering_id=of.pk, by=cast["voorzitter-smo"], seen=seen)  # noqa: E731
    add = lambda: smo.add_action(vergadering_id=of.pk, **words)  # noqa: E731

    def judge(ends) -> str:
        adopted, added = ends.winners("vaststellen"), ends.winners("actie")
        return "" if (adopted == 1) != (added > 0) and adopted <= 1 else f"{adopted} vastgesteld, {added} acties"

    return Case("lijst en actie", lambda: against("vaststellen", adopt, "actie", add), judge)


def follows(offer: Aanbieding) -> None:
    """The paper stands on an agenda that goes on."""
    assert standing(offer) is not None, "het stuk staat op geen enkele agenda"


@unlike("vergadering vervalt tegen aanbieden")
def cancelled_and_offer(cast: b.Cast) -> Case:
    """A paper that came on the agenda goes along to the next one."""
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    of = b.meeting(free_day())
    b.meeting(free_day(of.day))
    words = {"vergadering_id": of.pk, "reason": "Zaal bezet.", "seen_revision": of.revision}
    cancel = lambda: smo.cancel_meeting(**words, by=cast["secretaris-smo"])  # noqa: E731
    offer = lambda: smo.offer(version_id=version.pk, meeting_on=of.day, by=cast["behandelaar-bz"])  # noqa: E731

    def then() -> None:
        for one in Aanbieding.objects.filter(version=version):
            follows(one)

    return Case(
        "vervallen en aanbieden", lambda: against("vervalt", cancel, "aanbieden", offer), each_at_most_once, then
    )


@unlike("volgende vergadering vervalt tegen aanhouden")
def cancelled_and_held(cast: b.Cast) -> Case:
    """What is kept for later comes on an agenda that goes on."""
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    coming = Vergadering.objects.filter(day__gt=offer.meeting_on, vervallen=False).order_by("day").first()
    coming = coming or b.meeting(free_day(offer.meeting_on))
    b.meeting(free_day(coming.day))
    words = {"vergadering_id": coming.pk, "reason": "Zaal bezet.", "seen_revision": coming.revision}
    cancel = lambda: smo.cancel_meeting(**words, by=cast["secretaris-smo"])  # noqa: E731
    keep = lambda: scenes.conclusion(cast, offer, "aangehouden")  # noqa: E731
    return Case(
        "vervallen en aanhouden", lambda: against("vervalt", cancel, "aanhouden", keep), each_at_most_once,
        lambda: follows(offer),
    )  # fmt: skip


@unlike("twee vergaderingen naar dezelfde dag")
def two_to_one_day(cast: b.Cast) -> Case:
    one = b.meeting(free_day())
    other = b.meeting(free_day(one.day))
    day, by = free_day(other.day), cast["secretaris-smo"]
    words = {"day": day, "time": NOON, "place": "Zaal 2", "papers_by": b.today(), "reason": "Zaal bezet.", "by": by}
    to = lambda m: lambda: smo.move_meeting(vergadering_id=m.pk, seen_revision=m.revision, **words)  # noqa: E731

    def then() -> None:
        assert Vergadering.objects.filter(day=day, vervallen=False).count() == 1

    return Case("dezelfde dag", lambda: against("een", to(one), "ander", to(other)), exactly_one, then)


@unlike("ander ritme tegen aanbieden")
def rhythm_and_offer(cast: b.Cast) -> Case:
    """A meeting for which a paper was offered goes on, whatever day the SMO meets on from now on."""
    version = scenes.adopted(cast, scenes.dossier(cast), "signaal")
    smo.plan_ahead(b.today())
    planned = Vergadering.objects.filter(day__gt=b.today(), planned_on__isnull=False, vervallen=False, punten=None)
    day, seen = planned.latest("day").day, Ritme.objects.get().revision
    words = {"weekday": (day.weekday() + 1) % 5, "time": NOON, "place": "Zaal 2", "papers_days": 7}
    change = lambda: smo.set_rhythm(**words, by=cast["secretaris-smo"], seen_revision=seen)  # noqa: E731
    offer = lambda: smo.offer(version_id=version.pk, meeting_on=day, by=cast["behandelaar-bz"])  # noqa: E731

    def then() -> None:
        for one in Aanbieding.objects.filter(version=version):
            follows(one)

    return Case("ritme en aanbieden", lambda: against("ritme", change, "aanbieden", offer), each_at_most_once, then)
