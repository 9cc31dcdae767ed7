"""The year page of the BIV: a year with 2,000 requests and 20,000 ledger rows against one with 200 and 2,000, in one database."""

from functools import partial

import psycopg

from tests.bench.clock import Report, in_turns
from tests.bench.lists import _client, _queries
from tests.bench.places import Places
from tests.bench.seed import VIEWERS, _let_go

RATIO, QUERIES = 1.1, 25
SMALL_YEAR, LARGE_YEAR = 2027, 2028
LINES = 5  # categories per request and year; each line has two posts
TABLES = ("budget_biv_aanvraag", "budget_biv_bedrag", "budget_biv_mutatie", "budget_biv_post", "budget_biv_saldo", "budget_biv_jaarsaldo",
          "budget_biv_beslag")  # fmt: skip

# Every dossier asks money in the large year, a tenth of them also in the small one: the oldest, of which every viewer sees a page,
# and of the others as many as make it a tenth.
SEED = """
INSERT INTO budget_biv_aanvraag (ronde_id, fund_id, number, is_relevant, relevantie, draagt_bij, bijdrage, vergoeding, optie, verschil,
 sha256, by_id, at, asked_on)
SELECT r.id, f.id, 1, true, 'x', true, 'x', 0, '', '', '', d.handler_id, now(), current_date
FROM cases_dossier d JOIN cases_ronde r ON r.dossier_id = d.id AND r.number = d.ronde_number, budget_biv_fund f;
INSERT INTO budget_biv_bedrag (aanvraag_id, year, category_id, oda, naijl, amount)
SELECT a.id, y.year, c.id, CASE WHEN c.rank % 2 = 0 THEN 'oda' ELSE 'niet-oda' END, false, 1000 + a.id
FROM budget_biv_aanvraag a JOIN (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM budget_biv_aanvraag) n ON n.id = a.id
CROSS JOIN (VALUES ({small}), ({large})) y (year)
JOIN (SELECT *, row_number() OVER (ORDER BY "order") AS rank FROM budget_biv_category) c ON c.rank <= {lines}
WHERE y.year = {large} OR n.rank <= 40 OR n.rank % 12 = 0;
INSERT INTO budget_biv_mutatie (aanvraag_id, dossier_id, soort, reason, occurred_on, by_id, at, transaction)
SELECT a.id, r.dossier_id, s.soort, '', current_date, a.by_id, now(), 0
FROM budget_biv_aanvraag a JOIN cases_ronde r ON r.id = a.ronde_id CROSS JOIN (VALUES ('voorstellen'), ('reserveren')) s (soort);
INSERT INTO budget_biv_post (mutatie_id, fund_id, year, category_id, oda, van, naar, amount)
SELECT m.id, a.fund_id, b.year, b.category_id, b.oda, CASE m.soort WHEN 'voorstellen' THEN 'buiten' ELSE 'voorgesteld' END,
 CASE m.soort WHEN 'voorstellen' THEN 'voorgesteld' ELSE 'gereserveerd' END, b.amount
FROM budget_biv_mutatie m JOIN budget_biv_aanvraag a ON a.id = m.aanvraag_id JOIN budget_biv_bedrag b ON b.aanvraag_id = a.id;
INSERT INTO budget_biv_saldo (aanvraag_id, dossier_id, fund_id, year, category_id, oda, voorgesteld, gereserveerd, toegekend, verplicht,
 gerealiseerd, afgerekend, vrijgevallen)
SELECT a.id, r.dossier_id, a.fund_id, b.year, b.category_id, b.oda, 0, b.amount, 0, 0, 0, 0, 0
FROM budget_biv_bedrag b JOIN budget_biv_aanvraag a ON a.id = b.aanvraag_id JOIN cases_ronde r ON r.id = a.ronde_id;
INSERT INTO budget_biv_jaarsaldo (fund_id, year, category_id, oda, voorgesteld, gereserveerd, toegekend, verplicht, gerealiseerd, afgerekend,
 vrijgevallen)
SELECT fund_id, year, category_id, oda, 0, sum(gereserveerd), 0, 0, 0, 0, 0 FROM budget_biv_saldo GROUP BY 1, 2, 3, 4;
INSERT INTO budget_biv_beslag (aanvraag_id, dossier_id, fund_id, year, category_id, oda, niet, onbekend)
SELECT aanvraag_id, dossier_id, fund_id, year, category_id, coalesce(sum(claimed) FILTER (WHERE oda = 'oda'), 0),
 coalesce(sum(claimed) FILTER (WHERE oda = 'niet-oda'), 0), 0 FROM budget_biv_saldo
GROUP BY GROUPING SETS ((1, 2, 3, 4), (1, 2, 3, 4, 5));
"""


def seed_money(owner_url: str) -> dict[int, tuple[int, int]]:
    """Gives every dossier of a seeded clone its money; per year the number of requests and of ledger rows."""
    statements = SEED.format(small=SMALL_YEAR, large=LARGE_YEAR, lines=LINES).split(";\n")
    with psycopg.connect(owner_url, autocommit=True) as owner:
        again = [line for table in TABLES for line in _let_go(owner, table)]
        for statement in filter(str.strip, statements):
            owner.execute(statement)
        for line in again:
            owner.execute(line)
        owner.execute("VACUUM ANALYZE")
        rows = owner.execute(
            "SELECT p.year, count(DISTINCT m.aanvraag_id), count(*) FROM budget_biv_post p "
            "JOIN budget_biv_mutatie m ON m.id = p.mutatie_id GROUP BY 1"
        ).fetchall()
    return {year: (asked, posts) for year, asked, posts in rows}


def measure(report: Report, places: Places, name: str, rounds: int) -> None:
    """Both years for every viewer, in turns, and the number of queries."""
    from django.urls import reverse

    counts = seed_money(places.clones[name].owner_url)
    report.say(f"\nBIV-jaar: {counts[SMALL_YEAR]} en {counts[LARGE_YEAR]} aanvragen en mutaties")
    urls = [reverse("biv_jaar", args=[year]) for year in (SMALL_YEAR, LARGE_YEAR)]
    for viewer in VIEWERS:
        client = _client(places, name, viewer)
        asked = [partial(client.get, url) for url in urls]
        counted = [_queries(ask) for ask in asked]
        low, high = in_turns(*asked, rounds=rounds * 3)
        extra = f"{high.ms:.1f} ms tegen {low.ms:.1f} ms"
        report.at_most(f"BIV-jaar, tien keer zoveel, {viewer}", high.ratio, RATIO, extra=extra)
        report.at_most(
            f"BIV-jaar, meer queries bij tien keer zoveel, {viewer}", counted[1] - counted[0], 0, unit="queries"
        )
        report.at_most(
            f"BIV-jaar, {viewer}", max(counted), QUERIES, unit="queries", extra=f"{counted[0]} en {counted[1]}"
        )
