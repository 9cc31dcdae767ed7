"""Random sequences against the model, in short: a handful, from every phase."""

import pytest

from tests.hard import process
from tests.hard.sim import FIGURES, UNKNOWN, bases


@pytest.mark.django_db
def test_a_few_sequences_agree_with_the_model(cast, monkeypatch):
    monkeypatch.setattr(process.Procedure, "starts", bases(cast))
    process.run(5, steps=40, same=True)
    assert FIGURES["gedaan"] > 15
    assert FIGURES["geweigerd"] > 8
    assert not UNKNOWN
