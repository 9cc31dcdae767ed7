"""What is marked higher than Dep. V. is refused in every spelling; ordinary sentences are not."""

import pytest
from django.core.exceptions import ValidationError

from cases.rubricering import refuse_higher


@pytest.mark.parametrize(
    "marked",
    [
        "Stg. GEHEIM",
        "STG-GEHEIM",
        "STG_GEHEIM",
        "Stg.-Geheim",
        "STG: GEHEIM",
        "STGGEHEIM",
        "Stg. Zeer Geheim",
        "STG.C",
        "stg-zg",
        "Staatsgeheim confidentieel",
        "S\u200btg. Ge\u200bheim",
        "STG\u00ad.\u2060 GEHEIM",
        "ＳＴＧ． ＧＥＨＥＩＭ",
        "NAVO GEHEIM",
        "NATO-SECRET",
        "NATO\nRESTRICTED",
        "Cosmic Top Secret",
        "EU RESTRICTED",
        "RESTREINT UE/EU RESTRICTED",
        "TRE\u0300S SECRET UE",
    ],
)
def test_a_higher_marking_is_refused(marked):
    with pytest.raises(ValidationError, match="niet voor staatsgeheimen"):
        refuse_higher(f"Bijlage: {marked}, blad 1")


@pytest.mark.parametrize(
    "innocent",
    [
        "geen staatsgeheim",
        "de secretaris van de NAVO",
        "EU restricties",
        "het geheim",
        "de EU-secretaris",
        "de NAVO beperkt de inzet",
        "Departementaal VERTROUWELIJK",
        "tactisch geheim",
    ],
)
def test_an_ordinary_sentence_is_not(innocent):
    refuse_higher(innocent)
