"""When the kinds of effort and the ministries may change: they decide who advises and who decides, and take neither away."""

from django.utils import timezone

from cases.models import PERSONNEL, Dossier, Effort, Ministry
from cases.phase import Phase
from phases.besluit.models import minister
from phases.besluit.samen import left_open
from phases.handelingsopties.models import Optie
from phases.process import facts as facts_module
from phases.process.afwijking_models import Soort
from phases.process.facts import Facts
from phases.process.gates.base import PRODUCT_NAMES, in_words
from phases.process.gates.besluit import GeenOpenBesluit
from phases.process.models import Waiver
from phases.process.table import step_forward
from phases.smo.models import Oordeel

FIXED = (
    "De soorten inzet liggen vast vanaf de fase Planning en voorbereiding: daarover is geadviseerd en besloten. "
    "Vraag eerst om terug te gaan naar Handelingsopties."
)
WAITS = (
    "U kunt nu geen soort inzet weghalen. Daarover ligt een stuk bij de SMO zonder positieve conclusie, of een besluit dat "
    "niet akkoord of nog niet bevestigd is. Trek het stuk in, of wacht de uitkomst af."
)
NAMED = "U kunt die weghalen als u de optie wijzigt, of als een optie zonder die inzet is gekozen."
ONE = (
    "Voor dit dossier is vastgelegd dat er één instrument is; daardoor vervielen voorwaarden. Een tweede soort inzet kan er nu "
    "niet bij."
)


def hold_efforts(dossier: Dossier, efforts: list[str]) -> str:
    """Why the kinds of effort cannot become these; "" when they can (ontwerpkeuze: one person sets no advice aside)."""
    if set(efforts) == set(dossier.efforts):
        return ""
    if Phase(dossier.phase).number >= Phase.PLANNING.number:
        return FIXED
    removes = set(dossier.efforts) - set(efforts)
    if len(dossier.efforts) == 1 < len(set(efforts)) and _declared_one(dossier):
        return ONE
    if not removes:
        return ""
    facts = facts_module.load(dossier)
    return WAITS if _waits(facts) else _named(dossier, facts, removes)


def _declared_one(dossier: Dossier) -> bool:
    """Whether conditions were set aside in this Ronde because the dossier has one instrument."""
    rows = Waiver.objects.filter(ronde=dossier.current_ronde, verklaring__soort=Soort.EEN_INSTRUMENT)
    return rows.filter(granted_at__isnull=False, until__gte=timezone.localdate()).exists()


def _named(dossier: Dossier, facts: Facts, removes: set[str]) -> str:
    """Personnel that an option considers stays, until an option without it is chosen (ontwerpkeuze: the SMO sees what is considered)."""
    choice, nota = facts.choice(), facts.papers.get("opties")
    frozen = nota.values.get("inzet", {}) if nota else {}
    if choice and choice.positive:
        named = set(frozen.get(choice.optie, ()))
    else:
        drafts = Optie.objects.filter(nota__ronde__dossier=dossier, nota__ronde__number=dossier.ronde_number)
        named = set().union(*frozen.values(), *drafts.values_list("instrumenten", flat=True)) & PERSONNEL
    names = [Effort(effort).label for effort in sorted(named & removes)]
    return f"Een optie in de optiesnota noemt deze soort inzet: {in_words(names)}. {NAMED}" if names else ""


def _waits(facts: Facts) -> bool:
    """Whether an advice or a decision is asked for that is not, or not yet, positive."""
    made = [besluit for kind in facts.papers for besluit in facts.decided(kind)]
    heard = (*Oordeel.positive(), Oordeel.TER_KENNISNAME)
    return any(offer.oordeel not in heard for offer in facts.smo.values()) or not all(b.positive for b in made)


def needed_to_catch_up(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: nobody else can report what it would catch up, and closing waits for that. "" when nothing does."""
    mine = [duty for duty in facts_module.load(dossier).plichten if duty.holder == ministry.code]
    return f"{ministry.code} moet eerst nog inhalen: {mine[0].wat}" if mine else ""


def needed_to_decide_again(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: the step ahead waits for what its minister decides anew. "" when nothing does."""
    facts = facts_module.load(dossier)
    kinds = [gate.kind for gate in step_forward(facts.phase).gates if isinstance(gate, GeenOpenBesluit)]
    for kind in kinds:
        own, paper = [b for b in facts.about(kind) if b.ministry == ministry.code], facts.papers.get(kind)
        if left_open(own, paper.version_id if paper else 0):
            return f"De m{minister(ministry.code)[1:]} moet eerst nog akkoord gaan met {PRODUCT_NAMES[kind]}."
    return ""


def needed_after_negative(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: over a negative advice its minister decides too. "" when nothing holds it."""
    facts = facts_module.load(dossier)
    against = any(offer.oordeel == Oordeel.NEGATIEF for offer in facts.smo.values())
    if not against or ministry.code not in facts.ministers:
        return ""
    return (
        f"De SMO concludeerde negatief. {ministry.code} blijft deelnemen, omdat de ministers daarover samen besluiten."
    )
