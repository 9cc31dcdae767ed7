"""Who holds a role, and who can read a dossier."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.models import Dossier, DossierGrant, Membership, Ministry, User
from cases.rights import Role


@dataclass(frozen=True)
class Readers:
    """The people of one ministry (or of none: the SMO's chair and secretary) who can read a dossier, each with a role."""

    ministry: str
    people: list[str]


def holders(role: Role, ministry: Ministry | None = None) -> list[User]:
    """The people who hold a role today, for one ministry or for any."""
    found = _today().filter(role=role)
    if ministry is not None:
        found = found.filter(ministry=ministry)
    return [m.user for m in found.order_by("user__surname", "user__initials")]


def behandelaren() -> QuerySet[Membership]:
    """Today's behandelaren of all ministries, in the order of the ministries and then of their names."""
    found = _today().filter(role=Role.BEHANDELAAR).select_related("ministry")
    return found.order_by("ministry__order", "user__surname", "user__initials")


def readers(dossier: Dossier) -> list[Readers]:
    """Everyone who can read a dossier today, per ministry; auditors, who read everything, come last."""
    granted = Exists(DossierGrant.objects.filter(content_object=dossier, group_id=OuterRef("group_id")))
    found = _today().filter(granted | Q(role=Role.AUDITOR)).select_related("ministry")
    return list(_by_ministry(found.order_by("ministry__order", "user__surname", "user__initials")))


def _by_ministry(memberships: Iterable[Membership]) -> Iterable[Readers]:
    rows: dict[str, list[str]] = {}
    for membership in memberships:
        code = membership.ministry.code if membership.ministry else "Overige"
        rows.setdefault(code, []).append(f"{membership.user} ({Role(membership.role).label})")
    return [Readers(code, people) for code, people in rows.items()]


def _today() -> QuerySet[Membership]:
    day = timezone.localdate()
    in_force = Q(end__isnull=True) | Q(end__gte=day)
    return Membership.objects.filter(in_force, start__lte=day, user__is_active=True).select_related("user")
