"""Measures the dossier list against raw SQL, with medians and ratios within one run. A bound missed gives exit status 1.

Run with ./run bench [number of dossiers]. Three viewers: one who sees 19 %, one 0.1 %, one who sees only old dossiers.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django
import psycopg

from tests.database import Clones

SIZE = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = 60
BOUND = 1.5

SEED = """
INSERT INTO auth_group (name) VALUES ('bench:veel'), ('bench:weinig'), ('bench:oud') ON CONFLICT DO NOTHING;
INSERT INTO cases_user (password, username, email, initials, particle, surname, is_active, date_joined)
VALUES ('', 'bench', '', '', '', 'Bench', true, now());
INSERT INTO cases_dossier (number, title, summary, countries, region, efforts, cooperation, humanitarian, marking, phase, status,
 ronde_number, moves_made, revision, fictional, opened_at, sort_at, lead_id, handler_id, opened_by_id)
SELECT '2000-' || n, 'Dossier ' || n, '', '', '', '{}', 'afstemming', '', 'ongerubriceerd', 'orientatie', 'lopend', 1, 0, 0, true,
 now(), timestamptz '2000-01-01' + n * interval '1 minute', (SELECT min(id) FROM cases_ministry), u.id, u.id
FROM generate_series(1, %(size)s) n, cases_user u WHERE u.username = 'bench';
INSERT INTO cases_dossiergrant (group_id, permission_id, content_object_id, running)
SELECT g.id, p.id, d.id, true FROM cases_dossier d, auth_group g, auth_permission p WHERE p.codename = 'view_dossier' AND (
 (g.name = 'bench:veel' AND d.id %% 100 < 19) OR (g.name = 'bench:weinig' AND d.id %% 1000 = 7)
 OR (g.name = 'bench:oud' AND substr(d.number, 6)::int <= %(size)s / 50));
"""
FLOOR = """
SELECT d.id, d.sort_at FROM unnest(ARRAY[{group}]::int[]) g CROSS JOIN LATERAL (
 SELECT content_object_id AS id, sort_at FROM cases_dossiergrant WHERE group_id = g AND running
 ORDER BY sort_at DESC, content_object_id DESC LIMIT 26) d ORDER BY 2 DESC, 1 DESC LIMIT 26
"""


def median_ms(work: Callable[[], object]) -> float:
    """The median of many rounds in milliseconds, after a warm-up."""
    work()
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def main() -> int:
    clones = Clones(os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"], "bench")
    clones.ensure_template()
    clones.renew()
    with psycopg.connect(clones.owner_url, autocommit=True) as owner:
        for statement in filter(str.strip, SEED.split(";")):
            owner.execute(statement, {"size": SIZE})
        owner.execute("ANALYZE")
    os.environ["DATABASE_URL"] = clones.runtime_url
    django.setup()
    try:
        return measure()
    finally:
        from django.db import connections

        connections.close_all()
        clones.discard()


def measure() -> int:
    from django.contrib.auth.models import Group
    from django.db import connection

    from cases.access import visible_to
    from cases.models import Membership, User
    from cases.rights import Role
    from cases.selectors import dossiers

    user, missed = User.objects.get(username="bench"), 0
    print(f"{SIZE} dossiers, mediaan van {ROUNDS} keer")
    for name in ("veel", "weinig", "oud"):
        group = Group.objects.get(name=f"bench:{name}")
        user._memberships_today = [Membership(user=user, role=Role.BEHANDELAAR, group_id=group.pk)]

        def floor(group_id: int = group.pk) -> list:
            with connection.cursor() as cursor:
                cursor.execute(FLOOR.format(group=group_id))
                return cursor.fetchall()

        low = median_ms(floor)
        query = median_ms(lambda: dossiers._newest_granted(user, None))
        page = median_ms(lambda: dossiers.page(user, dossiers.Filters()))
        obvious = median_ms(lambda: list(visible_to(user).order_by("-sort_at", "-id")[:26]))
        missed += query > BOUND * low
        print(
            f"  ziet {name:<7} bodem {low:6.2f} ms  zichtbaarheid {query:6.2f} ms ({query / low:4.2f} ×, grens {BOUND})  "
            f"pagina {page:6.2f} ms  voor de hand liggend {obvious:8.2f} ms"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
