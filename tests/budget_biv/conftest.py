"""A fund with a ceiling of a thousand euros in two years, 400 of it ODA."""

import pytest

from budget_biv.models import Ceiling, Fund
from tests import builders as b
from tests.budget_biv.money import YEAR


@pytest.fixture
def fund(db) -> Fund:
    manager = b.ministry("DEF")
    values = {"start": 2020, "end": 2040, "chapter": "X", "article": "1", "source": "proef", "manager": manager}
    found = Fund.objects.create(name="Proeffonds", **values)
    for year in (YEAR, YEAR + 1):
        Ceiling.objects.create(
            fund=found, year=year, category=b.category(found), amount=1000, oda_amount=400, source="proef"
        )
    return found
