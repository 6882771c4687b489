"""Which comments may belong to a theme, by the letters of their words. A suggestion, never an act.

Computed here, on this machine, from published comments only; the same comments always give the same
suggestions. Pieces of words rather than whole ones, since Swedish joins and bends them: "lampa",
"lamporna" and "gatlampor" are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data import store
from data.answers import theme_assignment, themes
from data.decision_cache import remembered
from data.models import Staff
from data.rights import check_reviewer

LIMIT = 20
# under this two texts share no more than common words
LEAST_LIKENESS = 0.08
# a comment is compared with those of the theme that it is most like, not with all
NEAREST = 3
LETTERS = (3, 5)
PIECES_MAX = 50_000

_PUBLISHED = """
SELECT id, public_text FROM published_comments WHERE decision_id = $1 ORDER BY id
"""


@dataclass(frozen=True)
class Suggestion:
    """A comment that may belong to a theme; `likeness` is 0 to 1."""

    comment_id: int
    likeness: float


def similar(actor: Staff | None, theme: themes.Theme, *, limit: int = LIMIT) -> list[Suggestion]:
    """Return published comments that are like those of the theme, and like its title; most first.

    Those that lie under the theme already are left out.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    ids, vectorizer, letters = _letters_of(theme.decision_id)
    if not ids:
        return []
    under = theme_assignment.under(theme.decision_id)
    is_member = np.array([theme.id in under.get(one, ()) for one in ids])
    title = vectorizer.transform([f"{theme.title} {theme.summary}"])
    likeness = (letters @ title.T).toarray().ravel()
    if is_member.any():
        near = (letters @ letters[is_member].T).toarray()
        likeness = np.maximum(likeness, _mean_of_nearest(near))
    order = np.lexsort((np.array(ids), -likeness.round(6)))
    wanted = [n for n in order if not is_member[n] and likeness[n] >= LEAST_LIKENESS]
    return [Suggestion(ids[n], round(float(likeness[n]), 6)) for n in wanted[:limit]]


def _mean_of_nearest(near: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    count = min(NEAREST, near.shape[1])
    means: npt.NDArray[np.float64] = np.sort(near, axis=1)[:, -count:].mean(axis=1)
    return means


def _letters_of(decision_id: str) -> tuple[list[int], Any, Any]:
    """Return the ids of published comments, and a row of weights for each."""
    return remembered(decision_id, ("letters",), lambda: _weigh(decision_id))


def _weigh(decision_id: str) -> tuple[list[int], Any, Any]:
    # scikit-learn takes a second to import, and only officials who sort comments need it
    from sklearn.feature_extraction.text import TfidfVectorizer

    with store.cursor() as cursor:
        rows = cursor.execute(_PUBLISHED, [decision_id]).fetchall()
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=LETTERS, sublinear_tf=True, max_features=PIECES_MAX
    )
    texts = [text for _, text in rows]
    if not any(text.strip() for text in texts):
        return [], vectorizer, None
    return [number for number, _ in rows], vectorizer, vectorizer.fit_transform(texts)
