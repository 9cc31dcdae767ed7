"""The whole demo, or the scene of the browser tests, in the database of a test: made once, afterwards a copy is enough."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from cases.models import User
from geintegreerd.demo.people import make_people
from geintegreerd.settings import database
from tests.database import Clones
from tests.scene_of_demo import Scene, make_scene

MADE: dict[str, Scene] = {}


@contextmanager
def as_owner(clones: Clones) -> Iterator[None]:
    """Within this block Django's connection is the owner's, for reading in. Only in a transactional test: it reconnects."""
    connection, owner = connections["default"], database(clones.owner_url)
    runtime = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(USER=runtime["USER"], PASSWORD=runtime["PASSWORD"])


def load_demo(clones: Clones) -> dict[str, User]:
    """Everybody and every dossier of the demo, in place of what was in the clone; the people by username. They cannot log in by password."""
    connections.close_all()
    clones.renew(clones.demo())
    return {user.username: user for user in User.objects.all()}


def load_scene(clones: Clones) -> tuple[dict[str, User], Scene]:
    """Everybody and the scene, in place of what was in the clone."""
    copy = f"{clones.name}_scene"
    connections.close_all()
    if copy in clones.kept:
        clones.renew(copy)
    else:
        clones.renew()
        MADE[copy] = make_scene(make_people(password=None))
        connections.close_all()
        clones.keep(copy)
    return {user.username: user for user in User.objects.all()}, MADE[copy]
