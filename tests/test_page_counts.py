"""The classes of a map and the sentence about the most are made in one place for every surface."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.shared.words.comment_counts import PERSON_BREAKS, breaks_of, say_most


def test_classes_fit_the_largest_of_what_may_be_shown():
    assert breaks_of([3, 40, 1]) == (2, 5, 10, 20)
    assert breaks_of([3, 128, float("nan")]) == (10, 25, 50, 100)
    assert breaks_of(pd.Series([pd.NA, 300], dtype="Int64"), PERSON_BREAKS) == (25, 50, 100, 200)
    assert breaks_of([]) == breaks_of([float("nan")]) == (2, 5, 10, 20)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "Ingen synpunkt gäller en särskild plats."),
        ({"Ekeby": 0}, "Ingen synpunkt gäller en särskild plats."),
        ({"Ekeby": 3, "Landa": 1}, "Flest synpunkter gäller Ekeby: 3 av 9."),
        ({"Landa, Skranta": 3, "Ekeby": 3}, "gäller Ekeby och Landa/Skranta: 3 var, av 9."),
        (dict.fromkeys("ABCD", 2), "utspridda. Inget område har fler än 2 av 9."),
    ],
)
def test_the_most_is_said_alike_everywhere(counts, said):
    assert said in say_most(counts, 9)
