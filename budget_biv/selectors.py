"""What others may know about the money of a Ronde, and the year overview."""

import json
from dataclasses import dataclass

from django.db import connection
from django.db.models import OuterRef, Subquery, Sum, TextChoices
from django.urls import reverse

from budget_biv.models import Aanvraag, AndereFinanciering, Bedrag, Beslissing, Ceiling, Fund, Uitkomst
from cases.access import visible_to
from cases.models import Dossier, Effort, Ministry, Ronde, User
from cases.phase import Status
from cases.templatetags.notatie import datum, euro


class State(TextChoices):
    """What became of a request."""

    GEVRAAGD = "gevraagd", "Gevraagd"
    TOEGEKEND = "toegekend", "Toegekend"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    VERVALLEN = "vervallen", "Vervallen"

    @property
    def counts(self) -> bool:
        """Whether the amount weighs on the year."""
        return self in (State.GEVRAAGD, State.TOEGEKEND)


@dataclass(frozen=True)
class BivFact:
    """The newest request of a Ronde: amounts per year in whole euros, and per required ministry its outcome or ""."""

    aanvraag_id: int
    number: int
    years: tuple[tuple[int, int], ...]
    outcomes: tuple[tuple[str, str], ...]
    beslissing_ids: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.years)

    @property
    def awaited(self) -> list[str]:
        return [code for code, outcome in self.outcomes if not outcome]

    @property
    def refused(self) -> list[str]:
        return [code for code, outcome in self.outcomes if outcome == Uitkomst.AFGEWEZEN]

    @property
    def granted(self) -> bool:
        return not self.awaited and not self.refused


def required_codes(dossier: Dossier) -> list[str]:
    """Who must decide: BHOS, BZ and DEF, and JENV when police or justice takes part (Leidraad par. 3.4)."""
    extra = ["JENV"] if {Effort.POLITIE, Effort.JUSTITIE} & set(dossier.efforts) else []
    return ["BHOS", "BZ", "DEF", *extra]


def required_ministries(dossier: Dossier) -> list[Ministry]:
    """The same as rows, in the order of ministries."""
    return list(Ministry.objects.filter(code__in=required_codes(dossier)).prefetch_related("names"))


def newest(ronde: Ronde) -> Aanvraag | None:
    """The request that counts: the newest version."""
    return Aanvraag.objects.filter(ronde=ronde).select_related("fund", "by").order_by("-number").first()


def other_funding(dossier: Dossier) -> AndereFinanciering | None:
    """What pays for this dossier beside the BIV, when somebody noted it."""
    return AndereFinanciering.objects.filter(dossier=dossier).select_related("by").first()


FACT = """
SELECT a.id, a.number,
 (SELECT coalesce(json_agg(json_build_array(y.year, y.amount) ORDER BY y.year), '[]') FROM budget_biv_bedrag y
  WHERE y.aanvraag_id = a.id)::text,
 (SELECT coalesce(json_object_agg(m.code, json_build_array(d.id, d.uitkomst)), '{}') FROM budget_biv_beslissing d
  JOIN cases_ministry m ON m.id = d.ministry_id WHERE d.aanvraag_id = a.id)::text
FROM budget_biv_aanvraag a WHERE a.ronde_id = %s ORDER BY a.number DESC LIMIT 1
"""


def fact(ronde: Ronde, dossier: Dossier) -> BivFact | None:
    """The facts about the newest request; None when no BIV money is asked. One query, read with every page of a dossier."""
    with connection.cursor() as cursor:
        cursor.execute(FACT, [ronde.pk])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, number, years, decided = row[0], row[1], json.loads(row[2]), json.loads(row[3])
    codes = required_codes(dossier)
    return BivFact(
        pk,
        number,
        tuple((year, amount) for year, amount in years),
        tuple((code, decided[code][1] if code in decided else "") for code in codes),
        tuple(decided[code][0] for code in codes if code in decided),
    )


def asked_of_dossier() -> Subquery:
    """For a list of dossiers: what the newest request of the current Ronde asks in whole euros, in the same query."""
    newest_first = Aanvraag.objects.filter(
        ronde__dossier=OuterRef("pk"), ronde__number=OuterRef("ronde_number")
    ).order_by("-number")
    return Subquery(newest_first.annotate(total=Sum("bedragen__amount")).values("total")[:1])


def still_needed(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: its decision on the newest request is awaited. "" when it is not."""
    found = fact(dossier.rondes.get(number=dossier.ronde_number), dossier)
    if found is None or found.refused or ministry.code not in found.awaited:
        return ""
    return f"{ministry.code} moet eerst nog beslissen over BIV-aanvraag versie {found.number}."


@dataclass(frozen=True)
class Stand:
    """A request with the decision of each required minister, None while it is awaited."""

    aanvraag: Aanvraag
    decisions: tuple[tuple[Ministry, Beslissing | None], ...]

    @property
    def state(self) -> State:
        return _state([d.uitkomst if d else "" for _, d in self.decisions])

    @property
    def awaited(self) -> list[Ministry]:
        return [m for m, decision in self.decisions if decision is None]


def _state(outcomes: list[str]) -> State:
    """What the decisions of all required ministers come to."""
    if Uitkomst.AFGEWEZEN in outcomes:
        return State.AFGEWEZEN
    return State.TOEGEKEND if all(o == Uitkomst.AKKOORD for o in outcomes) else State.GEVRAAGD


def requests(dossier: Dossier) -> list[Stand]:
    """The requests of the current Ronde, newest first, with their amounts and decisions: four queries."""
    rows = Aanvraag.objects.filter(ronde__dossier=dossier, ronde__number=dossier.ronde_number).select_related(
        "fund", "by"
    )
    rows = rows.prefetch_related("bedragen", "beslissingen__by").order_by("-number")
    ministries = required_ministries(dossier)
    found = []
    for aanvraag in rows:
        decided = {b.ministry_id: b for b in aanvraag.beslissingen.all()}
        found.append(Stand(aanvraag, tuple((m, decided.get(m.pk)) for m in ministries)))
    return found


def of_earlier_rondes(dossier: Dossier) -> list[dict[str, str]]:
    """The newest request of each Ronde before this one, the last Ronde first, as lines of `taken`."""
    rows = Aanvraag.objects.filter(ronde__dossier=dossier, ronde__number__lt=dossier.ronde_number)
    rows = rows.select_related("ronde").prefetch_related("bedragen").order_by("-ronde__number", "-number")
    newest = {row.ronde_id: row for row in reversed(rows)}
    log = f"{reverse('logboek', args=[dossier.number])}?soort=biv"
    return [
        {
            "tekst": f"Ronde {row.ronde.number}: {euro(row.total)} gevraagd",
            "url": log,
            "hint": f"Versie {row.number}, {datum(row.asked_on)}. De besluiten staan in het logboek.",
        }
        for row in sorted(newest.values(), key=lambda row: -row.ronde.number)
    ]


@dataclass(frozen=True)
class YearRow:
    """One request in a year; `dossier` is None for the line "overige", which has no state of its own."""

    dossier: Dossier | None
    amount: int
    state: State | None


@dataclass(frozen=True)
class YearOverview:
    """A fund in a year, in whole euros. The newest request of each Ronde counts, as long as it is granted or can be."""

    fund: Fund
    year: int
    ceiling: Ceiling | None
    granted: int
    asked: int
    rows: tuple[YearRow, ...]

    @property
    def available(self) -> int:
        return self.ceiling.amount if self.ceiling else 0

    @property
    def free(self) -> int:
        return self.available - self.granted

    @property
    def overrun(self) -> int:
        """How much more is granted and asked than is available; 0 when it fits."""
        return max(0, self.granted + self.asked - self.available)

    @property
    def share_text(self) -> str:
        """How much of what is available is granted or asked, as on the screen."""
        if not self.available:
            return "Jaarbedrag niet bekend"
        words = "toegekend of gevraagd" if self.asked else "toegekend"
        return f"{round(100 * (self.granted + self.asked) / self.available)}% {words}"


def year_overview(fund: Fund, year: int, user: User) -> YearOverview:
    """The year page: what someone may not see becomes one line "overige". Five queries, whatever the number of dossiers."""
    newest_ids = Aanvraag.objects.filter(fund=fund).order_by("ronde_id", "-number").distinct("ronde_id").values("id")
    amounts = list(
        Bedrag.objects.filter(year=year, aanvraag__in=newest_ids)
        .select_related("aanvraag__ronde__dossier")
        .order_by("-amount", "id")
    )
    dossiers = {b.aanvraag.ronde.dossier_id for b in amounts}
    seen = set(visible_to(user).filter(pk__in=dossiers).values_list("id", flat=True))
    decided = _outcomes([b.aanvraag_id for b in amounts])
    judged = [(b.aanvraag.ronde.dossier, b.amount, _year_state(b, decided)) for b in amounts]
    hidden = sum(a for d, a, state in judged if d.pk not in seen and state.counts)
    rows = [YearRow(d, a, state) for d, a, state in judged if d.pk in seen]
    return YearOverview(
        fund,
        year,
        fund.ceilings.filter(year=year).first(),
        sum(a for _, a, state in judged if state == State.TOEGEKEND),
        sum(a for _, a, state in judged if state == State.GEVRAAGD),
        (*rows, YearRow(None, hidden, None)) if hidden else tuple(rows),
    )


def _outcomes(aanvraag_ids: list[int]) -> dict[int, dict[str, str]]:
    """Per request the outcome by ministry code."""
    found: dict[int, dict[str, str]] = {}
    rows = Beslissing.objects.filter(aanvraag__in=aanvraag_ids).values_list("aanvraag_id", "ministry__code", "uitkomst")
    for pk, code, outcome in rows:
        found.setdefault(pk, {})[code] = outcome
    return found


def _year_state(bedrag: Bedrag, decided: dict[int, dict[str, str]]) -> State:
    """As the decisions say; a request of a dossier that no longer runs and was not granted has lapsed."""
    dossier = bedrag.aanvraag.ronde.dossier
    outcomes = decided.get(bedrag.aanvraag_id, {})
    state = _state([outcomes.get(code, "") for code in required_codes(dossier)])
    return State.VERVALLEN if state == State.GEVRAAGD and dossier.status != Status.LOPEND else state


def current_fund() -> Fund | None:
    """The fund that requests go to: the one that began last."""
    return Fund.objects.order_by("-start").first()


def years(fund: Fund) -> list[int]:
    """The years that have a ceiling or a request."""
    asked = Bedrag.objects.filter(aanvraag__fund=fund).values_list("year", flat=True).distinct()
    return sorted({*fund.ceilings.values_list("year", flat=True), *asked})
