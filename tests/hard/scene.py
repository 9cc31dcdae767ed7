"""What the demo does not hold: a row for each guarded table that would be empty otherwise, made by the real services."""

from datetime import timedelta

from cases.models import Dossier, MarkedRead, User
from cases.services import dossiers
from phases.kamer import toezeggingen
from phases.process import afwijkingen, verklaringen
from phases.process import services as process
from phases.process.afwijking_models import Inhaalplicht
from phases.smo import services as smo
from phases.smo.models import Actie
from phases.smo.models.offers import DAYS_BEFORE
from tests import builders as b
from tests.budget_biv import money
from tests.hard.ready import in_planning
from tests.phases import scenes


def also_present(people: dict[str, User]) -> None:
    """Nobody opens a page, leaves, keeps a promise, forgets a position or changes a word while the demo is loaded."""
    MarkedRead.objects.create(dossier_id=Dossier.objects.values_list("pk", flat=True)[0], user_id=1, path="/dossiers/")
    b.leave(people, b.make_dossier(people))
    money.take_back(people, b.ask_money(people, b.make_dossier(people), {b.today().year: 100}))
    d = b.make_dossier(people, efforts=("politie",), ministries=("BZ", "JENV"))
    scenes.treated(people, in_planning(people))
    b.register(people, d, "politie", confirmed_by="gemachtigde-jenv-2")
    promise = b.promise(people, d, "BZ")
    done = {"hoe": "gedaan", "op": b.today(), "toelichting": "Brief verzonden."}
    toezeggingen.settle(toezegging_id=promise.pk, by=people["behandelaar-bz"], **done)
    _smo(people, d)
    _deviations(people, d)
    for action in Actie.objects.filter(gedaan=None, besluitenlijst__adopted_at__isnull=False)[:1]:
        smo.finish_action(actie_id=action.pk, tekst="Gedaan.", by=action.holder)


def _deviations(people: dict[str, User], d: Dossier) -> None:
    """A waiver that was refused, a declaration that somebody agreed with, a duty that was caught up, a toets that deviates."""
    answers = dict.fromkeys(("rechtsorde", "eenheid", "geweld", "humanitair"), False)
    words = {"applies": True, "override_reason": "Een eenheid is niet uit te sluiten.", **answers}
    toets = dossiers.judge_artikel_100(dossier_id=d.pk, by=people["behandelaar-bz"], **words)
    dossiers.confirm_toets(toets_id=toets.pk, by=people["teamleider-bz"])
    asked = {"dossier_id": d.pk, "reason": "Spoed.", "until": b.today(), "by": people["behandelaar-bz"]}
    refused = process.ask_waiver(gate="smo:signaal", **asked)
    afwijkingen.refuse(request=refused, by=people["voorzitter-smo"], reason="Dat advies is nodig.")
    made = verklaringen.declare(soort="kleinschalig", holder=b.ministry("BZ"), term=b.today(), **asked)
    verklaringen.agree(verklaring_id=made.pk, by=people["voorzitter-smo"])
    duty = Inhaalplicht.objects.filter(waiver__ronde__dossier=d)[0]
    afwijkingen.catch_up(plicht_id=duty.pk, by=people["behandelaar-bz"], tekst="Alsnog gedaan.")


def _smo(people: dict[str, User], d: Dossier) -> None:
    """An offer with an annex that was withdrawn, a written round with a reminder, and a change of words only."""
    by, enclosed = people["behandelaar-bz"], scenes.adopted(people, d, "analyse")
    first = scenes.adopted(people, d, "signaal")
    act = {"version_id": first.pk, "by": by, "bijlagen": [enclosed.pk]}
    taken_back = smo.offer(meeting_on=b.meeting().day, **act)
    smo.withdraw(aanbieding_id=taken_back.pk, reason="Onvolledig.", by=by)
    term = b.today() + timedelta(days=DAYS_BEFORE[0])
    offer = smo.offer(meeting_on=term, schriftelijk=True, **act)
    smo.remind(b.today())
    scenes.conclusion(people, offer)
    later = b.adopt(people, b.write(people, d, "signaal", {**b.SIGNAAL, "bronnen": "Post en partners."}))
    words = {"version_id": later.pk, "toelichting": "Spelling.", "by": people["voorzitter-smo"]}
    smo.confirm_textual(aanbieding_id=offer.pk, **words)
