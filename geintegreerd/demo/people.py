"""Makes the people of the demo and the tests."""

from datetime import date

from django.contrib.auth.hashers import make_password

from cases.models import Membership, Ministry, User
from geintegreerd.demo.accounts import ACCOUNTS, PASSWORD

SINCE = date(2004, 1, 1)


def make_people(password: str | None = PASSWORD) -> dict[str, User]:
    """Every account with its memberships, by username; doing it twice changes nothing. Without a password nobody can log in."""
    known = {user.username: user for user in User.objects.filter(username__in=[a.username for a in ACCOUNTS])}
    missing = [account for account in ACCOUNTS if account.username not in known]
    ministries = {m.code: m for m in Ministry.objects.all()} if missing else {}
    hashed = make_password(password)
    for account in missing:
        user = known[account.username] = User.objects.create(
            username=account.username,
            initials=account.initials,
            particle=account.particle,
            surname=account.surname,
            password=hashed,
            email=f"{account.username}@demo.invalid",
        )
        for code, role in account.roles:
            Membership.objects.create(user=user, ministry=ministries.get(code or ""), role=role, start=SINCE)
    if password:
        _let_in([user for user in known.values() if not user.has_usable_password()], hashed)
    return {account.username: known[account.username] for account in ACCOUNTS}


def _let_in(locked_out: list[User], hashed: str) -> None:
    """Gives people a password who have none."""
    for user in locked_out:
        user.password = hashed
    User.objects.bulk_update(locked_out, ["password"])
