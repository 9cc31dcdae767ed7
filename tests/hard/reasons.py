"""Where a kind of illegal SQL makes no sense for a table, with one reason each. What is not named here must be refused."""

NO_COLUMN = {
    "later phase": "de rij noemt geen fase",
    "skip": "de rij heeft geen volgorde om over te slaan",
    "old hash": "de rij noemt geen hash",
    "foreign ronde": "de rij noemt geen ronde, of niets waarmee die ronde in strijd kan zijn",
    "own approval": "de rij is geen oordeel over het werk van een ander",
    "edit": "elke kolom van deze tabel mag veranderen",
}
# Kinds that no trigger can stop, and tables whose trigger lets the owner through on purpose.
SETS_UP = "de eigenaar maakt de tabellen en mag dus ook de opzet ervan wijzigen; de toepassing heeft die rol niet"
READS_IN = "de eigenaar leest bestaande missies in, met stukken die al vastgesteld zijn"
NOT_FOR_OWNER: dict[object, str] = {
    "alter": SETS_UP,
    "disable trigger": SETS_UP,
    "set role": "de eigenaar is al zichzelf",
    "phases_arrow": "de eigenaar laadt de pijlen uit table.py; de toepassing mag er alleen uit lezen",
    "phases_poort": "de eigenaar laadt de voorwaarden uit table.py; de toepassing mag er alleen uit lezen",
    ("skip", "cases_documentversion"): READS_IN,
}
OWNER_MAY = {
    'UPDATE cases_dossier SET "ronde_number"': READS_IN,
    "INSERT INTO phases_verzending (version_id": READS_IN,
}
NO_JUDGEMENT = "de rij legt vast wat een ander deed of besloot; het is geen oordeel van wie haar schrijft"
NOT_GUARDED: dict[tuple[str, str], str] = {
    ("own approval", "phases_aanbieding"): "aanbieden is geen oordeel: de penvoerder biedt het eigen stuk aan",
    ("own approval", "phases_standpunt"): "een standpunt houdt geen stap; de dienst weigert de steller",
    ("own approval", "phases_besluit"): NO_JUDGEMENT,
    ("own approval", "phases_ondertekening"): NO_JUDGEMENT,
    ("own approval", "phases_verzending"): NO_JUDGEMENT,
    ("own approval", "phases_agendapunt"): NO_JUDGEMENT,
    ("own approval", "budget_biv_intrekking"): "de penvoerder trekt de eigen aanvraag in",
    ("own approval", "phases_afwijzing"): "een afwijzing opent geen voorwaarde; de dienst weigert wie zelf vroeg",
    ("own approval", "phases_actiegedaan"): "wie de actie heeft, meldt zelf dat zij gedaan is",
    ("own approval", "phases_afdoening"): "wie de toezegging deed, meldt zelf hoe zij afliep",
    ("old hash", "budget_biv_aanvraag"): "de hash is de naam van de aanvraag zelf; besluiten moeten die noemen",
}
# What the database does not stop yet, though it should; the services do. Empty is better.
GAPS: dict[tuple[str, str], str] = {}
# (table, what it refers to): who wrote that is not the one who must stay away.
NOT_THE_AUTHOR = {
    ("phases_tekstuelewijziging", "phases_conclusie"): "de voorzitter concludeerde en bevestigt de wijziging",
    ("phases_bivwijziging", "phases_conclusie"): "de voorzitter concludeerde en bevestigt dat het advies blijft gelden",
    (
        "budget_biv_mutatie",
        "budget_biv_aanvraag",
    ): "wie vraagt, boekt het voorstel; reserveren en beslissen staan in ALSO",
    ("phases_bevestiging", "cases_documentversion"): "de tweede persoon controleert de registratie, niet het stuk",
}
# Columns that may change, so an edit of them is legal; every other column must be refused.
FREE_COLUMNS: dict[str, tuple[tuple[str, ...], str]] = {
    "cases_document": (
        ("title", "revision", "changed_at", "changed_by_id"),
        "een concept wordt bewerkt; wat vastligt zijn de versies ervan",
    ),
    "cases_dossier": (
        ("title", "summary", "countries", "region", "efforts", "cooperation", "humanitarian", "marking_until",
         "moves_made", "revision", "fictional", "sort_at", "handler_id", "marked_by_id"),
        "kerngegevens wijzigen met elke bewerking; fase, status, ronde, rubricering en herkomst zijn bewaakt",
    ),
    "cases_participation": (("contact_id",), "een ministerie noemt een andere contactpersoon; de paraaf hangt daar niet aan"),
    "phases_agendapunt": (
        ("id", "soort", "titel", "order", "vervallen", "at", "aanbieding_id", "by_id", "vergadering_id"),
        "de secretaris verplaatst punten tot de vergadering; geen stap rust op de agenda",
    ),
    "phases_indicator": (
        ("naam", "bron", "nulmeting", "nulmeting_op", "gepland_op", "streefwaarde", "revision", "changed_by_id",
         "changed_at"),
        "tot de uitvoering wijzigt een indicator; daarna komt er alleen een nulmeting bij, en het logboek houdt vast wat er stond",
    ),
    "phases_ritme": (
        ("weekday", "time", "place", "papers_days", "revision"),
        "de secretaris wijzigt het ritme van de vergaderingen; er is één rij",
    ),
    "phases_vergadering": (
        ("time", "place", "papers_by", "vervallen", "reason", "planned_on", "revision"),
        "een vergadering wordt verplaatst of vervalt, met reden in het logboek",
    ),
    "cases_ronde": (("reason", "opened_at", "runs_until"), "een verlenging geeft de vorige ronde haar einddatum"),
}  # fmt: skip
