"""Typed text is kept per person and page until it is saved.

Every window keeps a text of its own: a page that is drawn with an earlier text in its fields takes the place of that text,
as long as nobody wrote on in the window it came from. So two windows of one form never overwrite each other.

A page with a form carries a key, signed by us: for whom the page was drawn, at which address, in which dossier. Only
with that key can text be kept, so nobody writes for an address that never gave them a form. Keeping needs no lock on the
dossier. What is kept is never acted upon: it only fills the fields again when its writer opens the page.
"""

from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
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
    """For whom a page was drawn, where, in which dossier ("" outside one), which drawing of the page it was, which
    earlier text was put back in its fields, and what the fields were called on the screen: "naam" and "naam=keuze"."""

    user_id: int
    path: str
    number: str
    page: str
    earlier: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the text of this drawing is kept: the address, and after the # which window."""
        return f"{self.path}#{self.page}"

    def signed(self) -> str:
        return signing.dumps(astuple(self), salt=KEY, compress=True)


def new_key(
    user: User,
    path: str,
    dossier: Dossier | None,
    earlier: TypedText | None = None,
    labels: dict[str, str] | None = None,
) -> Key:
    """The key of a page that is drawn now, with the earlier text in its fields."""
    mark = f"{earlier.pk} {earlier.typed_at.isoformat()}" if earlier else ""
    return Key(user.pk, path, dossier.number if dossier else "", get_random_string(12), mark, labels or {})


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


def mark_of(data: QueryDict) -> str:
    """Names one sending: these answers, from this drawing of the page. "" for a form without a key of ours."""
    key = read_key(data.get(KEY, ""))
    return f"{key.page}-{sha256(typed_in(data).urlencode().encode()).hexdigest()[:16]}" if key else ""


@transaction.atomic
def keep(*, key: Key, data: QueryDict) -> datetime:
    """Keeps the fields for the person of the key; returns when.

    Raises Http404 when that person may not see the dossier, TooMuch, NotPossible for a marking that may not be held here,
    and Conflict when this very page was saved already: a request that was under way brings nothing back.
    """
    user = User.objects.filter(pk=key.user_id, is_active=True).first()
    if user is None or len(key.place) > PATH_LENGTH:
        raise Http404
    dossier = access.visible_to(user).filter(number=key.number).first() if key.number else None
    if key.number and dossier is None:
        raise Http404
    fields = typed_in(data)
    _refuse(fields)
    now = timezone.now()
    row, _ = TypedText.objects.select_for_update(of=("self",)).get_or_create(
        user=user, path=key.place, defaults={"typed_at": now}
    )
    if row.sent_page == key.page:
        raise Conflict(SENT, key.path)
    row.fields, row.dossier, row.typed_at = fields.urlencode(), dossier, now
    row.save(update_fields=["fields", "dossier", "typed_at"])
    _replace_earlier(key)
    return now


def _replace_earlier(key: Key) -> None:
    """Removes the text that this page was drawn with, unless its own window wrote on since."""
    if key.earlier:
        row, typed_at = key.earlier.split(" ", 1)
        TypedText.objects.filter(user_id=key.user_id, pk=row, typed_at=typed_at).delete()


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
    """The form was saved or its text thrown away: nothing of it is left, and this page writes no more.

    What was typed in another window stays.
    """
    if len(key.place) <= PATH_LENGTH:
        TypedText.objects.update_or_create(
            user_id=key.user_id,
            path=key.place,
            defaults={"fields": "", "sent_page": key.page, "typed_at": timezone.now()},
        )
    _replace_earlier(key)


def kept(user: User, path: str) -> list[TypedText]:
    """What this person typed at this address and did not save, one text per window, the last typed first."""
    rows = TypedText.objects.filter(user_id=user.pk, path__startswith=f"{path}#").exclude(fields="")
    return list(rows.order_by("-typed_at", "-pk"))


def kept_elsewhere(key: Key) -> bool:
    """Whether another window of the same form holds another text of this person."""
    rows = TypedText.objects.filter(user_id=key.user_id, path__startswith=f"{key.path}#").exclude(fields="")
    mine = TypedText.objects.filter(user_id=key.user_id, path=key.place).values("fields")
    return rows.exclude(path=key.place).exclude(fields__in=mine).exists()


def unsaved_in(user: User, document: Document) -> bool:
    """Whether this person typed something in a document that is not saved: on its page, or on the page of one of its parts."""
    rows = TypedText.objects.filter(user_id=user.pk, dossier_id=document.dossier_id).exclude(fields="")
    return rows.filter(path__startswith=paper_of(document).url(document)).exists()


def sweep() -> int:
    """Removes what nobody came back for, and the marks of pages that are too old to write; returns how many rows."""
    now = timezone.now()
    marks = Q(fields="", typed_at__lt=now - KEY_AGE)
    return TypedText.objects.filter(marks | Q(typed_at__lt=now - KEPT)).delete()[0]
