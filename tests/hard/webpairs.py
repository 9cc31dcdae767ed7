"""Three pairs through HTTP: the last two positions and the conclusion; the last two gemachtigden; the step and the withdrawal."""

from collections.abc import Callable

from django.urls import reverse

from phases.besluit.models import Besluit
from phases.process import facts as facts_module
from phases.process.table import STEPS
from phases.smo.models import Aanbieding
from tests import builders as b
from tests.cases.pages import give_password
from tests.hard.at_once import THREADS, Ends, Works
from tests.hard.cases import Case, both_once, happened, in_order
from tests.hard.unlike import STEP, advised
from tests.hard.web import People, link
from tests.phases import scenes

WebBuilder = Callable[[b.Cast, People], Case]
WHO = ("behandelaar-bz", "voorzitter-smo", "smo-bz", "smo-def", "gemachtigde-bz-2", "gemachtigde-def-2")


def taking_turns(*works: tuple[str, Callable[[], object]]) -> Works:
    """Sixteen, spread over these acts."""
    return [works[i % len(works)] for i in range(THREADS)]


def positions_and_conclusion(cast: b.Cast, person: People) -> Case:
    """No position after the conclusion, and never two of one ministry or two conclusions."""
    d = scenes.dossier(cast)
    offer = scenes.offered(cast, d, "signaal")
    page = reverse("standpunt", args=[d.number, offer.pk])
    says = [
        (code, person(f"smo-{code.lower()}").filled(page, "Controleer", strekking="akkoord")) for code in ("BZ", "DEF")
    ]
    words = {"oordeel": "positief", "tekst": "Akkoord."}
    ends_it = person("voorzitter-smo").filled(reverse("conclusie", args=[d.number, offer.pk]), "Controleer", **words)

    def judge(ends: Ends) -> str:
        names = [name for name, _ in ends.won]
        if names.count("conclusie") != 1 or max(names.count(code) for code in ("BZ", "DEF")) > 1:
            return f"gewonnen: {names}"
        late = happened(d.pk, "standpunt") > happened(d.pk, "conclusie")
        return "een standpunt na de conclusie" if late else ""

    def then() -> None:
        assert facts_module.load(d).smo["signaal"].positive

    return Case("standpunten en conclusie", lambda: taking_turns(*says, ("conclusie", ends_it)), judge, then)


def last_two(cast: b.Cast, person: People) -> Case:
    """Both ministers' second persons confirm, each once, and the choice counts."""
    d = scenes.dossier(cast)
    version = scenes.adopted(cast, d, "opties")
    scenes.decide(cast, version, "bewindspersonen", optie="A", confirm=False, codes=("BZ", "DEF"))
    assert Besluit.objects.filter(version=version).count() == 2
    works = []
    for code in ("BZ", "DEF"):
        who = person(f"gemachtigde-{code.lower()}-2")
        check = link(who.send(reverse("besluiten", args=[d.number]))[1], "Controleer en bevestig")
        works.append((code, who.filled(check, "Bevestig besluit")))

    def then() -> None:
        choosing = facts_module.load(d).choosing()
        assert choosing and choosing.counts

    return Case("gemachtigden", lambda: taking_turns(*works), both_once, then)


def step_and_withdrawal(cast: b.Cast, person: People) -> Case:
    """The chair takes the positive advice back: after that the step is closed."""
    way, _ = advised(cast)
    d = way.dossier
    offer = Aanbieding.objects.get(ronde__dossier=d)
    go = person("behandelaar-bz").filled(reverse("stap", args=[d.number, "naar_analyse"]), STEPS["naar_analyse"].label)
    words = {"oordeel": "negatief", "tekst": "Bij nader inzien niet."}
    back = person("voorzitter-smo").filled(reverse("conclusie", args=[d.number, offer.pk]), "Controleer", **words)
    judge = in_order(d.pk, STEP, ("conclusie", f"Conclusie van de SMO over {offer.version}: negatief"))
    return Case("stap en intrekken", lambda: taking_turns(("stap", go), ("intrekken", back)), judge)


WEB: dict[str, WebBuilder] = {
    "twee laatste standpunten en een conclusie": positions_and_conclusion,
    "twee laatste gemachtigden": last_two,
    "stap en intrekken van het advies": step_and_withdrawal,
}


def may_log_in(cast: b.Cast) -> None:
    give_password(*(cast[name] for name in WHO))
