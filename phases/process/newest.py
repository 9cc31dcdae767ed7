"""SQL that finds the newest row per value of a column in a Ronde without reading the others (a loose index scan).

PostgreSQL has no plan of its own for this: DISTINCT and GROUP BY read all rows, which a dossier with a thousand of them feels.
Each needs an index that begins with the Ronde and the column (Index(fields=["ronde", ..., "id"])).
"""


def keys(table: str, key: str, only: str = "true", ronde: str = "%(ronde)s") -> str:
    """The values of `key` in this Ronde, as hop.value. Hops from one to the next in an index that begins with the Ronde and the key."""
    here = f"FROM {table} x WHERE x.ronde_id = {ronde} AND {only}"
    return f"""(WITH RECURSIVE hop AS (SELECT min(x.{key}) AS value {here}
  UNION ALL SELECT (SELECT min(x.{key}) {here} AND x.{key} > hop.value) FROM hop WHERE hop.value IS NOT NULL)
 SELECT hop.value FROM hop WHERE hop.value IS NOT NULL) hop"""


def newest(columns: str, table: str, key: str, counts: str = "true", only: str = "true") -> str:
    """Per value of `key` the newest row x of this Ronde that counts, so that a thousand earlier ones are not read."""
    return f"""SELECT n.* FROM {keys(table, key, only)} CROSS JOIN LATERAL (SELECT {columns} FROM {table} x
 WHERE x.ronde_id = %(ronde)s AND x.{key} = hop.value AND {only} AND {counts} ORDER BY x.id DESC LIMIT 1) n"""
