"""Typed text is kept per person and page until it is saved.

A page with a form carries a key, signed by us: for whom the page was drawn, at which address, in which dossier. Only
with that key can text be kept, so nobody writes for an address that never gave them a form. Keeping needs no lock on the
dossier. What is kept is never acted upon: it only fills the fields again when its writer opens the page.
"""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.crypto import get_random_string

from cases import access
from cases.exceptions import Conflict, NotPossible
from cases.letters.kinds import paper_of
from cases.models import Document, Dossier, TypedText, User
from cases.rubricering import refuse_higher

KEY = "concept"
NOT_TYPED = {KEY, "csrfmiddlewaretoken", "actie", "stap"}
KEY_AGE = timedelta(hours=24)
KEPT = timedelta(days=30)
MAX_CHARS = 200_000
PATH_LENGTH = TypedText._meta.get_field("path").max_length
SENT = "Deze tekst is al opgeslagen of weggegooid. Vernieuw de pagina als u verder wilt schrijven."


class TooMuch(Exception):
    """More text than is kept: 413."""


@dataclass(frozen=True)
class Key:
    """For whom a page was drawn, where, in which dossier ("" outside one), and which drawing of the page it was."""

    user_id: int
    path: str
    number: str
    page: str

    def signed(self) -> str:
        return signing.dumps(astuple(self), salt=KEY)


def new_key(user: User, path: str, dossier: Dossier | None) -> Key:
    """The key of a page that is drawn now."""
    return Key(user.pk, path, dossier.number if dossier else "", get_random_string(12))


def read_key(signed: str) -> Key | None:
    """The key of a form that was sent; None when it is not ours or older than a day."""
    try:
        return Key(*signing.loads(signed, salt=KEY, max_age=KEY_AGE))
    except signing.BadSignature:
        return None


def typed_in(data: QueryDict) -> QueryDict:
    """The fields of a form without what the page itself put in."""
    fields = data.copy()
    for name in NOT_TYPED:
        fields.pop(name, None)
    return fields


@transaction.atomic
def keep(*, key: Key, data: QueryDict) -> datetime:
    """Keeps the fields for the person of the key; returns when.

    Raises Http404 when that person may not see the dossier, TooMuch, NotPossible for a marking that may not be held here,
    and Conflict when this very page was saved already: a request that was under way brings nothing back.
    """
    user = User.objects.filter(pk=key.user_id, is_active=True).first()
    if user is None or len(key.path) > PATH_LENGTH:
        raise Http404
    dossier = access.visible_to(user).filter(number=key.number).first() if key.number else None
    if key.number and dossier is None:
        raise Http404
    fields = typed_in(data)
    _refuse(fields)
    now = timezone.now()
    row, _ = TypedText.objects.select_for_update(of=("self",)).get_or_create(
        user=user, path=key.path, defaults={"typed_at": now}
    )
    if row.sent_page == key.page:
        raise Conflict(SENT, key.path)
    row.fields, row.dossier, row.typed_at = fields.urlencode(), dossier, now
    row.save(update_fields=["fields", "dossier", "typed_at"])
    return now


def _refuse(fields: QueryDict) -> None:
    values = [value for _, values in fields.lists() for value in values]
    if sum(map(len, values)) > MAX_CHARS:
        raise TooMuch
    for value in values:
        try:
            refuse_higher(value)
        except ValidationError as error:
            raise NotPossible(*error.messages) from error


def finish(*, key: Key) -> None:
    """The form was saved or its text thrown away: nothing is left, and this page writes no more."""
    if len(key.path) <= PATH_LENGTH:
        TypedText.objects.update_or_create(
            user_id=key.user_id,
            path=key.path,
            defaults={"fields": "", "sent_page": key.page, "typed_at": timezone.now()},
        )


def kept(user: User, path: str) -> TypedText | None:
    """What this person typed at this address and did not save."""
    return TypedText.objects.filter(user_id=user.pk, path=path).exclude(fields="").first()


def unsaved_in(user: User, document: Document) -> bool:
    """Whether this person typed something in a document that is not saved: on its page, or on the page of one of its parts."""
    rows = TypedText.objects.filter(user_id=user.pk, dossier_id=document.dossier_id).exclude(fields="")
    return rows.filter(path__startswith=paper_of(document).url(document)).exists()


def sweep() -> int:
    """Removes what nobody came back for; returns how many rows."""
    return TypedText.objects.filter(typed_at__lt=timezone.now() - KEPT).delete()[0]
