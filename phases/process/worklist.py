"""Who is up, kept for the lists: written anew after everything that happens in a dossier, read by Mijn werk and the dossier list.

The audit trigger notes each dossier in which something happened (Bijwerken); bring_up_to_date() judges it again. A request
does that for what it changed, the sweeper for the rest (a worker, a command, a request that fell over), within seconds.
"""

import logging
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from cases.models import Dossier, Ministry
from cases.models.organisation import group_name
from cases.phase import Status
from cases.rights import Role
from cases.selectors import people
from phases.process import facts
from phases.process.aan_zet import Turn, turns
from phases.process.models import Beurt, Bijwerken, Waiver

BATCH = 200
log = logging.getLogger(__name__)

Key = tuple[int, str, str]


def bring_up_to_date(limit: int = BATCH) -> int:
    """Judges again the dossiers in which something happened; returns how many. Safe in many processes at once."""
    done: set[int] = set()
    while len(done) < limit:
        noted = (
            Bijwerken.objects.exclude(dossier_id__in=done).order_by("id").values_list("dossier_id", flat=True).first()
        )
        if noted is None:
            break
        done.add(noted)
        try:
            judge_again(noted)
        except Exception:
            log.exception("De beurten van dossier %s zijn niet bijgewerkt; de veger probeert het opnieuw.", noted)
    return len(done)


@transaction.atomic
def judge_again(dossier_id: int) -> None:
    """Writes the Beurten of one dossier as the facts have them now.

    One process at a time per dossier. The notes go first, so that what is committed meanwhile leaves a note behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('beurt:' || %s, 0))", [dossier_id])
    Bijwerken.objects.filter(dossier_id=dossier_id).delete()
    dossier = Dossier.objects.select_related("lead", "handler").get(pk=dossier_id)
    wanted = _wanted(dossier)
    kept = {(b.group_id, b.url, b.tekst): b for b in Beurt.objects.filter(dossier=dossier)}
    Beurt.objects.filter(pk__in=[b.pk for key, b in kept.items() if key not in wanted]).delete()
    Beurt.objects.bulk_create([beurt for key, beurt in wanted.items() if key not in kept])
    columns = ["stand", "due", "person_id", "not_by_id", "waiter_id"]
    for key in wanted.keys() & kept.keys():
        new, old = wanted[key], kept[key]
        if any(getattr(new, c) != getattr(old, c) for c in columns):
            Beurt.objects.filter(pk=old.pk).update(**{c: getattr(new, c) for c in columns})


def _wanted(dossier: Dossier) -> dict[Key, Beurt]:
    found = turns(dossier, facts.load(dossier)) if dossier.status == Status.LOPEND else []
    groups = _groups(found)
    handler = dossier.handler if dossier.handler in people.holders(Role.BEHANDELAAR, dossier.lead) else None
    wanted: dict[Key, Beurt] = {}
    named: set[tuple[str, str]] = set()
    for turn in found:
        group = groups[turn.role, turn.ministry]
        own = turn.role == Role.BEHANDELAAR and turn.ministry == dossier.lead.code
        person = handler if own else None
        beurt = Beurt(
            dossier=dossier,
            group_id=group,
            person=person,
            not_by_id=turn.not_by,
            stand=turn.stand,
            tekst=turn.tekst[:400],
            url=turn.url,
            due=turn.due,
        )
        act = (beurt.url, beurt.tekst)
        beurt.waiter = None if person or act in named else dossier.handler
        named.add(act)
        wanted[group, *act] = beurt
    return wanted


def _groups(found: list[Turn]) -> dict[tuple[Role, str], int]:
    """The group of each role and ministry; made when nobody held that role before."""
    ministries = Ministry.objects.in_bulk({t.ministry for t in found if t.ministry}, field_name="code")
    names = {(t.role, t.ministry): group_name(ministries.get(t.ministry), t.role) for t in found}
    known = dict(Group.objects.filter(name__in=names.values()).values_list("name", "id"))
    return {key: known.get(name) or Group.objects.get_or_create(name=name)[0].pk for key, name in names.items()}


def note_expired_waivers() -> None:
    """A waiver that ended yesterday changes who is up, though nothing happened in the dossier."""
    ended = timezone.localdate() - timedelta(days=1)
    dossiers = set(Waiver.objects.filter(until=ended).values_list("ronde__dossier_id", flat=True))
    Bijwerken.objects.bulk_create(Bijwerken(dossier_id=pk) for pk in dossiers)
