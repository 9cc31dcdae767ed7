"""Saving a product: one form, one row, one document; anyone who writes in it is known to the versions after it."""

from typing import Any

from django.db import transaction

from cases import access, audit
from cases.exceptions import Stale
from cases.letters.kinds import ProductPaper
from cases.models import Document, Dossier, Product, User
from cases.rights import Act
from cases.services import papers
from cases.services.first import stale
from cases.services.locks import current_ronde, lock_running


def current(paper: ProductPaper, dossier_id: int, ronde_number: int) -> Product | None:
    """The product of the current Ronde, or None when nobody has begun it."""
    return (
        paper.model.objects.select_related("document__changed_by", "ronde")
        .filter(ronde__dossier_id=dossier_id, ronde__number=ronde_number)
        .first()
    )


@transaction.atomic
def save(
    *,
    paper: ProductPaper,
    dossier_id: int,
    by: User,
    seen_revision: int,
    values: dict[str, Any],
    document: Document | None = None,
    new: bool = False,
) -> Product:
    """Stores the fields of a form. Raises Stale when somebody saved in the meantime; nothing is lost then: the form shows both.

    `new` begins another document of the kind (progress reports); `document` names the one to write in.
    """
    dossier = lock_running(dossier_id)
    allowed = access.require(by, Act.SCHRIJVEN, dossier)
    if new:
        document = Document.objects.create(
            dossier=dossier, ronde=current_ronde(dossier), kind=paper.kind, title=paper.label
        )
    elif document is None:
        document = papers.document_for(dossier, paper.kind, paper.label)
    else:
        document = Document.objects.select_related("changed_by").get(pk=document.pk)
    if document.revision != seen_revision:
        raise _stale(paper, dossier, document, by)
    before = _texts(paper.model.objects.filter(document=document).first())
    product, _ = paper.model.objects.update_or_create(document=document, defaults={**values, "ronde": document.ronde})
    papers.touch(document, by)
    changes = [
        (title, before.get(title, ""), text) for title, text in _texts(product).items() if before.get(title, "") != text
    ]
    what = ", ".join(title.lower() for title, _, _ in changes)
    audit.record(
        "geschreven",
        f"{document.title} bijgewerkt: {what}" if what else f"{document.title} bijgewerkt",
        by=by,
        dossier=dossier,
        allowed=allowed,
        obj=f"document:{document.pk}",
        data={"wijzigingen": changes},
    )
    return product


def _texts(product: Product | None) -> dict[str, str]:
    """What a product says, by heading."""
    return {part["title"]: part["text"] for part in product.sections()} if product else {}


def _stale(paper: ProductPaper, dossier: Dossier, document: Document, by: User) -> Stale:
    """Somebody saved since the form was drawn: what the product says now."""
    product = paper.model.objects.filter(document=document).first()
    saved = {f.name: getattr(product, f.name) for f in paper.model.text_fields()} if product else {}
    return stale(
        dossier, "wijzigde deze tekst", paper.url(document), by=by, saved=saved, seen=document.revision,
        kind="geschreven", obj=f"document:{document.pk}",
    )  # fmt: skip
