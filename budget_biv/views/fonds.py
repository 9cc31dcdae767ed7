"""The fund: a year of it, and everything that shows several dossiers."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from budget_biv import selectors
from budget_biv.models import Category, Fund
from cases import access
from cases.http import Request
from cases.rights import Act


def biv(request: Request) -> HttpResponse:
    """To the overview of this year, or of the nearest year there is."""
    access.require(request.user, Act.BIV_LEZEN)
    years = sorted(selectors.funds())
    if not years:
        return render(request, "biv/geen.html")
    now = timezone.localdate().year
    return redirect("biv_jaar", min(years, key=lambda year: (abs(year - now), year)))


def fund_of(request: Request, year: int) -> tuple[Fund, list[int]]:
    """The fund of a year and all years that can be read, for who may read the BIV; another year is not found."""
    access.require(request.user, Act.BIV_LEZEN)
    known = selectors.funds()
    if year not in known:
        raise Http404
    return known[year], sorted(known)


def category_of(request: Request, fund: Fund) -> Category | None:
    """The category of the filter in the address; an unknown one is not found."""
    code = request.GET.get("categorie", "")
    if not code:
        return None
    found = Category.objects.filter(fund=fund, code=code).first()
    if found is None:
        raise Http404
    return found


def page_of(request: Request) -> int:
    """The number of the page in the address."""
    text = request.GET.get("bladzij", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


VIEWS = (
    ("Jaar", "biv_jaar"),
    ("Mutaties", "biv_mutaties"),
    ("Meerjarig", "biv_meerjarig"),
    ("Ambitie en middelen", "biv_ambitie"),
)


def tabs(years: list[int], year: int, here: str) -> dict[str, list[dict[str, object]]]:
    """The views of a year, and the years of the view one is in."""
    return {
        "weergaven": [
            {"label": words, "url": reverse(name, args=[year]), "current": name == here} for words, name in VIEWS
        ],
        "jaren": [{"label": str(y), "url": reverse(here, args=[y]), "current": y == year} for y in years],
    }


def jaar(request: Request, jaar: int) -> HttpResponse:
    """A year of the fund: what there is, what is proposed, reserved and granted."""
    fund, years = fund_of(request, jaar)
    category, page = category_of(request, fund), page_of(request)
    overview = selectors.year_overview(fund, jaar, request.user, category, page)
    context = {
        **tabs(years, jaar, "biv_jaar"),
        "stand": overview,
        "vandaag": timezone.localdate(),
        "bladeren": _pages(request, overview),
        "vraag": f"?categorie={category.code}" if category else "",
        "mag_beheren": bool(access.may(request.user, Act.BIV_BEHEREN, None, fund.manager)),
    }
    return render(request, "biv/jaar.html", context)


def _pages(request: Request, overview: selectors.YearOverview) -> dict[str, str]:
    """Links to the page before and after, with the filter kept."""
    keep = f"&categorie={overview.category.code}" if overview.category else ""
    before = f"?bladzij={overview.page - 1}{keep}" if overview.page > 1 else ""
    after = f"?bladzij={overview.page + 1}{keep}" if overview.more else ""
    return {"vorige": before, "volgende": after, "tekst": f"Bladzijde {overview.page}"}
