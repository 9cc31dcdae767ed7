"""Who sees what: by ministry, role and period; a deputy acts for someone; whoever left sees nothing any more."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import RequestFactory

from cases import access
from cases.exceptions import NotPossible
from cases.models import Dossier, Membership, MinistryName, User
from cases.rights import RIGHTS, Act, Role
from tests import builders as b

pytestmark = pytest.mark.django_db


def sees(user: User, dossier: Dossier) -> bool:
    """Whether someone reads this dossier, in lists and at its own address: the two are always the same."""
    request = RequestFactory().get("/")
    request.user = user
    try:
        at_address = access.get_or_404(request, dossier.number) == dossier
    except Http404:
        at_address = False
    assert access.visible_to(user).filter(pk=dossier.pk).exists() is at_address
    return at_address


def fresh(user: User) -> User:
    """The same person in a next request, without remembered memberships."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def dossier(cast) -> Dossier:
    return b.make_dossier(cast, ministries=("DEF",))


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("behandelaar-bz", True),
        ("behandelaar-def", True),
        ("teamleider-def", True),
        ("secretariaat", True),
        ("auditor", True),
        ("behandelaar-bhos", False),
        ("smo-def", False),
        ("voorzitter-smo", False),
        ("beheerder", False),
        ("buitenstaander", False),
    ],
)
def test_participation_decides_who_reads(cast, dossier, who, reads):
    assert sees(cast[who], dossier) is reads


@pytest.mark.parametrize(("start", "end", "reads"), [(-10, -1, False), (1, 10, False), (-10, 0, True), (0, None, True)])
def test_membership_counts_only_in_its_period(cast, dossier, start, end, reads):
    user = cast["behandelaar-bhos"]
    Membership.objects.create(
        user=user,
        ministry=b.ministry("DEF"),
        role=Role.BEHANDELAAR,
        start=b.today() + timedelta(days=start),
        end=None if end is None else b.today() + timedelta(days=end),
    )
    assert sees(fresh(user), dossier) is reads
    assert sees(access.person(user.pk), dossier) is reads


def test_inactive_person_sees_nothing(cast, dossier):
    user = cast["behandelaar-bz"]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not sees(fresh(user), dossier)
    assert not access.may(fresh(user), Act.DOSSIER_OPENEN)


def test_revoked_ministry_sees_nothing(cast, dossier):
    b.leave(cast, dossier)
    assert not sees(cast["behandelaar-def"], dossier)


def test_lead_ministry_cannot_leave(cast, dossier):
    with pytest.raises(NotPossible, match="BZ leidt dit dossier"):
        b.leave(cast, dossier, "BZ")
    assert sees(cast["behandelaar-bz"], dossier)


def test_deputy_acts_on_behalf(cast):
    Membership.objects.create(
        user=cast["buitenstaander"],
        ministry=b.ministry("DEF"),
        role=Role.SMO_LID,
        deputy_for=cast["smo-def"],
        start=b.today(),
        end=b.today(),
    )
    allowed = access.may(fresh(cast["buitenstaander"]), Act.STANDPUNT_INNEMEN, ministry=b.ministry("DEF"))
    assert allowed.acting_for == "SMO-lid DEF, namens J. Smit"


def test_every_act_has_one_right_with_a_sentence():
    assert set(RIGHTS) == set(Act)
    assert all(right.sentence and right.source for right in RIGHTS.values())


def test_auditor_may_do_nothing_but_read(cast, dossier):
    allowed = {act for act in Act if access.may(cast["auditor"], act, dossier, b.ministry("BZ"))}
    assert allowed == {Act.DOSSIER_LEZEN, Act.RECHTEN_LEZEN, Act.BIV_LEZEN, Act.SMO_LEZEN}


def test_refusal_says_who_can_and_whom_to_ask(cast, dossier):
    refused = access.may(cast["behandelaar-def"], Act.STAP_ZETTEN, dossier)
    assert "Behandelaar van het penvoerende ministerie" in refused.reason
    assert "F. de Vries van BZ" in refused.how


def test_ministry_names_over_time():
    jenv = b.ministry("JENV")
    assert jenv.name_on(b.today().replace(year=2014)) == "Veiligheid en Justitie"
    assert jenv.name == "Justitie en Veiligheid"
    assert MinistryName.objects.filter(ministry=jenv).count() == 2


def test_grant_rows_follow_the_dossier(cast, dossier):
    """The list's sort key stands on the grant rows, kept by triggers."""
    from cases.models import DossierGrant
    from phases.process import services

    services.transition(
        dossier_id=dossier.pk,
        step="stoppen",
        by=cast["teamleider-bz"],
        seen_version=0,
        reason="Weg.",
        outcome="vervallen",
    )
    now = Dossier.objects.get(pk=dossier.pk)
    rows = set(DossierGrant.objects.filter(content_object=dossier).values_list("sort_at", "running"))
    assert rows == {(now.sort_at, False)}


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act.STAP_ZETTEN, "Vraag het aan {handler} van BZ."),
        (Act.BIV_BESLISSEN, "Weet u niet wie dat is? Vraag het aan {handler} van BZ, de penvoerder van dit dossier."),
    ],
)  # fmt: skip
def test_a_refusal_says_whom_to_ask(cast, dossier, act, words):
    """Sabotage: name the penvoerder for everything: the one who does not decide over the BIV is asked to do so."""
    refused = access.may(cast["auditor"], act, dossier)
    assert refused.how == words.format(handler=dossier.handler)
