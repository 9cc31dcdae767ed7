"""Who may do what: the one place. Shown as a page, read by cases.access and by the permission tests.

A right names roles, and for each role which ministry the person must hold it for:
LEAD (the penvoerend ministry), PARTICIPATING (any ministry that takes part), OWN (the ministry the act is about),
SMO (a ministry that is a member of the SMO), ANY.
"""

from dataclasses import dataclass

from django.db import models


class Role(models.TextChoices):
    """A function that someone holds. The last four are held across ministries."""

    BEHANDELAAR = "behandelaar", "Behandelaar"
    TEAMLEIDER = "teamleider", "Teamleider"
    SMO_LID = "smo-lid", "SMO-lid"
    POST = "post", "Post"
    SECRETARIAAT = "secretariaat", "Secretariaat"
    GEMACHTIGDE = "gemachtigde", "Gemachtigde van de bewindspersoon"
    BIV_BEHEERDER = "biv-beheerder", "BIV-beheerder"
    VASTSTELLER = "vaststeller", "Vaststeller rubricering"
    VOORZITTER_SMO = "voorzitter-smo", "Voorzitter SMO"
    SECRETARIS_SMO = "secretaris-smo", "Secretaris SMO"
    AUDITOR = "auditor", "Auditor"
    BEHEERDER = "beheerder", "Beheerder"

    @classmethod
    def across(cls) -> list[str]:
        """The roles that belong to no single ministry."""
        return [cls.VOORZITTER_SMO, cls.SECRETARIS_SMO, cls.AUDITOR, cls.BEHEERDER]


class Scope(models.TextChoices):
    """For which ministry a role must be held to count."""

    LEAD = "lead", "van het penvoerende ministerie"
    PARTICIPATING = "participating", "van een deelnemend ministerie"
    OWN = "own", "van het ministerie waar het om gaat"
    SMO = "smo", "van een ministerie in de SMO"
    ANY = "any", ""


class Act(models.TextChoices):
    """Everything one can do. The label finishes the sentence "Wie mag …?"."""

    DOSSIER_OPENEN = "dossier_openen", "een dossier openen"
    DOSSIER_LEZEN = "dossier_lezen", "een dossier lezen"
    DOSSIER_WIJZIGEN = "dossier_wijzigen", "de kerngegevens van een dossier wijzigen"
    DEELNAME_REGELEN = "deelname_regelen", "een ministerie laten deelnemen"
    DEELNAME_STOPPEN = "deelname_stoppen", "de deelname van het eigen ministerie stoppen"
    TOETS_DOEN = "toets_doen", "de toepasselijkheidstoets doen"
    TOETS_BEVESTIGEN = "toets_bevestigen", "een afwijking van de toepasselijkheidstoets bevestigen"
    STAP_ZETTEN = "stap_zetten", "een stap vooruit zetten als aan de voorwaarden is voldaan"
    TERUG_VRAGEN = "terug_vragen", "vragen om terug te gaan naar een eerdere fase"
    TERUG_BEVESTIGEN = "terug_bevestigen", "terug laten gaan naar een eerdere fase"
    STOPPEN = "stoppen", "stoppen, eerder beëindigen, heropenen of verlengen"
    SCHRIJVEN = "schrijven", "een product schrijven of een brief beginnen"
    SECTIE_SCHRIJVEN = "sectie_schrijven", "deze sectie van een brief schrijven"
    INBRENG_GEVEN = "inbreng_geven", "inbreng voor de analyse geven"
    VOORLEGGEN = "voorleggen", "een product of brief voorleggen voor paraaf"
    PARAFEREN = "paraferen", "een product of brief paraferen"
    VASTSTELLEN = "vaststellen", "een product of brief vaststellen"
    AFWIJKEN = "afwijken", "van een voorwaarde afwijken"
    SPOED_VERKLAREN = "spoed_verklaren", "spoed vastleggen (artikel 100 lid 2)"
    INHALEN = "inhalen", "melden dat iets is ingehaald"
    SMO_AANBIEDEN = "smo_aanbieden", "stukken aanbieden aan de SMO"
    STANDPUNT_INNEMEN = "standpunt_innemen", "een standpunt innemen in de SMO"
    CONCLUDEREN = "concluderen", "een conclusie van de SMO vastleggen"
    SMO_INTREKKEN = "smo_intrekken", "een stuk terughalen bij de SMO"
    SMO_TEKSTUEEL = "smo_tekstueel", "bevestigen dat een wijziging na het advies alleen tekstueel is"
    VOORWAARDE_AFHANDELEN = "voorwaarde_afhandelen", "een voorwaarde van de SMO afhandelen"
    VOORWAARDE_CONTROLEREN = "voorwaarde_controleren", "bevestigen dat aan een voorwaarde van de SMO is voldaan"
    SMO_AGENDA = "smo_agenda", "de vergaderingen, de agenda en de aanwezigen van de SMO bijhouden"
    SMO_LIJST = "smo_lijst", "de besluitenlijst van de SMO schrijven of vaststellen"
    SMO_LEZEN = "smo_lezen", "de besluitenlijst en de aanwezigen van de SMO lezen"
    BESLUIT_REGISTREREN = "besluit_registreren", "een besluit van een bewindspersoon registreren"
    BESLUIT_BEVESTIGEN = "besluit_bevestigen", "een besluit van een bewindspersoon bevestigen"
    MR_REGISTREREN = "mr_registreren", "een besluit van de Ministerraad registreren"
    MR_BEVESTIGEN = "mr_bevestigen", "een besluit van de Ministerraad bevestigen"
    VASTLEGGEN = "vastleggen", "dit gegeven vastleggen"
    POLITIE_REGISTREREN = "politie_registreren", "het besluit over de inbreng van de politie registreren"
    KAMER_VASTLEGGEN = "kamer_vastleggen", "de behandeling in de Kamer en toezeggingen vastleggen"
    BIV_AANVRAGEN = "biv_aanvragen", "geld uit het BIV aanvragen"
    BIV_RESERVEREN = "biv_reserveren", "BIV-geld reserveren"
    BIV_BESLISSEN = "biv_beslissen", "over een BIV-aanvraag beslissen"
    BIV_BOEKEN = "biv_boeken", "BIV-geld verplichten, realiseren en afrekenen"
    BIV_BEHEREN = "biv_beheren", "plafonds van het BIV inlezen of verschuiven"
    BRIEF_ONDERTEKENEN = "brief_ondertekenen", "de ondertekening van een brief vastleggen"
    BRIEF_VERZENDEN = "brief_verzenden", "een brief verzenden en het Kamerstuknummer vastleggen"
    RUBRICEREN = "rubriceren", "een rubricering vaststellen of verlagen"
    OPNIEUW_MAKEN = "opnieuw_maken", "een mislukte pdf opnieuw laten maken"
    RECHTEN_LEZEN = "rechten_lezen", "de rechtentabel en het fasenplan lezen"
    BIV_LEZEN = "biv_lezen", "het BIV-jaaroverzicht lezen"


@dataclass(frozen=True)
class Right:
    """One row of the table: an act, who may do it, and in which manner."""

    act: Act
    holders: tuple[tuple[Role, Scope], ...]
    note: str = ""
    source: str = "ontwerpkeuze: de Leidraad regelt dit niet, deze verdeling volgt de rol van elk ministerie"

    @property
    def sentence(self) -> str:
        """For example "Behandelaar van het penvoerende ministerie"."""
        return ", of ".join(f"{role.label} {scope.label}".strip() for role, scope in self.holders)


PENVOERDER = (Role.BEHANDELAAR, Scope.LEAD)
BEHANDELAREN = (Role.BEHANDELAAR, Scope.PARTICIPATING)
TEAMLEIDER_PENVOERDER = (Role.TEAMLEIDER, Scope.LEAD)
# The ministry that an act on the fund is about is the one that keeps its books.
BIV_BEHEERDER = (Role.BIV_BEHEERDER, Scope.OWN)
ALLE = tuple((role, Scope.ANY) for role in Role)
# What taking part in a dossier grants: SMO members read from the moment papers are offered to the SMO.
READING_ROLES = (
    Role.BEHANDELAAR,
    Role.TEAMLEIDER,
    Role.SECRETARIAAT,
    Role.GEMACHTIGDE,
    Role.BIV_BEHEERDER,
    Role.VASTSTELLER,
)
SMO = "Leidraad par. 3.2 (samenstelling en adviesrol van de SMO)"
BIV = "Leidraad par. 3.4 (gezamenlijk besluit over het BIV)"

RIGHTS = {
    right.act: right
    for right in (
        Right(Act.DOSSIER_OPENEN, ((Role.BEHANDELAAR, Scope.ANY),), "Het eigen ministerie wordt penvoerder."),
        Right(
            Act.DOSSIER_LEZEN,
            (*((role, Scope.PARTICIPATING) for role in READING_ROLES), (Role.AUDITOR, Scope.ANY)),
            "SMO-leden, voorzitter en secretaris lezen mee vanaf het aanbieden aan de SMO.",
        ),
        Right(Act.DOSSIER_WIJZIGEN, (PENVOERDER,)),
        Right(Act.DEELNAME_REGELEN, (PENVOERDER,)),
        Right(
            Act.DEELNAME_STOPPEN,
            ((Role.TEAMLEIDER, Scope.OWN),),
            "Het ministerie zelf, met reden; de penvoerder kan een ander ministerie niet laten uittreden.",
        ),
        Right(Act.TOETS_DOEN, (PENVOERDER,)),
        Right(Act.TOETS_BEVESTIGEN, (TEAMLEIDER_PENVOERDER,), "Alleen als de uitkomst afwijkt van de antwoorden."),
        Right(Act.STAP_ZETTEN, (PENVOERDER,)),
        Right(Act.TERUG_VRAGEN, (PENVOERDER,), "Met reden; de teamleider bevestigt."),
        Right(Act.TERUG_BEVESTIGEN, (TEAMLEIDER_PENVOERDER,), "Niet degene die erom vroeg."),
        Right(Act.STOPPEN, (TEAMLEIDER_PENVOERDER,), "Met reden."),
        Right(Act.SCHRIJVEN, (BEHANDELAREN,)),
        Right(
            Act.SECTIE_SCHRIJVEN,
            (PENVOERDER, (Role.BEHANDELAAR, Scope.OWN)),
            "Elk deelnemend ministerie de eigen secties, de penvoerder alle.",
        ),
        Right(
            Act.INBRENG_GEVEN,
            ((Role.BEHANDELAAR, Scope.OWN),),
            "Elk deelnemend ministerie voor zichzelf.",
            "Leidraad par. 3.6, fase 2 (de werkgroep deelt informatie en analyses)",
        ),
        Right(Act.VOORLEGGEN, (PENVOERDER,)),
        Right(Act.PARAFEREN, ((Role.TEAMLEIDER, Scope.OWN),), "Elk deelnemend ministerie; niet de steller."),
        Right(Act.VASTSTELLEN, (PENVOERDER,), "Na de parafen."),
        Right(
            Act.AFWIJKEN,
            ((Role.VOORZITTER_SMO, Scope.ANY), TEAMLEIDER_PENVOERDER),
            "De teamleider alleen waar de SMO niet nodig is. Niet degene die erom vroeg.",
        ),
        Right(
            Act.SPOED_VERKLAREN,
            ((Role.GEMACHTIGDE, Scope.OWN),),
            "De gemachtigden van BZ en Defensie samen; niet degene die erom vroeg.",
            "artikel 100 lid 2 Grondwet; het samen vastleggen is een ontwerpkeuze: BZ en Defensie ondertekenen samen",
        ),
        Right(Act.INHALEN, ((Role.BEHANDELAAR, Scope.OWN),), "Het ministerie dat het inhalen op zich nam."),
        Right(Act.SMO_AANBIEDEN, (PENVOERDER,), "Hiermee kunnen de SMO-leden het dossier lezen.", SMO),
        Right(Act.STANDPUNT_INNEMEN, ((Role.SMO_LID, Scope.OWN),), "Of de plaatsvervanger.", SMO),
        Right(
            Act.CONCLUDEREN,
            ((Role.VOORZITTER_SMO, Scope.ANY), (Role.SECRETARIS_SMO, Scope.ANY)),
            "De secretaris namens de voorzitter; dat wordt vastgelegd.",
        ),
        Right(Act.SMO_INTREKKEN, (PENVOERDER,), "Met reden, zolang de voorzitter niet concludeerde."),
        Right(Act.SMO_TEKSTUEEL, ((Role.VOORZITTER_SMO, Scope.ANY),), "Niet de steller van die versie."),
        Right(Act.VOORWAARDE_AFHANDELEN, (PENVOERDER,)),
        Right(Act.VOORWAARDE_CONTROLEREN, ((Role.SECRETARIS_SMO, Scope.ANY),), "Niet degene die haar afhandelde."),
        Right(Act.SMO_AGENDA, ((Role.SECRETARIS_SMO, Scope.ANY),)),
        Right(
            Act.SMO_LIJST,
            ((Role.SECRETARIS_SMO, Scope.ANY), (Role.VOORZITTER_SMO, Scope.ANY)),
            "De een schrijft, de ander stelt vast.",
        ),
        Right(
            Act.SMO_LEZEN,
            (
                (Role.SMO_LID, Scope.SMO),
                *((role, Scope.ANY) for role in (Role.VOORZITTER_SMO, Role.SECRETARIS_SMO, Role.AUDITOR)),
            ),
            "Wie hier niet staat, ziet op de agenda alleen de stukken van dossiers die hij mag lezen.",
        ),
        Right(Act.BESLUIT_REGISTREREN, ((Role.GEMACHTIGDE, Scope.OWN),), "Elke minister apart."),
        Right(
            Act.BESLUIT_BEVESTIGEN, ((Role.GEMACHTIGDE, Scope.OWN),), "Een tweede gemachtigde van hetzelfde ministerie."
        ),
        Right(Act.MR_REGISTREREN, ((Role.SECRETARIAAT, Scope.LEAD),)),
        Right(Act.MR_BEVESTIGEN, ((Role.SECRETARIAAT, Scope.LEAD),), "Een tweede persoon."),
        Right(
            Act.VASTLEGGEN,
            (PENVOERDER, (Role.BEHANDELAAR, Scope.OWN)),
            "De penvoerder alles; Defensie het operatieconcept en de ontvangst van het Militair Advies.",
        ),
        Right(
            Act.POLITIE_REGISTREREN,
            ((Role.GEMACHTIGDE, Scope.OWN),),
            "Van JENV; een tweede persoon bevestigt.",
            "Leidraad kader 3 (de minister van Veiligheid en Justitie beslist over de inbreng van de politie)",
        ),
        Right(Act.KAMER_VASTLEGGEN, (PENVOERDER, (Role.SECRETARIAAT, Scope.LEAD))),
        Right(Act.BIV_AANVRAGEN, (PENVOERDER,), "", BIV),
        Right(
            Act.BIV_BESLISSEN, ((Role.GEMACHTIGDE, Scope.OWN),), "BHOS, BZ en DEF; JENV bij politie of justitie.", BIV
        ),
        Right(
            Act.BIV_RESERVEREN,
            (BIV_BEHEERDER,),
            "Na het positieve advies van de SMO; niet wie het geld aanvroeg.",
        ),
        Right(Act.BIV_BOEKEN, (BIV_BEHEERDER,)),
        Right(Act.BIV_BEHEREN, (BIV_BEHEERDER,), "Met reden; wat een dossier al bindt, verschuift niet."),
        Right(Act.BRIEF_ONDERTEKENEN, ((Role.GEMACHTIGDE, Scope.OWN),), "In de volgorde van ondertekening."),
        Right(Act.BRIEF_VERZENDEN, ((Role.SECRETARIAAT, Scope.LEAD),)),
        Right(Act.RUBRICEREN, ((Role.VASTSTELLER, Scope.PARTICIPATING),), "Met duur en reden."),
        Right(Act.OPNIEUW_MAKEN, (BEHANDELAREN, (Role.SECRETARIAAT, Scope.PARTICIPATING))),
        Right(Act.RECHTEN_LEZEN, ALLE),
        Right(Act.BIV_LEZEN, tuple((role, Scope.ANY) for role in Role if role != Role.BEHEERDER)),
    )
}
