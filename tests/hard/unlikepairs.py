"""More acts against each other: a confirmation against something newer, a grant against a refusal, and what sends or holds."""

from cases.phase import Phase
from cases.services import dossiers
from phases.besluit import services as besluit
from phases.kamer import services as kamer
from phases.planning import services as planning
from phases.process import afwijkingen, verklaringen
from phases.process import facts as facts_module
from phases.process import services as process
from phases.process.table import STEPS
from phases.vastlegging import services as vastlegging
from tests import builders as b
from tests.budget_biv import money
from tests.hard.cases import Case, against, exactly_one, in_order
from tests.hard.money import fund
from tests.hard.ready import Way, in_planning
from tests.hard.unlike import STEP, unlike
from tests.hard.webpairs import taking_turns
from tests.phases import scenes


def one_of(*outcomes: list[str]):
    """Judges by the sorted names of who won."""

    def judge(ends) -> str:
        names = sorted(name for name, _ in ends.won)
        return "" if names in outcomes else f"gewonnen: {names}"

    return judge


def all_but(way: Way, step: str, gate: str) -> None:
    """Opens every gate of this step except one."""
    for _ in range(60):
        found = STEPS[step].judge(facts_module.load(way.dossier))
        closed = [one for one in found if not one.open and one.gate.name != gate]
        if not closed:
            return
        way.open_gate(closed[0])


@unlike("stap tegen weigering van het BIV")
def step_and_refusal(cast: b.Cast) -> Case:
    """The last minister agrees or refuses; the step to Uitvoering follows only an akkoord."""
    way = Way(cast, b.make_dossier(cast, efforts=("civiel",)).pk)
    way.bring(Phase.PLANNING)
    aanvraag = money.ask(cast, way.dossier, fund())
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag, ("BHOS", "BZ"))
    all_but(way, "naar_uitvoering", "biv")
    arguments = way.arguments(STEPS["naar_uitvoering"])
    step = lambda: process.transition(**arguments)  # noqa: E731
    agree = lambda: money.decide(cast, aanvraag, "DEF")  # noqa: E731
    refuse = lambda: money.decide(cast, aanvraag, "DEF", "afgewezen", "Te duur.", who="gemachtigde-def-2")  # noqa: E731

    def then() -> None:
        """An akkoord lets the step through, also when the step came too early; after a refusal the money is free."""
        refused = aanvraag.beslissingen.filter(uitkomst="afgewezen").exists()
        if not refused and way.dossier.phase == Phase.PLANNING:
            way.step("naar_uitvoering")
        assert way.dossier.phase == (Phase.PLANNING if refused else Phase.UITVOERING)
        assert money.on(aanvraag) == ({"vrijgevallen": 100} if refused else {"toegekend": 100})

    works = ("stap", step), ("akkoord", agree), ("weigering", refuse)
    judge = one_of(["weigering"], ["akkoord"], ["akkoord", "stap"])
    return Case("stap en weigering", lambda: taking_turns(*works), judge, then)


@unlike("bevestigen van een besluit tegen een nieuw besluit")
def confirmation_and_decision(cast: b.Cast) -> Case:
    """Whatever is confirmed meanwhile: what the minister decided last is what counts, once that is confirmed."""
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d, "analyse")
    made = scenes.decide(cast, version, "bewindspersonen", confirm=False)
    confirm = lambda of: besluit.confirm(besluit_id=of.pk, by=cast["gemachtigde-bz-2"])  # noqa: E731

    def again() -> object:
        return besluit.register(
            version_id=version.pk, orgaan="bewindspersonen", uitkomst="niet-akkoord", besluit_op=b.today(), kenmerk="",
            toelichting="", by=cast["gemachtigde-bz"], seen_besluit=made.pk,
        )  # fmt: skip

    def then() -> None:
        assert not facts_module.load(d).decided("analyse")[0].positive
        confirm(version.besluiten.latest("id"))
        counts = facts_module.load(d).decided("analyse")[0]
        assert (counts.confirmed, counts.uitkomst) == (True, "niet-akkoord")

    works = against("bevestigen", lambda: confirm(made), "nieuw", again)
    return Case("bevestigen en besluit", lambda: works, one_of(["nieuw"], ["bevestigen", "nieuw"]), then)


@unlike("bevestigen van het besluit over politie tegen een nieuw besluit")
def police_and_decision(cast: b.Cast) -> Case:
    d = b.make_dossier(cast, efforts=("politie",), ministries=("BZ", "JENV"))
    made = b.register(cast, d, "politie")
    values = {**b.VASTLEGGINGEN["politie"], "uitkomst": "niet-akkoord"}
    words = {"dossier_id": d.pk, "soort": "politie", "op": b.today(), **values, "seen_vastlegging": made.pk}
    confirm = lambda: vastlegging.confirm(vastlegging_id=made.pk, by=cast["gemachtigde-jenv-2"])  # noqa: E731
    again = lambda: vastlegging.register(**words, by=cast["gemachtigde-jenv"])  # noqa: E731
    judge = in_order(d.pk, ("bevestigd", ""), ("vastgelegd", ""))

    def then() -> None:
        assert not facts_module.load(d).records.newest["politie"].confirmed

    return Case("politie", lambda: against("bevestigen", confirm, "nieuw", again), judge, then)


@unlike("bevestigen van een afwijkende toets tegen een nieuwe toets")
def agreement_and_toets(cast: b.Cast) -> Case:
    d = b.make_dossier(cast)
    answers = {"rechtsorde": True, "eenheid": True, "geweld": True, "humanitair": False, "dossier_id": d.pk}
    by = cast["behandelaar-bz"]
    made = dossiers.judge_artikel_100(**answers, applies=False, override_reason="Een geval apart.", by=by)
    confirm = lambda: dossiers.confirm_toets(toets_id=made.pk, by=cast["teamleider-bz"])  # noqa: E731
    again = lambda: dossiers.judge_artikel_100(**answers, applies=True, by=by, seen_toets=made.pk)  # noqa: E731
    judge = in_order(d.pk, ("toets", "Afwijking van de"), ("toets", "Toepasselijkheidstoets: artikel 100 is van"))

    def then() -> None:
        assert facts_module.load(d).artikel_100

    return Case("toets", lambda: against("bevestigen", confirm, "nieuw", again), judge, then)


@unlike("afwijking verlenen tegen afwijzen")
def grant_and_refusal(cast: b.Cast) -> Case:
    d = scenes.dossier(cast)
    words = {"gate": "smo:signaal", "reason": "Spoed.", "until": b.today(), "by": cast["behandelaar-bz"]}
    asked, chair = process.ask_waiver(dossier_id=d.pk, **words), cast["voorzitter-smo"]
    grant = lambda: process.grant_waiver(waiver_id=asked.pk, by=chair)  # noqa: E731
    refuse = lambda: afwijkingen.refuse(request=asked, by=chair, reason="Dat advies is nodig.")  # noqa: E731

    def then() -> None:
        asked.refresh_from_db()
        assert (
            ("smo:signaal" in facts_module.load(d).waivers) == bool(asked.granted_by_id) != hasattr(asked, "afwijzing")
        )

    return Case("verlenen en afwijzen", lambda: against("verlenen", grant, "afwijzen", refuse), exactly_one, then)


@unlike("akkoord met een verklaring tegen afwijzen")
def agreement_and_refusal(cast: b.Cast) -> Case:
    d, chair = scenes.dossier(cast), cast["voorzitter-smo"]
    made = scenes.declared(cast, d)
    agree = lambda: verklaringen.agree(verklaring_id=made.pk, by=chair)  # noqa: E731
    refuse = lambda: afwijkingen.refuse(request=made, by=chair, reason="Dat is te groot.")  # noqa: E731

    def then() -> None:
        made.refresh_from_db()
        assert d.current_ronde.waivers.exists() != hasattr(made, "afwijzing")

    return Case("akkoord en afwijzen", lambda: against("akkoord", agree, "afwijzen", refuse), exactly_one, then)


@unlike("stap terug tegen afwijzen van het verzoek")
def going_back_and_refusal(cast: b.Cast) -> Case:
    way = Way(cast, b.make_dossier(cast).pk)
    way.bring(Phase.ANALYSE)
    way.propose(STEPS["terug_naar_orientatie"])
    asked = way.dossier.current_ronde.voorstellen.get()
    arguments = way.arguments(STEPS["terug_naar_orientatie"])
    step = lambda: process.transition(**arguments)  # noqa: E731
    refuse = lambda: afwijkingen.refuse(request=asked, by=cast["teamleider-bz"], reason="Niet nodig.")  # noqa: E731
    return Case("terug en afwijzen", lambda: against("terug", step, "afwijzen", refuse), exactly_one)


@unlike("verzenden tegen een weigering van de Ministerraad")
def sending_and_refusal(cast: b.Cast) -> Case:
    """After the refusal nothing is sent; what was sent stays sent."""
    d = in_planning(cast)
    version = scenes.signed_letter(cast, d)
    scenes.decide(cast, version, "ministerraad")
    seen = version.besluiten.latest("id").pk
    send = lambda: kamer.send(version_id=version.pk, sent_on=b.today(), by=cast["secretariaat"])  # noqa: E731

    def refuse() -> object:
        return besluit.register(
            version_id=version.pk, orgaan="ministerraad", uitkomst="niet-akkoord", besluit_op=b.today(), kenmerk="",
            toelichting="", by=cast["secretariaat"], seen_besluit=seen,
        )  # fmt: skip

    judge = in_order(d.pk, ("verzonden", ""), ("besluit", "Besluit geregistreerd: de Ministerraad, niet akkoord"))
    return Case("verzenden en weigeren", lambda: against("verzenden", send, "weigeren", refuse), judge)


@unlike("stap tegen wijzigen van de soorten inzet")
def step_and_efforts(cast: b.Cast) -> Case:
    """People who come in meet the SMO: after that change the step waits for its advice."""
    way = Way(cast, b.make_dossier(cast).pk)
    way.make_ready(STEPS["naar_analyse"])
    arguments, d = way.arguments(STEPS["naar_analyse"]), way.dossier
    words = {"dossier_id": d.pk, "seen_revision": d.revision, "efforts": ["diplomatie", "civiel"]}
    step = lambda: process.transition(**arguments)  # noqa: E731
    change = lambda: dossiers.change_facts(**words, by=cast["behandelaar-bz"])  # noqa: E731
    judge = in_order(d.pk, STEP, ("gewijzigd", ""))
    return Case("stap en inzet", lambda: against("stap", step, "inzet", change), judge)


@unlike("stap tegen wijzigen van een indicator")
def step_and_indicator(cast: b.Cast) -> Case:
    """Since Uitvoering the indicators stay as they were advised on."""
    way = Way(cast, b.make_dossier(cast).pk)
    way.bring(Phase.PLANNING)
    way.make_ready(STEPS["naar_uitvoering"])
    row, arguments = way.dossier.current_ronde.indicatoren.get(), way.arguments(STEPS["naar_uitvoering"])
    words = {**b.INDICATOR, "nulmeting_op": b.today(), "streefwaarde": "2", "seen_revision": row.revision}
    step = lambda: process.transition(**arguments)  # noqa: E731
    change = lambda: planning.change_indicator(indicator_id=row.pk, by=cast["behandelaar-bz"], **words)  # noqa: E731
    judge = in_order(way.pk, ("indicator", "Indicator gewijzigd"), STEP)
    return Case("stap en indicator", lambda: against("stap", step, "indicator", change), judge)


@unlike("stap tegen een nieuwe BIV-aanvraag")
def step_and_request(cast: b.Cast) -> Case:
    """A request of after the advice and the grants waits for both again."""
    way, of = Way(cast, b.make_dossier(cast, efforts=("civiel",)).pk), fund()
    way.bring(Phase.PLANNING)
    aanvraag = money.ask(cast, way.dossier, of)
    b.reserve_money(cast, aanvraag)
    b.grant_money(cast, aanvraag)
    way.make_ready(STEPS["naar_uitvoering"])
    arguments = way.arguments(STEPS["naar_uitvoering"])
    step = lambda: process.transition(**arguments)  # noqa: E731
    ask = lambda: money.ask(cast, way.dossier, of, seen=aanvraag.number)  # noqa: E731
    judge = in_order(way.pk, STEP, ("biv", "BIV-aanvraag versie 2"))
    return Case("stap en aanvraag", lambda: against("stap", step, "aanvraag", ask), judge)
