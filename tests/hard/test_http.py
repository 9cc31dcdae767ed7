"""The three named pairs through real HTTP, three rounds."""

import pytest

from tests.hard import hammer
from tests.hard.place import cap


@pytest.mark.django_db(transaction=True)
def test_three_pairs_through_http(django_db_setup):
    cap(django_db_setup)
    tallies = hammer.through_http(3)
    assert [tally.rounds for tally in tallies] == [3, 3, 3]
    assert [words for tally in tallies for words in tally.wrong] == []
