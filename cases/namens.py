"""On behalf of which ministry someone acts."""

from cases import access
from cases.models import Dossier, Ministry, User
from cases.rights import Act


def ministries_for(user: User, act: Act, dossier: Dossier, among: list[Ministry]) -> list[Ministry]:
    """The ministries among these for which someone may do an act; raises Denied when there are none."""
    own = access.own_ministries(user, act, among)
    if not own:
        access.require(user, act, dossier, among[0] if among else None)
    return own
