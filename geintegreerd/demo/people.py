"""Makes the people of the demo and the tests."""

from datetime import date

from django.contrib.auth.hashers import make_password

from cases.models import Membership, Ministry, User
from geintegreerd.demo.accounts import ACCOUNTS, PASSWORD

SINCE = date(2004, 1, 1)


def make_people(password: str | None = PASSWORD) -> dict[str, User]:
    """Every account with its memberships, by username; doing it twice changes nothing. Without a password nobody can log in."""
    hashed = make_password(password)
    ministries = {m.code: m for m in Ministry.objects.all()}
    people: dict[str, User] = {}
    for account in ACCOUNTS:
        user, created = User.objects.get_or_create(
            username=account.username,
            defaults={
                "initials": account.initials,
                "particle": account.particle,
                "surname": account.surname,
                "password": hashed,
                "email": f"{account.username}@demo.invalid",
            },
        )
        if created:
            for code, role in account.roles:
                Membership.objects.create(user=user, ministry=ministries.get(code or ""), role=role, start=SINCE)
        people[account.username] = user
    return people
