"""Two different acts at the same moment, eight against eight: only an outcome that one after the other could have had."""

from cases.phase import Phase
from cases.services import papers
from phases.besluit import services as besluit
from phases.besluit.models import Besluit
from phases.process import facts as facts_module
from phases.process import services as process
from phases.process import verklaringen
from phases.process.table import STEPS
from phases.smo import services as smo
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.budget_biv import money
from tests.hard.at_once import Work
from tests.hard.cases import Case, against, both_once, exactly_one, in_order
from tests.hard.money import fund
from tests.hard.pairs import Builder
from tests.hard.ready import Way
from tests.phases import scenes
from tests.phases.test_transition import judge_toets

UNLIKE: dict[str, Builder] = {}
STEP = ("stap", "Fase")


def unlike(name: str):
    def note(builder: Builder) -> Builder:
        UNLIKE[name] = builder
        return builder

    return note


def advised(cast: b.Cast, step: str = "naar_analyse") -> tuple[Way, Work]:
    """A dossier with police, so with the SMO, of which the step is ready; and that step."""
    way = Way(cast, b.make_dossier(cast, efforts=("politie",), ministries=("BZ", "JENV")).pk)
    way.make_ready(STEPS["naar_analyse"])
    if step != "naar_analyse":
        way.step("naar_analyse")
        way.make_ready(STEPS[step])
    arguments = way.arguments(STEPS[step])
    return way, lambda: process.transition(**arguments)


@unlike("stap tegen nieuwe versie")
def step_and_version(cast: b.Cast) -> Case:
    """The advice is about the version before, so after the new one the step is closed."""
    way, step = advised(cast)
    document = b.write(cast, way.dossier, "signaal", {**b.SIGNAAL, "verwachting": "Eerder dan gedacht."})
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    for one in document.dossier.participations.select_related("ministry"):
        leader = cast[f"teamleider-{one.ministry.code.lower()}"]
        papers.initial(version_id=version.pk, ministry=one.ministry, by=leader)
    adopt = lambda: papers.adopt(version_id=version.pk, by=cast["behandelaar-bz"])  # noqa: E731
    words = ("vastgesteld", str(version))
    return Case("stap en versie", lambda: against("stap", step, "versie", adopt), in_order(way.pk, STEP, words))


@unlike("stap tegen intrekken van het advies")
def step_and_correction(cast: b.Cast) -> Case:
    way, step = advised(cast)
    offer = Aanbieding.objects.get(ronde__dossier=way.pk)
    seen = offer.conclusies.latest("id").pk
    correct = lambda: scenes.conclusion(cast, offer, "negatief", seen_conclusie=seen)  # noqa: E731
    words = ("conclusie", f"Conclusie van de SMO over {offer.version}: negatief")
    return Case("stap en correctie", lambda: against("stap", step, "correctie", correct), in_order(way.pk, STEP, words))


@unlike("stap tegen een voorwaarde")
def step_and_condition(cast: b.Cast) -> Case:
    """The chair corrects to positief met voorwaarden: an open condition holds the step."""
    way, step = advised(cast)
    offer = Aanbieding.objects.get(ronde__dossier=way.pk)
    seen = offer.conclusies.latest("id").pk
    correct = lambda: scenes.conclusion(cast, offer, "positief-voorwaarden", seen_conclusie=seen)  # noqa: E731
    words = ("conclusie", f"Conclusie van de SMO over {offer.version}: positief met")
    return Case(
        "stap en voorwaarde", lambda: against("stap", step, "voorwaarde", correct), in_order(way.pk, STEP, words)
    )


@unlike("intrekken bij de SMO tegen conclusie")
def withdrawal_and_conclusion(cast: b.Cast) -> Case:
    offer = scenes.offered(cast, scenes.dossier(cast), "signaal")
    act = {"aanbieding_id": offer.pk, "reason": "Onvolledig.", "by": cast["behandelaar-bz"]}
    withdraw = lambda: smo.withdraw(**act)  # noqa: E731
    conclude = lambda: scenes.conclusion(cast, offer)  # noqa: E731
    return Case("intrekken", lambda: against("intrekken", withdraw, "conclusie", conclude), exactly_one)


@unlike("stap tegen een besluit dat haar sluit")
def step_and_decision(cast: b.Cast) -> Case:
    way, step = advised(cast, "naar_handelingsopties")
    version = way.newest("analyse")

    def refuse() -> object:
        return besluit.register(
            version_id=version.pk, orgaan="bewindspersonen", uitkomst="niet-akkoord", besluit_op=b.today(), kenmerk="",
            toelichting="", by=cast["gemachtigde-bz"], seen_besluit=0,
        )  # fmt: skip

    judge = in_order(way.pk, ("stap", "Fase 3"), ("besluit", "Besluit geregistreerd"))
    return Case("stap en besluit", lambda: against("stap", step, "besluit", refuse), judge)


@unlike("stap tegen toets")
def step_and_toets(cast: b.Cast) -> Case:
    """When artikel 100 turns out to apply, the kennisgeving falls due."""
    way, step = advised(cast)
    sharper = Way(cast, way.pk, artikel_100=True)
    judge = in_order(way.pk, STEP, ("toets", "Toepasselijkheidstoets: artikel 100 is van"))

    def once(ends) -> str:
        """A toets may be done as often as one likes; the step only once."""
        return judge(ends) if not judge(ends).startswith("tweemaal: ['toets']") else ""

    return Case("stap en toets", lambda: against("stap", step, "toets", sharper.toets), once)


@unlike("stap tegen stoppen")
def step_and_stop(cast: b.Cast) -> Case:
    way, step = advised(cast)
    way.make_ready(STEPS["stoppen"])
    arguments = way.arguments(STEPS["stoppen"])
    stop = lambda: process.transition(**arguments)  # noqa: E731
    return Case("stap en stoppen", lambda: against("stap", step, "stoppen", stop), exactly_one)


@unlike("stap tegen verlenen van haar afwijking")
def step_and_waiver(cast: b.Cast) -> Case:
    """The step that needs the waiver is made after it was granted, or not."""
    way = Way(cast, scenes.dossier(cast, efforts=("politie",), ministries=("BZ", "JENV")).pk)
    way.adopted("signaal")
    words = {"gate": "smo:signaal", "reason": "Spoed.", "until": b.today()}
    waiver = process.ask_waiver(dossier_id=way.pk, by=cast["behandelaar-bz"], **words)
    for _ in range(9):
        found = STEPS["naar_analyse"].judge(facts_module.load(way.dossier))
        closed = [one for one in found if not one.open and one.gate.name != "smo:signaal"]
        if not closed:
            break
        way.open_gate(closed[0])
    arguments = way.arguments(STEPS["naar_analyse"])
    step = lambda: process.transition(**arguments)  # noqa: E731
    grant = lambda: process.grant_waiver(waiver_id=waiver.pk, by=cast["voorzitter-smo"])  # noqa: E731
    judge = in_order(way.pk, ("afwijking", "Afwijking verleend"), STEP)
    return Case("stap en afwijking", lambda: against("stap", step, "verlenen", grant), judge)


@unlike("paraaf tegen teruggeven")
def initial_and_give_back(cast: b.Cast) -> Case:
    document = b.write(cast, scenes.dossier(cast), "signaal", b.SIGNAAL)
    version = papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])
    words = {"version_id": version.pk, "ministry": b.ministry("DEF"), "by": cast["teamleider-def"]}
    initial = lambda: papers.initial(**words)  # noqa: E731
    back = lambda: papers.give_back(**words, reason="Onvolledig.")  # noqa: E731
    return Case("paraaf en teruggeven", lambda: against("paraaf", initial, "terug", back), exactly_one)


@unlike("uittreden tegen voorleggen")
def leave_and_put_forward(cast: b.Cast) -> Case:
    """Whoever must initial does not leave meanwhile."""
    d = scenes.dossier(cast)
    document = b.write(cast, d, "signaal", b.SIGNAAL)
    leave = lambda: b.leave(cast, d)  # noqa: E731
    forward = lambda: papers.put_forward(document_id=document.pk, by=cast["behandelaar-bz"])  # noqa: E731
    judge = in_order(d.pk, ("deelname", "DEF neemt niet meer deel"), ("voorgelegd", ""))
    return Case("uittreden en voorleggen", lambda: against("uit", leave, "voor", forward), judge)


@unlike("laatste twee gemachtigden")
def last_two(cast: b.Cast) -> Case:
    """Both confirm, and the choice counts at once."""
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d, "opties")
    scenes.decide(cast, version, "bewindspersonen", optie="A", confirm=False, codes=("BZ", "DEF"))
    made = dict(Besluit.objects.filter(version=version).values_list("ministry__code", "pk"))

    def confirm(code: str) -> Work:
        return lambda: besluit.confirm(besluit_id=made[code], by=cast[f"gemachtigde-{code.lower()}-2"])

    def then() -> None:
        choosing = facts_module.load(d).choosing()
        assert choosing and choosing.counts

    return Case("gemachtigden", lambda: against("BZ", confirm("BZ"), "DEF", confirm("DEF")), both_once, then)


@unlike("laatste standpunt tegen conclusie")
def position_and_conclusion(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")
    say = lambda: scenes.position(cast, offer, seen_standpunt=0)  # noqa: E731
    conclude = lambda: scenes.conclusion(cast, offer)  # noqa: E731
    judge = in_order(d.pk, ("standpunt", ""), ("conclusie", ""))
    return Case("standpunt en conclusie", lambda: against("standpunt", say, "conclusie", conclude), judge)


@unlike("de laatste twee gemachtigden bij spoed")
def both_agree_on_urgency(cast: b.Cast) -> Case:
    """BZ and DEF together: whoever comes last writes the waivers, and neither waits for the other."""
    d = scenes.dossier(cast)
    judge_toets(cast, d, applies=True)
    asked = scenes.declared(cast, d, "spoed")
    agree = lambda code: lambda: verklaringen.agree(verklaring_id=asked.pk, by=cast[f"gemachtigde-{code}"])  # noqa: E731

    def then() -> None:
        assert d.current_ronde.waivers.filter(granted_by__isnull=False).exists()

    return Case("spoed", lambda: against("BZ", agree("bz"), "DEF", agree("def")), both_once, then)


@unlike("stap tegen intrekken van de BIV-aanvraag")
def step_and_taking_back(cast: b.Cast) -> Case:
    """Once the money that lay beside the advice is taken back, the step waits for a new advice."""
    way = Way(cast, b.make_dossier(cast, efforts=("civiel",)).pk)
    way.bring(Phase.PLANNING)
    aanvraag = money.ask(cast, way.dossier, fund())
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag)
    way.make_ready(STEPS["naar_uitvoering"])
    arguments = way.arguments(STEPS["naar_uitvoering"])
    step = lambda: process.transition(**arguments)  # noqa: E731
    take_back = lambda: money.take_back(cast, aanvraag)  # noqa: E731
    judge = in_order(way.pk, STEP, ("biv", "BIV-aanvraag versie 1 ingetrokken"))
    return Case("stap en intrekken", lambda: against("stap", step, "intrekken", take_back), judge)
