"""The people of the demo and of the tests, named by function. They exist only with DEMO=1."""

from dataclasses import dataclass

from cases.rights import Role

PASSWORD = "demo-geintegreerd"


@dataclass(frozen=True)
class Account:
    """A person: name by function, and the roles held (ministry code or None, role)."""

    username: str
    initials: str
    particle: str
    surname: str
    about: str
    roles: tuple[tuple[str | None, Role], ...] = ()


def _account(username: str, name: tuple[str, str, str], about: str, *roles: tuple[str | None, Role]) -> Account:
    return Account(username, *name, about, roles)


B, T, L, G = Role.BEHANDELAAR, Role.TEAMLEIDER, Role.SMO_LID, Role.GEMACHTIGDE
ACCOUNTS = (
    _account("behandelaar-bz", ("F.", "de", "Vries"), "Behandelaar Buitenlandse Zaken, penvoerder", ("BZ", B)),
    _account("behandelaar-bhos", ("M.", "", "Aksoy"), "Behandelaar BHOS", ("BHOS", B)),
    _account("behandelaar-def", ("K.", "", "Jansen"), "Behandelaar Defensie", ("DEF", B)),
    _account("behandelaar-jenv", ("R.", "", "Bakker"), "Behandelaar Justitie en Veiligheid", ("JENV", B)),
    _account("teamleider-bz", ("S.", "", "Visser"), "Teamleider Buitenlandse Zaken", ("BZ", T)),
    _account("teamleider-bhos", ("L.", "van der", "Meer"), "Teamleider BHOS", ("BHOS", T)),
    _account("teamleider-def", ("P.", "", "Hendriks"), "Teamleider Defensie", ("DEF", T)),
    _account("teamleider-jenv", ("A.", "", "Yilmaz"), "Teamleider Justitie en Veiligheid", ("JENV", T)),
    _account("smo-bz", ("H.", "", "Mulder"), "SMO-lid Buitenlandse Zaken", ("BZ", L)),
    _account("smo-bhos", ("C.", "", "Dijkstra"), "SMO-lid BHOS", ("BHOS", L)),
    _account("smo-def", ("J.", "", "Smit"), "SMO-lid Defensie", ("DEF", L)),
    _account("smo-jenv", ("N.", "", "Peters"), "SMO-lid Justitie en Veiligheid", ("JENV", L)),
    _account("smo-az", ("E.", "", "Brouwer"), "SMO-lid Algemene Zaken", ("AZ", L)),
    _account("voorzitter-smo", ("W.", "", "Kuiper"), "Voorzitter van de SMO", (None, Role.VOORZITTER_SMO)),
    _account("secretaris-smo", ("T.", "de", "Boer"), "Secretaris van de SMO", (None, Role.SECRETARIS_SMO)),
    _account("gemachtigde-bz", ("I.", "", "Postma"), "Gemachtigde van de minister van BZ", ("BZ", G)),
    _account("gemachtigde-bz-2", ("D.", "", "Verhoeven"), "Tweede gemachtigde van de minister van BZ", ("BZ", G)),
    _account("gemachtigde-bhos", ("O.", "van", "Leeuwen"), "Gemachtigde van de minister voor BHOS", ("BHOS", G)),
    _account("gemachtigde-bhos-2", ("A.", "", "Demir"), "Tweede gemachtigde van de minister voor BHOS", ("BHOS", G)),
    _account("gemachtigde-def", ("G.", "", "Willems"), "Gemachtigde van de minister van Defensie", ("DEF", G)),
    _account(
        "gemachtigde-def-2", ("L.", "", "Scholten"), "Tweede gemachtigde van de minister van Defensie", ("DEF", G)
    ),
    _account("gemachtigde-jenv", ("B.", "", "Kok"), "Gemachtigde van de minister van JenV", ("JENV", G)),
    _account("gemachtigde-jenv-2", ("E.", "", "Blom"), "Tweede gemachtigde van de minister van JenV", ("JENV", G)),
    _account("secretariaat", ("Y.", "", "Bos"), "Secretariaat Buitenlandse Zaken", ("BZ", Role.SECRETARIAAT)),
    _account(
        "secretariaat-2", ("V.", "", "Prins"), "Tweede medewerker van het secretariaat", ("BZ", Role.SECRETARIAAT)
    ),
    _account("biv-beheerder", ("Z.", "", "Schouten"), "BIV-beheerder Defensie", ("DEF", Role.BIV_BEHEERDER)),
    _account("vaststeller", ("Q.", "", "Maas"), "Vaststeller rubricering BZ", ("BZ", Role.VASTSTELLER)),
    _account("auditor", ("U.", "", "Vos"), "Auditor: leest alles, wijzigt niets", (None, Role.AUDITOR)),
    _account(
        "beheerder", ("X.", "", "Koster"), "Beheerder: beheert mensen, ziet geen dossiers", (None, Role.BEHEERDER)
    ),
    _account("buitenstaander", ("A.", "", "Onbekend"), "Behandelaar AZ die aan geen dossier deelneemt", ("AZ", B)),
)
