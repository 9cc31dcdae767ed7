"""The small parts of every page as template tags with explicit arguments. Usage: docs/componenten.md; all states: /beheer/stijlgids/.

Rows may be dictionaries or dataclasses; what a row leaves out becomes an empty value. No tag queries or imports upward.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from .notatie import getal, moment

register = template.Library()

ICOON_BIJ_SOORT = {"info": "half", "goed": "vink", "let-op": "klok", "fout": "uitroep", "neutraal": ""}


def rij(bron: Any, *namen: str, **standaard: Any) -> dict[str, Any]:
    """The named values of a dictionary or object; a name that is missing or None becomes its default or an empty text."""
    pak = bron.get if isinstance(bron, Mapping) else lambda naam, _=None: getattr(bron, naam, None)
    waarden = {naam: pak(naam, None) for naam in (*namen, *standaard)}
    return {naam: standaard.get(naam, "") if waarde is None else waarde for naam, waarde in waarden.items()}


def rijen(bronnen: Iterable[Any] | None, *namen: str, **standaard: Any) -> list[dict[str, Any]]:
    """Every row of an iterable through `rij`; None gives an empty list."""
    return [rij(bron, *namen, **standaard) for bron in bronnen or ()]


# Small


@register.simple_tag(name="icoon")
def symbool(naam: str, klasse: str = "icoon") -> SafeString:
    """A decorative symbol from the sprite; the text beside it carries the meaning."""
    vorm = '<svg class="{}" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    return format_html(vorm, klasse, static("img/iconen.svg"), naam)


@register.simple_tag
def etiket(tekst: str, soort: str = "neutraal", icoon: str = "", rand: bool = False) -> SafeString:
    """A status label: symbol and text, so that colour is never the only carrier."""
    teken = "" if icoon == "geen" else icoon or ICOON_BIJ_SOORT[soort]
    klassen = f"etiket etiket--{soort}{' etiket--rand' if rand else ''}"
    return format_html('<span class="{}">{}{}</span>', klassen, symbool(teken) if teken else "", tekst)


@register.simple_tag
def knop(
    tekst: str,
    url: str = "",
    soort: str = "een",
    naam: str = "",
    waarde: str = "",
    klein: bool = False,
) -> SafeString:
    """A link that looks like a button when it has a url, otherwise a submit button of the form around it."""
    klassen = "" if soort == "tekst" else "knop" + ("" if soort == "een" else f" knop--{soort}")
    klassen = f"{klassen or 'knoptekst'}{' knop--klein' if klein else ''}"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', klassen, url, tekst)
    extra = format_html(' name="{}" value="{}"', naam, waarde) if naam else ""
    return format_html('<button class="{}" type="submit"{}>{}</button>', klassen, extra, tekst)


@register.inclusion_tag("components/actie.html", takes_context=True)
def actie(context, tekst: str, url: str, soort: str = "een", klein: bool = False, **velden: Any) -> dict:
    """One act as its own POST form; extra words become hidden fields."""
    regels = [(naam, str(waarde)) for naam, waarde in velden.items()]
    # Loud when an include with "only" forgot the token: the button would answer 403.
    csrf = context["csrf_token"]
    return {"tekst": tekst, "url": url, "soort": soort, "klein": klein, "velden": regels, "csrf_token": csrf}


@register.simple_tag
def verwijzing(tekst: str, url: str, hint: str = "") -> SafeString:
    """The first cell of a row: a bold link with a small line under it."""
    regel = format_html('<br><span class="hint">{}</span>', hint) if hint else ""
    return format_html('<a class="verwijzing" href="{}">{}</a>{}', url, tekst, regel)


# Blocks


@register.simple_block_tag
def vak(content: str, titel: str = "", telling: str = "", soort: str = "", id: str = "", niveau: int = 2) -> SafeString:
    """A white box with its own heading. soort: actie (blue line on top) or plat (list or table up to the edge)."""
    kop_id = id or (f"vak-{slugify(titel)}" if titel else "")
    waarden = {"inhoud": content, "titel": titel, "telling": telling, "soort": soort, "id": kop_id, "kop": f"h{niveau}"}
    return render_to_string("components/vak.html", waarden)


@register.simple_block_tag
def melding(content: str, soort: str = "info", titel: str = "", rol: str = "", niveau: int = 2) -> SafeString:
    """A message with a coloured bar. rol="status" only for what has just happened."""
    waarden = {"inhoud": content, "soort": soort, "titel": titel, "rol": rol, "kop": f"h{niveau}"}
    return render_to_string("components/melding.html", waarden)


@register.simple_block_tag
def paginakop(content: str, titel: str) -> SafeString:
    """The h1 of a page with its buttons beside it."""
    knoppen = format_html('<div class="knoppen">{}</div>', content) if content.strip() else ""
    return format_html('<div class="paginakop"><h1>{}</h1>{}</div>', titel, knoppen)


@register.simple_block_tag
def details(content: str, titel: str, open: bool = False) -> SafeString:
    """Text that opens on request, without script."""
    vorm = '<details class="details"{}><summary>{}</summary><div class="details__inhoud">{}</div></details>'
    return format_html(vorm, SafeString(" open") if open else "", titel, content)


@register.simple_block_tag
def tabel(content: str, onderschrift: str, stapel: bool = True, verborgen: bool = True, klasse: str = "") -> SafeString:
    """A table with its caption in a region that scrolls by keyboard; stacked cards on a phone unless stapel=False."""
    klassen = " ".join(filter(None, ["tabel", "stapeltabel" if stapel else "", klasse]))
    waarden = {"inhoud": content, "onderschrift": onderschrift, "klassen": klassen, "verborgen": verborgen}
    return render_to_string("components/tabel.html", waarden)


@register.simple_block_tag
def papier(content: str, titel: str = "Voorbeeld", url: str = "", knop: str = "Download pdf (concept)") -> SafeString:
    """A sheet of paper that shows a letter as it will be."""
    return render_to_string("components/papier.html", {"inhoud": content, "titel": titel, "url": url, "knop": knop})


@register.inclusion_tag("components/leeg.html")
def leeg(wat: str, waarom: str = "", doe: str = "", url: str = "") -> dict:
    """An empty state in three parts: what is normally here, why it is empty, what you can do."""
    return {"wat": wat, "waarom": waarom, "doe": doe, "url": url}


@register.inclusion_tag("components/redenen.html")
def redenen(regels: Iterable[Any], titel: str = "Dit kan nog niet") -> dict:
    """Why a step is not possible, each reason with a link to where it can be solved. No reasons, no block."""
    zinnen = [{"tekst": r, "url": ""} if isinstance(r, str) else rij(r, "tekst", "url") for r in regels or ()]
    return {"titel": titel, "regels": zinnen}


@register.inclusion_tag("components/nu.html")
def nu(blok: Any) -> dict:
    """The block "Wat moet er nu gebeuren?": whose turn it is, what holds it up, and the one primary button."""
    waarden = rij(blok, "tekst", "hint", regels=(), acties=())
    waarden["regels"] = rijen(waarden["regels"], "tekst", "url", "wie")
    waarden["acties"] = rijen(waarden["acties"], "label", "url", primair=False)
    return waarden


# Lists


@register.inclusion_tag("components/taken.html")
def taken(regels: Iterable[Any]) -> dict:
    """Tasks: link, hint, state. Without a soort the state is plain text, as finished work should be."""
    return {"regels": rijen(regels, "tekst", "url", "hint", "stand", "soort", "icoon", "actie")}


@register.inclusion_tag("components/lijst.html")
def lijst(regels: Iterable[tuple[str, Any]], smal: bool = False) -> dict:
    """Labels with values."""
    return {"regels": list(regels or ()), "smal": smal}


@register.inclusion_tag("components/controle.html")
def controle(regels: Iterable[tuple[str, Any, str]]) -> dict:
    """The answers on a check page, each with a link to change it."""
    return {"regels": list(regels or ())}


@register.inclusion_tag("components/feiten.html")
def feiten(regels: Iterable[tuple[str, Any]]) -> dict:
    """The line of facts under the title of a dossier."""
    return {"regels": list(regels or ())}


@register.inclusion_tag("components/fasen.html")
def fasen(stappen: Iterable[Any]) -> dict:
    """The six phases; a phase is a link once it holds something."""
    return {"fasen": rijen(stappen, "nr", "naam", "stand", "url", "staat")}


@register.inclusion_tag("components/deelnav.html")
def deelnav(items: Iterable[Any], label: str = "Onderdelen van dit dossier") -> dict:
    """Sub-navigation as plain links."""
    return {"items": rijen(items, "label", "url", "count", current=False), "label": label}


@register.inclusion_tag("components/tijdlijn.html")
def tijdlijn(gebeurtenissen: Iterable[Any]) -> dict:
    """Who did what and when; `wanneer` may be a moment, a date or a text, `wijzigingen` rows of (label, old, new)."""
    regels = rijen(gebeurtenissen, "wat", "door", "wanneer", "reden", "url", wijzigingen=())
    for regel in regels:
        if isinstance(regel["wanneer"], date):
            regel["wanneer"] = moment(regel["wanneer"])
    return {"regels": regels}


@register.inclusion_tag("components/tegels.html")
def tegels(items: Iterable[Any]) -> dict:
    """Counts that link to the list behind them."""
    return {"items": rijen(items, "label", "url", aantal=0, laat=False)}


@register.inclusion_tag("components/secties.html")
def secties(items: Iterable[Any], label: str = "Secties") -> dict:
    """The sections of a letter or analysis with their state in words."""
    return {"items": rijen(items, "tekst", "url", "stand", current=False), "label": label}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], wis: str = "") -> dict:
    """Active filters, each of which can be taken away."""
    return {"items": rijen(items, "tekst", "url"), "wis": wis}


@register.inclusion_tag("components/bladeren.html")
def bladeren(vorige: str = "", volgende: str = "", tekst: str = "") -> dict:
    """Previous and next page of a list."""
    return {"vorige": vorige or "", "volgende": volgende or "", "tekst": tekst}


@register.inclusion_tag("components/kruimels.html")
def kruimels(paden: Iterable[tuple[str, str]]) -> dict:
    """The way back up; the last one, without url, is this page."""
    return {"paden": list(paden or ())}


# Figures


@register.simple_tag
def balk(*delen: int, totaal: int) -> SafeString:
    """A stacked bar in SVG attributes (no inline style); the figures in the text lead, so it is hidden for screen readers."""
    schaal = max(totaal, sum(delen), 1)
    vakken, links = [], 0.0
    for klasse, deel in zip(("vast", "gereserveerd", "overig"), delen, strict=False):
        breedte = 100 * max(deel, 0) / schaal
        vakken.append((klasse, f"{links:.2f}", f"{breedte:.2f}"))
        links += breedte
    rechthoeken = format_html_join("", '<rect class="balk__{}" x="{}" width="{}" height="10"/>', vakken)
    vorm = '<svg class="balk" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}{}</svg>'
    return format_html(vorm, format_html('<rect class="balk__leeg" width="{}" height="10"/>', 100), rechthoeken)


@register.simple_tag
def legenda(*namen: str) -> SafeString:
    """What the colours of a bar mean, in the order of its parts; the last one is what is left."""
    klassen = [*("vast", "gereserveerd", "overig")[: len(namen) - 1], "leeg"]
    vorm = '<li><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="balk__{}" width="10" height="10"/></svg>{}</li>'
    return format_html('<ul class="legenda">{}</ul>', format_html_join("", vorm, zip(klassen, namen, strict=True)))


@register.simple_tag
def meter(aantal: int, totaal: int, wat: str) -> SafeString:
    """5 van 13 secties gereed, with a bar."""
    vorm = '<div class="meter"><p class="meter__tekst">{} van {} {}</p>{}</div>'
    return format_html(vorm, getal(aantal), getal(totaal), wat, balk(aantal, totaal=totaal))


# Forms


def _ankers(form: BaseForm) -> list[dict[str, str]]:
    """Every sentence of a form with the id of the input it belongs to; hidden fields and the form as a whole have none."""
    wegen = getattr(form, "wegen", {})
    regels = [{"tekst": zin, "id": "", "url": wegen.get(zin, "")} for zin in form.non_field_errors()]
    for veld in form:
        anker = "" if veld.is_hidden else f"{veld.auto_id}_0" if veld.use_fieldset else veld.auto_id
        regels += [{"tekst": zin, "id": anker, "url": f"#{anker}" if anker else ""} for zin in veld.errors]
    return regels


@register.inclusion_tag("components/fouten.html")
def fouten(*formulieren: Any) -> dict:
    """The error summary above one or more forms or formsets; nothing when there is nothing wrong.

    What the procedure refuses, or what somebody else did first, stands here too, with a link to the present state.
    """
    regels: list[dict[str, str]] = []
    verder, geweigerd = "", False
    for formulier_ in formulieren:
        if hasattr(formulier_, "forms"):
            regels += [{"tekst": zin, "id": "", "url": ""} for zin in formulier_.non_form_errors()]
        for form in getattr(formulier_, "forms", [formulier_]):
            regels += _ankers(form) if form.is_bound else []
            verder = verder or getattr(form, "verder", "")
            geweigerd = geweigerd or getattr(form, "geweigerd", False)
    titel = "Dit kan nu niet" if geweigerd else "Controleer uw antwoorden"
    return {"regels": regels, "verder": verder, "titel": "Iemand was u voor" if verder else titel}


@register.inclusion_tag("components/versies.html")
def versies(paar: Any, kan_kiezen: bool) -> dict:
    """The two versions of one field side by side, what differs marked, and the field to go on with."""
    return {"paar": paar, "kan_kiezen": kan_kiezen}


@register.inclusion_tag("components/ingevuld.html", takes_context=True)
def ingevuld(context) -> dict:
    """What somebody typed before a page that could not take it, to copy."""
    page = context.get("getypt")
    return {"teksten": page.sent_texts() if page else []}


@register.inclusion_tag("components/formulier.html", takes_context=True)
def formulier(
    context, form: BaseForm, knop: str = "Opslaan", annuleer: str = "", soort: str = "een", naar: str = ""
) -> dict:
    """A whole POST form: error summary, fields, button, and a link to leave it. `naar` is the action when it is another page."""
    csrf = context.get("csrf_token", "")
    return {"form": form, "knop": knop, "annuleer": annuleer, "soort": soort, "naar": naar, "csrf_token": csrf}
