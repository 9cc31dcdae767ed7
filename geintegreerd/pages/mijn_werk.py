"""Mijn werk: what waits on me, what I wait for, and the next SMO. A fixed number of queries, whatever the number of dossiers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.http import Request
from cases.models import User
from cases.rights import Role
from cases.templatetags.notatie import datum, geleden, relatief
from phases.process import beurten
from phases.process.aan_zet import Stand
from phases.process.beurten import When, sunday
from phases.process.models import Beurt
from phases.smo import selectors as smo
from phases.smo.models import Actie
from phases.smo.selectors import meetings

ALLES, TE_LAAT, WEEK, ANDEREN, SMO = "alles", When.LATE.value, When.WEEK.value, "anderen", "smo"


@dataclass(frozen=True)
class Tile:
    """A count that filters the page."""

    toon: str
    label: str
    getal: int
    laat: bool = False

    @property
    def aantal(self) -> str:
        return beurten.shown(self.getal)

    @property
    def url(self) -> str:
        return f"{reverse('mijn_werk')}?toon={self.toon}"


def mijn_werk(request: Request) -> HttpResponse:
    """The start of the day. ?toon=te-laat|week|anderen|smo narrows it; anything else shows everything."""
    if access.has_role(request.user, Role.BEHEERDER) and len(access.memberships(request.user)) == 1:
        return redirect("rechten")
    toon = request.GET.get("toon", ALLES)
    mine, others = beurten.count_mine(request.user), beurten.count_of_others(request.user)
    actions = list(meetings.my_actions(request.user)[: beurten.PAGE])
    late, week = _of(actions, When.LATE), _of(actions, When.WEEK)
    tiles = [
        Tile(TE_LAAT, "Te laat", mine.late + len(late), laat=bool(mine.late or late)),
        Tile(WEEK, "Deze week", mine.week + len(week)),
        Tile(ANDEREN, "Wacht op anderen", others.total),
        Tile(SMO, "Wacht op de SMO", others.smo),
    ]
    context = {
        "tegels": tiles,
        "gekozen": next((tile for tile in tiles if tile.toon == toon), None),
        "toon": toon,
        "mijn": [] if toon in (ANDEREN, SMO) else _mine(request.user, toon),
        "anderen": [] if toon in (TE_LAAT, WEEK) else _others(request.user, toon),
        "mijn_totaal": mine.total,
        "meer_mijn": _total(mine, toon) > beurten.PAGE,
        "meer_anderen": (others.smo if toon == SMO else others.total) > beurten.PAGE,
        "smo": smo.next_meeting(request.user),
        "acties": ([] if toon in (TE_LAAT, WEEK, ANDEREN, SMO) else _lists(request.user))
        + _actions({TE_LAAT: late, WEEK: week, ANDEREN: [], SMO: []}.get(toon, actions)),
    }
    return render(request, "mijn_werk.html", context)


def _total(counts: beurten.Counts, toon: str) -> int:
    return {TE_LAAT: counts.late, WEEK: counts.week}.get(toon, counts.total)


def _mine(user: User, toon: str) -> list[dict[str, Any]]:
    when = When(toon) if toon in (TE_LAAT, WEEK) else When.ALL
    return [_line(beurt, _when(beurt)) for beurt in beurten.mine(user, when)]


def _others(user: User, toon: str) -> list[dict[str, Any]]:
    rows = beurten.of_others(user, at_smo=toon == SMO)
    return [_line(beurt, {"stand": _waits(beurt)}) for beurt in rows]


def _waits(beurt: Beurt) -> str:
    """On whom, and since when; "Ligt bij de SMO" names its holder already."""
    who = "" if beurt.stand == Stand.SMO else f" ({beurten.holder(beurt.group.name)})"
    return f"{beurt.stand}{who}. Gevraagd: {geleden(beurt.since)}"


def _of(actions: list[Actie], when: When) -> list[Actie]:
    """The actions that are late, or fall in this week."""
    return (
        [a for a in actions if a.late]
        if when == When.LATE
        else [a for a in actions if not a.late and a.due <= sunday()]
    )


def _lists(user: User) -> list[dict[str, Any]]:
    """The besluitenlijsten that wait until this person adopts them."""
    return [
        {
            "tekst": f"Stel de besluitenlijst van de SMO van {datum(lijst.vergadering.day)} vast",
            "url": f"{reverse('vergadering', args=[lijst.vergadering_id])}#besluitenlijst",
            "hint": "Een ander schreef het concept",
            "stand": f"Geschreven: {geleden(lijst.written_at)}",
        }
        for lijst in meetings.to_adopt(user)
    ]


def _actions(actions: list[Actie]) -> list[dict[str, Any]]:
    """What this person must do after a meeting of the SMO, from an adopted besluitenlijst."""
    return [
        {
            "tekst": actie.tekst,
            "url": reverse("actie_gedaan", args=[actie.pk]),
            "hint": f"Besluitenlijst van de SMO van {datum(actie.besluitenlijst.vergadering.day)}",
            **(_late(actie.due) if actie.late else {"stand": f"Uiterlijk {datum(actie.due)}"}),
        }
        for actie in actions
    ]


def _late(due: date) -> dict[str, str]:
    return {"stand": relatief(due), "soort": "let-op", "icoon": "uitroep"}


def _line(beurt: Beurt, end: dict[str, str]) -> dict[str, Any]:
    """A line of `taken`: the act, the dossier, and until when."""
    return {
        "tekst": beurt.tekst.removesuffix("."),
        "url": beurt.url,
        "hint": f"{beurt.dossier.number} {beurt.dossier.title}",
        **end,
    }


def _when(beurt: Beurt) -> dict[str, str]:
    """The date in plain text; too late as a label."""
    if beurt.due is None:
        return {"stand": f"Gevraagd: {geleden(beurt.since)}" if Stand(beurt.stand).on_others else ""}
    if beurt.due < timezone.localdate():
        return _late(beurt.due)
    return {"stand": f"Uiterlijk {datum(beurt.due)}"}
