"""Who sees which dossier, and who may do what in it. The only place that talks to guardian's rows.

A dossier that someone may not see does not exist for that person: get_or_404 answers as for a number never given out.
"""

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from django.contrib.auth.models import Group
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone
from guardian.shortcuts import remove_perm

from cases.exceptions import Denied
from cases.http import Request
from cases.models import Dossier, DossierGrant, MarkedRead, Membership, Ministry, User, group_name
from cases.prepared import Objects, Statement
from cases.rights import PENVOERDER, RIGHTS, Act, Role, Scope
from cases.rubricering import Rubricering

PERSON = Objects(
    """SELECT {u}, {h}, {m}, {d} FROM cases_user u
 LEFT JOIN cases_membership h ON h.user_id = u.id AND h.start <= %(day)s AND (h."end" IS NULL OR h."end" >= %(day)s)
 LEFT JOIN cases_ministry m ON m.id = h.ministry_id LEFT JOIN cases_user d ON d.id = h.deputy_for_id
WHERE u.id = %(person)s ORDER BY m."order", h.role""",
    {"u": User, "h": Membership, "m": Ministry, "d": User},
    person="bigint",
    day="date",
)
# A dossier with its lead ministry and its handler.
WHOLE = """SELECT {d}, {m}, {h} FROM cases_dossier d JOIN cases_ministry m ON m.id = d.lead_id
 JOIN cases_user h ON h.id = d.handler_id"""
WHOLE_MODELS: dict[str, type[Model]] = {"d": Dossier, "m": Ministry, "h": User}
# The one of an address, by the rule of visible_to (a test holds the two together).
DOSSIER = Objects(
    WHOLE
    + """ WHERE d.number = %(number)s AND (%(everything)s OR EXISTS (
  SELECT FROM cases_dossiergrant g WHERE g.content_object_id = d.id AND g.group_id = ANY (%(groups)s)))""",
    WHOLE_MODELS,
    number="text",
    everything="boolean",
    groups="int[]",
)
# The one permission that guardian rows carry.
VIEW = Statement(
    """SELECT p.id FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id
WHERE c.app_label = %(app)s AND p.codename = %(codename)s""",
    app="text",
    codename="text",
)
PARTICIPATING = Statement(
    "SELECT ministry_id FROM cases_participation WHERE dossier_id = %(dossier)s", dossier="bigint"
)


@dataclass(frozen=True)
class Allowed:
    """Yes, and in which capacity: the membership under which the act is recorded."""

    membership: Membership

    def __bool__(self) -> bool:
        return True

    @property
    def acting_for(self) -> str:
        """For example "SMO-lid DEF, namens K. Jansen"."""
        deputy = f", namens {self.membership.deputy_for}" if self.membership.deputy_for else ""
        return f"{self.membership}{deputy}"


@dataclass(frozen=True)
class Refused:
    """No, with a sentence that says why and whom to ask."""

    reason: str
    how: str = ""

    def __bool__(self) -> bool:
        return False

    def deny(self) -> NoReturn:
        raise Denied(self.reason, self.how)


def memberships(user: User, on: date | None = None) -> list[Membership]:
    """The roles that someone holds on a day (default today). Read once per user object; empty when inactive."""
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return []
    if on is not None:
        return _held(user.pk, on)[1]
    if not hasattr(user, "_memberships_today"):
        user._memberships_today = _held(user.pk, timezone.localdate())[1]
    return user._memberships_today


def person(user_id: int) -> User | None:
    """A person with the roles of today, in one query."""
    user, held = _held(user_id, timezone.localdate())
    if user is not None:
        user._memberships_today = held
    return user


def _held(user_id: int, day: date) -> tuple[User | None, list[Membership]]:
    """A person and the roles that this person holds on a day."""
    user, held = None, []
    for user, membership, ministry, deputy_for in PERSON.objects(person=user_id, day=day):
        if membership is not None:
            membership.user, membership.ministry, membership.deputy_for = user, ministry, deputy_for
            held.append(membership)
    return user, held


def group_ids(user: User) -> list[int]:
    """The guardian groups of today's memberships; they go into queries as literals."""
    return sorted({m.group_id for m in memberships(user)})


def has_role(user: User, *roles: Role) -> bool:
    return any(m.role in roles for m in memberships(user))


def visible_to(user: User) -> QuerySet[Dossier]:
    """Every dossier that someone may read: the one queryset for list, export and PDF."""
    if has_role(user, Role.AUDITOR):
        return Dossier.objects.all()
    ids = group_ids(user)
    if not ids:
        return Dossier.objects.none()
    return Dossier.objects.filter(Exists(DossierGrant.objects.filter(content_object=OuterRef("pk"), group_id__in=ids)))


def get_or_404(request: Request, number: str) -> Dossier:
    """The dossier of this address, set on the request for the header; a Dep. V. reading is noted."""
    everything = has_role(request.user, Role.AUDITOR)
    found = DOSSIER.objects(number=number, everything=everything, groups=group_ids(request.user))
    if not found:
        raise Http404
    dossier, dossier.lead, dossier.handler = found[0]
    if dossier.marking == Rubricering.DEP_V:
        MarkedRead.objects.create(dossier_id=dossier.pk, user_id=request.user.pk, path=request.path[:300])
    request.dossier = dossier
    return dossier


def deputies_outside(user: User, role: Role, number: str) -> list[Membership]:
    """The times that someone was, or will be, deputy on a seat that reads this dossier; none while that is today."""
    today = timezone.localdate()
    seat_reads = DossierGrant.objects.filter(content_object__number=number, group_id=OuterRef("group_id"))
    held = Membership.objects.filter(Exists(seat_reads), user_id=user.pk, role=role, deputy_for__isnull=False)
    rows = list(held.select_related("ministry", "deputy_for").order_by("start", "pk"))
    now = any(m.start <= today and (m.end is None or m.end >= today) for m in rows)
    return [] if now else rows


def participating(dossier: Dossier) -> set[int]:
    """The ids of the ministries that take part, the lead included. Read once per dossier object."""
    if not hasattr(dossier, "_participating"):
        dossier._participating = {dossier.lead_id, *(row[0] for row in PARTICIPATING.rows(dossier=dossier.pk))}
    return dossier._participating


def may(user: User, act: Act, dossier: Dossier | None = None, ministry: Ministry | None = None) -> Allowed | Refused:
    """Whether someone may do an act, by the rights table. `ministry` is whom the act is about, where the scope is OWN."""
    for role, scope in RIGHTS[act].holders:
        for membership in memberships(user):
            if membership.role == role and _in_scope(membership, scope, dossier, ministry):
                return Allowed(membership)
    return Refused(
        f"U kunt niet zelf {RIGHTS[act].act.label}. Dat kan alleen met deze rol: {RIGHTS[act].sentence}.",
        _whom_to_ask(act, dossier) if dossier else "",
    )


def _whom_to_ask(act: Act, dossier: Dossier) -> str:
    """The handler, who does it or knows who does."""
    ask = f"Vraag het aan {dossier.handler} van {dossier.lead}"
    does = PENVOERDER in RIGHTS[act].holders
    return f"{ask}." if does else f"Weet u niet wie dat is? {ask}, de penvoerder van dit dossier."


def _in_scope(membership: Membership, scope: Scope, dossier: Dossier | None, ministry: Ministry | None) -> bool:
    if scope == Scope.ANY:
        return True
    if scope == Scope.SMO:
        return membership.ministry is not None and membership.ministry.in_smo
    if scope == Scope.OWN and ministry is not None:
        return membership.ministry_id == ministry.pk
    if dossier is None:
        return False
    if scope == Scope.LEAD:
        return membership.ministry_id == dossier.lead_id
    return membership.ministry_id in participating(dossier)


def own_ministries(user: User, act: Act, among: list[Ministry]) -> list[Ministry]:
    """The ministries among these for which someone may do this act."""
    return [m for m in among if may(user, act, ministry=m)]


def require(user: User, act: Act, dossier: Dossier | None = None, ministry: Ministry | None = None) -> Allowed:
    """As may(), but raises Denied instead of answering no."""
    answer = may(user, act, dossier, ministry)
    if isinstance(answer, Refused):
        answer.deny()
    return answer


def grant_reading(dossier: Dossier, ministry: Ministry | None, *roles: Role) -> None:
    """Lets the groups of these roles read a dossier, in three queries. Called by cases.services.participation only."""
    names = {group_name(ministry, role) for role in roles}
    groups = list(Group.objects.filter(name__in=names))
    groups += [Group.objects.create(name=name) for name in names - {group.name for group in groups}]
    (permission,) = VIEW.row(app="cases", codename="view_dossier")
    DossierGrant.objects.bulk_create(
        [DossierGrant(permission_id=permission, group=group, content_object=dossier) for group in groups],
        ignore_conflicts=True,
    )


def withdraw_reading(dossier: Dossier, ministry: Ministry | None, *roles: Role) -> None:
    """The reverse of grant_reading."""
    for role in roles:
        group, _ = Group.objects.get_or_create(name=group_name(ministry, role))
        remove_perm("view_dossier", group, dossier)
