"""The page of a product: what the phase is for, the form, and beside it how far the paper is. Every room's page goes through here."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases import access
from cases.exceptions import Conflict
from cases.forms.products import ProductForm, product_form
from cases.http import Request
from cases.letters.kinds import ProductPaper
from cases.models import Document, Dossier, Product
from cases.rights import Act
from cases.selectors.products import state
from cases.services import papers, products
from cases.templatetags.notatie import tijd, tijdstip

EMPTY = "(nog leeg)"


@dataclass
class ProductPage:
    """One product on screen. `product` is None when nobody began it; `new` begins another paper of the kind."""

    request: Request
    dossier: Dossier
    paper: ProductPaper
    product: Product | None
    template: str = "producten/product.html"
    new: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def answer(self) -> HttpResponse:
        """Shows the product, or saves it and shows it again."""
        if self.request.method != "POST":
            return self._render(self._unbound())
        access.require(self.request.user, Act.SCHRIJVEN, self.dossier)
        form = product_form(self.paper.model)(self.request.POST)
        if not form.is_valid():
            return self._render(form, status=form.status)
        try:
            saved = self._save(form)
        except Conflict as conflict:
            return self._both_texts(form, conflict)
        messages.success(self.request, f"Opgeslagen om {tijd(saved.document.changed_at)}.")
        return redirect(self.paper.url(saved.document))

    def _unbound(self) -> ProductForm:
        """The form with what is saved."""
        revision = self.product.document.revision if self.product else 0
        values = {f.name: getattr(self.product, f.name) for f in self.paper.model.text_fields()} if self.product else {}
        return product_form(self.paper.model)(initial={**values, "seen_revision": revision})

    def _save(self, form: ProductForm) -> Product:
        return products.save(
            paper=self.paper,
            dossier_id=self.dossier.pk,
            by=self.request.user,
            seen_revision=form.cleaned_data["seen_revision"],
            values=form.values(),
            document=self.product.document if self.product else None,
            new=self.new,
        )

    def _both_texts(self, form: ProductForm, conflict: Conflict) -> HttpResponse:
        """Someone saved meanwhile: the sent text stays in the fields, the saved text stands under it; saving again is a choice."""
        self.product = self._fresh()
        sent = form.values()
        theirs = {
            name: text or EMPTY
            for name, text in shown(self.product).items()
            if getattr(self.product, name) != sent[name]
        }
        data = self.request.POST.copy()
        data["seen_revision"] = str(self.product.document.revision if self.product else 0)
        again = product_form(self.paper.model)(data, theirs=theirs)
        return self._render(again, status=409, conflict=conflict.sentence)

    def _fresh(self) -> Product | None:
        """The product as it is saved now."""
        if self.product is None:
            return products.current(self.paper, self.dossier.pk, self.dossier.ronde_number)
        return self.paper.model.objects.select_related("document__changed_by").get(pk=self.product.pk)

    def _render(self, form: ProductForm, status: int = 200, conflict: str = "") -> HttpResponse:
        document = self.product.document if self.product else None
        found = state(document)
        context = {
            "dossier": self.dossier,
            "paper": self.paper,
            "fase": self.paper.phase,
            "form": form,
            "secties": read_only(self.product),
            "mag_schrijven": bool(access.may(self.request.user, Act.SCHRIJVEN, self.dossier)),
            "stand": found,
            "mag_voorleggen": document is not None
            and (found.version is None or found.changed_since)
            and bool(access.may(self.request.user, Act.VOORLEGGEN, self.dossier)),
            "wacht_op": papers.awaiting_initials(found.version, self.dossier) if found.awaits_initials else [],
            "opgeslagen": saved_line(document),
            "conflict": conflict,
            **self.extra,
        }
        return render(self.request, self.template, context, status=status)


def current_page(request: Request, number: str, paper: ProductPaper) -> HttpResponse:
    """The page of the one product of its kind in the current Ronde."""
    dossier = access.get_or_404(request, number)
    return ProductPage(request, dossier, paper, products.current(paper, dossier.pk, dossier.ronde_number)).answer()


def shown(product: Product | None) -> dict[str, str]:
    """The fields of a product as a reader sees them, by name."""
    return {part["code"]: part["text"] for part in Product.sections(product)} if product else {}


def read_only(product: Product | None) -> list[tuple[str, str, str]]:
    """The filled fields as code, heading and text, for who may read but not write."""
    return (
        [(part["code"], part["title"], part["text"]) for part in Product.sections(product) if part["text"]]
        if product
        else []
    )


def saved_line(document: Document | None) -> str:
    """ "Opgeslagen om 10.47 uur door F. de Vries."; with its day when that is not today; empty before the first save."""
    if document is None or document.changed_at is None:
        return ""
    today = timezone.localtime(document.changed_at).date() == timezone.localdate()
    moment = f"om {tijd(document.changed_at)}" if today else f"op {tijdstip(document.changed_at)}"
    return f"Opgeslagen {moment} door {document.changed_by}."
