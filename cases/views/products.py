"""The page of a product: what the phase is for, the form, and beside it how far the paper is. Every room's page goes through here."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.forms.products import ProductForm, product_form
from cases.http import Request
from cases.letters.kinds import ProductPaper
from cases.models import Document, Dossier, Product
from cases.rights import Act
from cases.selectors.papers import last_given_back
from cases.selectors.products import state
from cases.services import papers, products
from cases.templatetags.notatie import toen


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
        form = self._form()
        if not form.is_bound:
            return self._render(form)
        access.require(self.request.user, Act.SCHRIJVEN, self.dossier)
        if form.klaar and form.lukt(products.save, **self._act(form)):
            document = form.gedaan.document
            messages.success(self.request, f"Opgeslagen {toen(document.changed_at)}.")
            return redirect(self.paper.url(document))
        return self._render(form)

    def _form(self) -> ProductForm:
        """The form over what is saved."""
        revision = self.product.document.revision if self.product else 0
        values = {f.name: getattr(self.product, f.name) for f in self.paper.model.text_fields()} if self.product else {}
        data = self.request.POST if self.request.method == "POST" else None
        return product_form(self.paper.model)(data, initial={**values, "seen_revision": revision})

    def _act(self, form: ProductForm) -> dict[str, Any]:
        """The arguments of save."""
        return {
            "paper": self.paper,
            "dossier_id": self.dossier.pk,
            "by": self.request.user,
            "seen_revision": form.cleaned_data["seen_revision"],
            "values": form.values(),
            "document": self.product.document if self.product else None,
            "new": self.new,
        }

    def _render(self, form: ProductForm) -> HttpResponse:
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
            "teruggegeven": last_given_back(document) if document else None,
            "opgeslagen": saved_line(document),
            **self.extra,
        }
        return render(self.request, form.sjabloon(self.template), context, status=form.status)


def current_page(request: Request, number: str, paper: ProductPaper) -> HttpResponse:
    """The page of the one product of its kind in the current Ronde."""
    dossier = access.get_or_404(request, number)
    return ProductPage(request, dossier, paper, products.current(paper, dossier.pk, dossier.ronde_number)).answer()


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
    return f"Opgeslagen {toen(document.changed_at)} door {document.changed_by}."
