"""What others may know about the money of a Ronde: who must decide, and how far the newest request has come."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, OuterRef, Subquery, Sum, TextChoices, When
from django.utils import timezone

from budget_biv.models import CLAIMS, OPEN, Aanvraag, AndereFinanciering, Beslissing, Fund, Rekening, Uitkomst
from cases.models import Dossier, Effort, Ministry, Ronde
from cases.prepared import Statement


class State(TextChoices):
    """How far a request has come."""

    VOORGESTELD = "voorgesteld", "Voorgesteld"
    GERESERVEERD = "gereserveerd", "Gereserveerd"
    AANGEHOUDEN = "aangehouden", "Aangehouden"
    TOEGEKEND = "toegekend", "Toegekend"
    AFGEWEZEN = "afgewezen", "Afgewezen"
    VERVALLEN = "vervallen", "Vervallen"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
    AFGEREKEND = "afgerekend", "Afgerekend"


def state_of(on: Mapping[str, int], outcomes: list[str]) -> State:
    """The state of a request by what stands on its accounts, and by what the ministers decided."""
    if Uitkomst.AFGEWEZEN in outcomes:
        return State.AFGEWEZEN
    if any(on.get(a) for a in (Rekening.TOEGEKEND, Rekening.VERPLICHT, Rekening.GEREALISEERD)):
        return State.TOEGEKEND
    if on.get(Rekening.AFGEREKEND):
        return State.AFGEREKEND
    if on.get(Rekening.GERESERVEERD):
        return State.AANGEHOUDEN if Uitkomst.AANGEHOUDEN in outcomes else State.GERESERVEERD
    return State.VOORGESTELD if on.get(Rekening.VOORGESTELD) or not any(on.values()) else State.VERVALLEN


@dataclass(frozen=True)
class BivFact:
    """The newest request of a Ronde: amounts per year in whole euros, and per required ministry its outcome or "".

    `optie` is the letter of the option that was chosen when it was asked, or "". `on` is what stands on each account. A request that was never booked counts as reserved: only its decisions speak.
    """

    aanvraag_id: int
    number: int
    years: tuple[tuple[int, int], ...]
    outcomes: tuple[tuple[str, str], ...]
    beslissing_ids: tuple[int, ...]
    on: Mapping[str, int] = field(default_factory=dict)
    manager: str = "DEF"
    unsplit: bool = False
    optie: str = ""

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.years)

    @property
    def awaited(self) -> list[str]:
        """The ministries that still decide, also those that hold the request."""
        return [code for code, outcome in self.outcomes if outcome in ("", Uitkomst.AANGEHOUDEN)]

    @property
    def held(self) -> list[str]:
        return [code for code, outcome in self.outcomes if outcome == Uitkomst.AANGEHOUDEN]

    @property
    def refused(self) -> list[str]:
        return [code for code, outcome in self.outcomes if outcome == Uitkomst.AFGEWEZEN]

    @property
    def granted(self) -> bool:
        return not self.awaited and not self.refused

    @property
    def state(self) -> State:
        return state_of(self.on, [outcome for _, outcome in self.outcomes])

    @property
    def proposed(self) -> bool:
        """Whether it waits to be reserved."""
        return bool(self.on.get(Rekening.VOORGESTELD))

    @property
    def lapsed(self) -> bool:
        """Whether nothing of it is left: the dossier stopped before the ministers had decided, or what they granted fell free."""
        return self.state == State.VERVALLEN

    @property
    def granted_total(self) -> int:
        """What the ministers granted and was not given back, in whole euros."""
        return sum(self.on.get(a, 0) for a in CLAIMS if a != Rekening.GERESERVEERD)


@dataclass(frozen=True)
class Money:
    """The newest request of a Ronde, None when there is none or it was taken back; what all Rondes of the dossier have not
    settled yet in whole euros, and the ministry that manages the fund."""

    fact: BivFact | None
    unsettled: int
    manager: str


def required_codes(dossier: Dossier) -> list[str]:
    """Who must decide: BHOS, BZ and DEF, and JENV when police or justice takes part (Leidraad par. 3.4)."""
    extra = ["JENV"] if {Effort.POLITIE, Effort.JUSTITIE} & set(dossier.efforts) else []
    return ["BHOS", "BZ", "DEF", *extra]


def required_ministries(dossier: Dossier) -> list[Ministry]:
    """The same as rows, in the order of ministries."""
    return list(Ministry.objects.filter(code__in=required_codes(dossier)).prefetch_related("names"))


def newest(ronde: Ronde) -> Aanvraag | None:
    """The newest version of the request of a Ronde, also one that was taken back."""
    rows = Aanvraag.objects.filter(ronde=ronde).select_related("fund__manager", "by", "intrekking__by")
    return rows.order_by("-number").first()


def asked(ronde: Ronde) -> Aanvraag | None:
    """The request that counts: the newest version, unless it was taken back."""
    found = newest(ronde)
    return found if found and not hasattr(found, "intrekking") else None


def other_funding(dossier: Dossier) -> AndereFinanciering | None:
    """What pays for this dossier beside the BIV, when somebody noted it."""
    return AndereFinanciering.objects.filter(dossier=dossier).select_related("by").first()


ON = ", ".join(f"'{a}', coalesce(sum(s.{a}), 0)" for a in Rekening.values if a != Rekening.BUITEN)
FACT = Statement(
    f"""
SELECT a.id, a.number,
 (SELECT coalesce(json_agg(json_build_array(y.year, y.amount) ORDER BY y.year), '[]') FROM (
  SELECT b.year, sum(b.amount) AS amount FROM budget_biv_bedrag b WHERE b.aanvraag_id = a.id GROUP BY b.year) y)::text,
 (SELECT coalesce(json_object_agg(d.code, json_build_array(d.id, d.uitkomst)), '{{}}') FROM (
  SELECT DISTINCT ON (m.code) m.code, b.id, b.uitkomst FROM budget_biv_beslissing b JOIN cases_ministry m ON m.id = b.ministry_id
  WHERE b.aanvraag_id = a.id ORDER BY m.code, b.id DESC) d)::text,
 (SELECT json_build_object({ON}) FROM budget_biv_saldo s WHERE s.aanvraag_id = a.id)::text,
 coalesce(a.manager, (SELECT m.code FROM budget_biv_saldo s JOIN budget_biv_fund f ON f.id = s.fund_id
  JOIN cases_ministry m ON m.id = f.manager_id WHERE s.dossier_id = %(dossier)s LIMIT 1)),
 EXISTS (SELECT FROM budget_biv_saldo s WHERE s.aanvraag_id = a.id AND s.oda = 'onbekend' AND s.voorgesteld > 0),
 (SELECT coalesce(sum({" + ".join(f"s.{a}" for a in OPEN)}), 0)::bigint FROM budget_biv_saldo s WHERE s.dossier_id = %(dossier)s), a.optie
FROM (SELECT 1) one LEFT JOIN LATERAL (
 SELECT x.id, x.number, x.optie, m.code AS manager FROM budget_biv_aanvraag x JOIN budget_biv_fund f ON f.id = x.fund_id
 JOIN cases_ministry m ON m.id = f.manager_id WHERE x.ronde_id = %(ronde)s ORDER BY x.number DESC LIMIT 1) a
 ON NOT EXISTS (SELECT FROM budget_biv_intrekking i WHERE i.aanvraag_id = a.id)
""",
    dossier="bigint",
    ronde="bigint",
)


def money(ronde: Ronde, dossier: Dossier) -> Money:
    """The facts about the money. One query, read with every page of a dossier."""
    row = FACT.row(dossier=dossier.pk, ronde=ronde.pk)
    pk, number, years, decisions, on, manager, unsplit, unsettled, option = row
    if pk is None:
        return Money(None, unsettled, manager or "")
    decided, codes = json.loads(decisions), required_codes(dossier)
    fact_ = BivFact(
        pk,
        number,
        tuple((year, amount) for year, amount in json.loads(years)),
        tuple((code, decided[code][1] if code in decided else "") for code in codes),
        tuple(decided[code][0] for code in codes if code in decided),
        json.loads(on),
        manager,
        unsplit,
        option,
    )
    return Money(fact_, unsettled, manager)


def fact(ronde: Ronde, dossier: Dossier) -> BivFact | None:
    """The facts about the newest request; None when no BIV money is asked."""
    return money(ronde, dossier).fact


def asked_of_dossier() -> Subquery:
    """For a list of dossiers: what the newest request of the current Ronde asks in whole euros, in the same query; None when taken back."""
    newest_first = Aanvraag.objects.filter(
        ronde__dossier=OuterRef("pk"), ronde__number=OuterRef("ronde_number")
    ).order_by("-number")
    total = Case(When(intrekking=None, then=Sum("bedragen__amount")))
    return Subquery(newest_first.annotate(total=total).values("total")[:1])


def still_needed(dossier: Dossier, ministry: Ministry) -> str:
    """Why a ministry cannot leave: its decision on the newest request is awaited. "" when it is not."""
    found = fact(dossier.rondes.get(number=dossier.ronde_number), dossier)
    if found is None or found.refused or found.lapsed or ministry.code not in found.awaited:
        return ""
    return f"{ministry.code} moet eerst nog beslissen over BIV-aanvraag versie {found.number}."


def last_decisions(beslissingen: list[Beslissing]) -> dict[int, Beslissing]:
    """Per ministry id the newest decision."""
    return {b.ministry_id: b for b in sorted(beslissingen, key=lambda b: b.pk)}


def current_fund() -> Fund | None:
    """The fund that requests go to: of those that exist this year the one that began last, otherwise the newest."""
    funds, year = list(Fund.objects.select_related("manager").order_by("-start")), timezone.localdate().year
    return next((fund for fund in funds if fund.holds(year)), next(iter(funds), None))
