"""The dossier list against raw SQL, and against itself at other sizes, for four viewers; Mijn werk when it is there."""

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.bench.clock import Report, in_turns, once
from tests.bench.places import Places
from tests.bench.seed import VIEWERS, username

QUERIES, PAGE_QUERIES = 8, 25
FLOOR_RATIO, SIZE_RATIO, FILTER_RATIO = 1.5, 1.15, 2.0
FILTERS = {
    "woord": "?q=sahel",
    "land": "?q=Mali",
    "fase": "?fase=analyse",
    "ministerie": "?dep=DEF",
    "alle": "?status=alle",
    "afgesloten": "?status=afgesloten",
    "samen": "?q=missie&fase=planning&dep=BHOS",
    "niets gevonden": "?q=bestaatniet",
}
FLOOR = """
SELECT d.id, d.sort_at FROM unnest(ARRAY[{groups}]::int[]) g CROSS JOIN LATERAL (
 SELECT content_object_id AS id, sort_at FROM cases_dossiergrant WHERE group_id = g AND running
 ORDER BY sort_at DESC, content_object_id DESC LIMIT {limit}) d ORDER BY 2 DESC, 1 DESC LIMIT {limit}
"""


def measure(report: Report, places: Places, sizes: list[int], rounds: int) -> None:
    """All figures of the lists; `sizes` are the names of seeded databases."""
    from django.urls import NoReverseMatch, reverse

    small, middle, large = sizes[0], sizes[len(sizes) // 2], sizes[-1]
    report.say(f"\nLijst met dossiers ({', '.join(map(str, sizes))})")
    _visibility(report, places, large, rounds)
    _sizes(report, places, reverse("dossiers"), (small, large), rounds, SIZE_RATIO, QUERIES)
    _filters(report, places, middle, rounds)
    try:
        url = reverse("mijn_werk")
    except NoReverseMatch:
        return
    report.say("\nMijn werk")
    _sizes(report, places, url, (small, large), rounds, 1.1, PAGE_QUERIES)


def _visibility(report: Report, places: Places, size: int, rounds: int) -> None:
    from django.db import connection

    from cases import access
    from cases.models import User
    from cases.selectors import dossiers

    places.use(str(size))
    for viewer in VIEWERS:
        user = User.objects.get(username=username(viewer))
        sql = FLOOR.format(groups=",".join(map(str, access.group_ids(user))), limit=dossiers.PAGE + 1)

        def floor(sql: str = sql) -> list:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()

        query = partial(dossiers.newest_granted, user, None)
        obvious = [once(lambda user=user: _obvious(user)) for _ in range(3)]
        low, ours = in_turns(floor, query, rounds=rounds * 20)
        extra = f"{ours.ms:.2f} ms tegen {low.ms:.2f} ms; voor de hand liggend {statistics.median(obvious):.1f} ms"
        report.at_most(f"zichtbaarheid bij {size}, {viewer}", ours.ratio, FLOOR_RATIO, extra=extra)
        report.at_most(
            f"telling, {viewer}", dossiers.count(user, dossiers.Filters()), dossiers.COUNT_CAP, unit="dossiers"
        )
    with connection.cursor() as cursor:
        # What cases/prepared.py prepares looks rows up by their key; a list is planned for the groups of its reader.
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE NOT starts_with(name, 'statement_')")
        report.at_most("voorbereide plannen van lijsten", cursor.fetchone()[0], 0, unit="stuks")


def _obvious(user) -> list:
    from cases.access import visible_to

    return list(visible_to(user).filter(status="lopend").order_by("-sort_at", "-id")[:26])


def _client(places: Places, size: int, viewer: str):
    from django.test import Client

    from cases.models import User

    places.use(str(size))
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username(viewer)))
    return client


def _sizes(report: Report, places: Places, url: str, sizes: tuple[int, int], rounds: int, ratio: float, bound: int):
    """The page at the smallest and at the largest size, in turns."""
    for viewer in VIEWERS:
        asked = [partial(_ask, places, size, _client(places, size, viewer), url) for size in sizes]
        queries = 0
        for size, ask in zip(sizes, asked, strict=True):
            places.use(str(size))
            queries = max(queries, _queries(ask))
        low, high = in_turns(*asked, rounds=rounds * 3)
        extra = f"{high.ms:.1f} ms tegen {low.ms:.1f} ms"
        report.at_most(f"{url} bij {sizes[1]} tegen {sizes[0]}, {viewer}", high.ratio, ratio, extra=extra)
        report.at_most(f"{url}, {viewer}", queries, bound, unit="queries")


def _ask(places: Places, size: int, client, url: str):
    places.use(str(size))
    return client.get(url)


def _queries(ask: Callable[[], Any]) -> int:
    """The queries of a request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = ask()
    assert response.status_code == 200, (ask, response.status_code)
    return len(captured)


def _filters(report: Report, places: Places, size: int, rounds: int) -> None:
    from django.urls import reverse

    url = reverse("dossiers")
    for viewer in VIEWERS:
        client = _client(places, size, viewer)
        works = [partial(client.get, url), *(partial(client.get, url + query) for query in FILTERS.values())]
        plain, *filtered = in_turns(*works, rounds=rounds)
        name, worst = max(zip(FILTERS, filtered, strict=True), key=lambda pair: pair[1].ratio)
        extra = f"{worst.ms:.1f} ms ({name}) tegen {plain.ms:.1f} ms"
        report.at_most(f"langzaamste filter bij {size}, {viewer}", worst.ratio, FILTER_RATIO, extra=extra)
