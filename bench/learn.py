"""Fit the likeness of free text to the labelled phrases that were open while the rules were written.

`python -m bench.learn` writes the weights that the product reads; `--left-out` fits without each
fifth of the phrases in turn and prints how well the fifth is read at several thresholds, by which
they are chosen: the phrases lie in the order of their authors, so a fifth is by others. The held phrases are never looked at.
"""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from app.clinical.triage import LANGUAGES, Triage, plain_text, triage
from app.clinical.triage.likeness import BUCKETS, CODES, buckets
from bench.triage import PHRASES, Phrase, phrases, score_of

PRODUCT = Path(__file__).parent.parent / "app" / "clinical" / "triage"
TRUST = 30.0  # how much a phrase weighs against small weights
STEPS = 60
PARTS = 5
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 2.0)  # the last: the rules alone


def rows(texts: Iterable[str]) -> sparse.csr_matrix:
    """A row a text: 1 over the root of how many buckets it has, in each of them."""
    found = [buckets(plain_text(text)) for text in texts]
    values = [np.full(len(at), 1 / np.sqrt(max(1, len(at)))) for at in found]
    ends = np.cumsum([0] + [len(at) for at in found])
    parts = (np.concatenate(values), np.concatenate(found), ends)
    return sparse.csr_matrix(parts, shape=(len(found), BUCKETS))


def fit(told: sparse.csr_matrix, has: np.ndarray) -> np.ndarray:
    """The weights and, last, the bias; the few that have the flag weigh as much as the rest."""
    sign = np.where(has, 1.0, -1.0)
    weigh = TRUST / 2 / np.where(has, has.mean(), 1 - has.mean())

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (told @ at[:-1] + at[-1])
        slope = -sign * weigh / (1 + np.exp(margin))
        value = float((weigh * np.logaddexp(0, -margin)).sum() + at[:-1] @ at[:-1] / 2)
        return value, np.append(told.T @ slope + at[:-1], slope.sum())

    start = np.zeros(told.shape[1] + 1)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x


def fit_all(said: Sequence[Phrase]) -> np.ndarray:
    """A column of weights and bias a flag."""
    told = rows(phrase.text for phrase in said)
    has = [np.array([code in phrase.red_flags for phrase in said]) for code in CODES]
    return np.stack([fit(told, own) for own in has], axis=1)


def write(language: str) -> None:
    fitted = fit_all(phrases(language, "written"))
    scale = np.abs(fitted[:-1]).max(axis=0) / 127
    np.savez_compressed(
        PRODUCT / f"learned.{language}.npz",
        weights=np.round(fitted[:-1] / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=fitted[-1].astype(np.float32),
        phrases=fingerprint(language),
    )


def fingerprint(language: str) -> str:
    """Tells one set of written phrases from another."""
    return hashlib.sha256((PHRASES / f"{language}.written.tsv").read_bytes()).hexdigest()


def left_out(language: str) -> None:
    """How well each fifth is read by the rules and by what was fitted to the others."""
    said = phrases(language, "written")
    read = [triage(phrase.text, language, by_rules_only=True) for phrase in said]
    likely = np.zeros((len(said), len(CODES)))
    for part in range(PARTS):
        kept = [phrase for at, phrase in enumerate(said) if at * PARTS // len(said) != part]
        out = [at for at in range(len(said)) if at * PARTS // len(said) == part]
        fitted = fit_all(kept)
        told = rows(said[at].text for at in out)
        likely[out] = 1 / (1 + np.exp(-(told @ fitted[:-1] + fitted[-1])))
    for threshold in THRESHOLDS:
        scored = score_of(
            (phrase.red_flags, _found(read[at], likely[at], threshold))
            for at, phrase in enumerate(said)
        )
        print(
            f"{language} from {threshold:g}: recall {scored.recall:.1%}"
            f" precision {scored.precision:.1%}",
            flush=True,
        )


def _found(read: Triage, likely: np.ndarray, threshold: float) -> set[str]:
    """The flags of the rules, and those that are likely enough and that no rule names."""
    named = {span.code for span in read.spans}
    alike = {code for code, how in zip(CODES, likely, strict=True) if how >= threshold}
    return {*read.red_flags, *(alike - named)}


def main() -> None:
    for language in LANGUAGES:
        if "--left-out" in sys.argv:
            left_out(language)
        else:
            write(language)
            print(f"{language}: fitted to {len(phrases(language, 'written'))} phrases")


if __name__ == "__main__":
    main()
