"""Whether evidence carries a claim: word for word, or else by its facts and by closeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from dateline.index import Embedder
from dateline.types import Support
from dateline.verification.bounds import check_bounds
from dateline.verification.closeness import Candidate, Weights, candidates, phrases, weigh
from dateline.verification.counts import check_counts
from dateline.verification.evidence import Sentence, beside, read, with_initials
from dateline.verification.facts import check_facts
from dateline.verification.findings import Finding, Weight
from dateline.verification.names import abbreviated, initials
from dateline.verification.operators import check_operators
from dateline.verification.opposites import check_opposites
from dateline.verification.quotation import SOMEBODYS_WORDS, check_quotation, in_quotation
from dateline.verification.score import (
    BY_MEANING,
    BY_WORDS,
    OTHERWISE,
    QUOTED,
    Features,
    label,
    score,
    turned,
)
from dateline.verification.speakers import check_speakers
from dateline.verification.tokens import Token, tokens
from dateline.verification.verbatim import runs

CITED = 3  # sentences that a claim may be put together from
_TIE = 0.1  # candidates this much less close than the best are read as well
_ADDS = 0.02  # of the claim's weight that a further sentence must carry to be named
_ABSENT, _MISSING = 4.0, 2.0  # more words, more facts than these count no more
NOT_SAID = "no sentence says it"
_SAME_MEANING = 0.75  # cosine of a claim and a sentence that says it in other words
_GRAVEST = get_args(Weight)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of holding a claim against one sentence, and the sentences it may rest on."""

    score: float
    features: Features
    findings: tuple[Finding, ...]
    named: tuple[Sentence, ...]


def verify(claim: str, evidence: Sequence[str] | str, *, embedder: Embedder | None = None) -> Support:
    """How far the evidence carries the claim; see `Support`. Without an embedder, by words alone.

    A claim that stands there word for word, as one or several whole sentences, is supported; inside a
    quotation it is somebody's words, and partly so. Any other claim is held against the sentences nearest to
    it: what they say otherwise, leave out, or say only with a "not" or a "may", makes the score small.
    """
    texts = [evidence] if isinstance(evidence, str) else list(evidence)
    sentences, mine = read(texts), tokens(claim)
    if not sentences or not mine:
        return Support("unsupported", 0.0, (), ("there is nothing to compare",))
    if found := _verbatim(claim, sentences, texts):
        return found
    known = initials([*mine, *(token for one in sentences for token in one.tokens)])
    mine, sentences = abbreviated(mine, known), with_initials(sentences, known)
    best = max(readings(claim, mine, sentences, embedder), key=lambda one: one.score)
    verdict, reasons = label(best.score, best.features, best.findings), _reasons(best, mine, sentences)
    if verdict != "supported" and not reasons:  # of words that say little: "It was so."
        reasons = (NOT_SAID,)
    return Support(verdict, best.score, tuple(one.stands for one in best.named), reasons)


def readings(
    text: str, claim: Sequence[Token], sentences: Sequence[Sentence], embedder: Embedder | None
) -> list[Reading]:
    """The claim held against the nearest sentence, and against any other that is about as near."""
    weights = weigh(claim, sentences)
    near = sorted(candidates(text, claim, sentences, weights, embedder), key=lambda one: -one.closeness)[
        :CITED
    ]
    return [
        _reading(text, one, near, sentences, weights, embedder)
        for one in near
        if one.closeness >= near[0].closeness - _TIE
    ]


def _verbatim(claim: str, sentences: Sequence[Sentence], texts: Sequence[str]) -> Support | None:
    quoted = None
    for run in runs(claim, sentences):
        stands = tuple(sentence.stands for sentence in run)
        if not in_quotation(run[0], texts[run[0].stands.evidence]):
            return Support("supported", 1.0, stands)
        quoted = quoted or Support("partly", QUOTED, stands, (SOMEBODYS_WORDS,))
    return quoted


def _reading(
    text: str,
    best: Candidate,
    near: Sequence[Candidate],
    sentences: Sequence[Sentence],
    weights: Weights,
    embedder: Embedder | None,
) -> Reading:
    around = {one.place: one for candidate in near for one in beside(candidate.sentence, sentences)}
    others = [token for place, one in around.items() if place != best.sentence.place for token in one.tokens]
    findings = [
        *check_facts(best.laid, text, best.sentence.text, others),
        *check_counts(best.laid, text, best.sentence.text),
        *check_bounds(best.laid),
        *check_opposites(best.laid),
        *check_operators(best.laid),
        *check_quotation(best.laid, text, best.sentence.text),
    ]
    if not any(one.weight == "against" for one in findings):
        findings += check_speakers(best.laid)
    features = Features(
        pairs=best.pairs,
        phrases=phrases(best.laid.claim, [one.tokens for one in around.values()]),
        meaning=best.meaning,
        absent=min(_ABSENT, len(_absent(weights, sentences))),
        missing=min(_MISSING, sum(one.weight == "missing" for one in findings)),
        replaced=weights.share(best.replaced),
        turned=turned(findings, weights, best.sentence.keys),
    )
    value = score(features, BY_WORDS if embedder is None else BY_MEANING)
    if embedder is not None and said_otherwise(best, findings):
        value = max(value, OTHERWISE)
    if any(one.weight == "quoted" for one in findings):
        value = min(value, QUOTED)
    return Reading(value, features, tuple(findings), _named(best, near, weights))


def said_otherwise(best: Candidate, findings: Sequence[Finding]) -> bool:
    """Whether the sentence says the claim in another order of words.

    It has all of the claim's content words and means nearly the same; nothing is missing or turned; and
    names, numbers and dates each come in one order, since who did what to whom is told by order.
    """
    claim, sentence = best.laid.claim, best.laid.sentence
    if best.meaning < _SAME_MEANING or any(one.weight != "slight" for one in findings):
        return False
    if not {token.key for token in claim if token.content} <= best.sentence.keys:
        return False
    for kind in ("name", "number", "date"):
        mine = list(dict.fromkeys(token.key for token in claim if token.kind == kind))
        theirs = [key for key in dict.fromkeys(token.key for token in sentence) if key in mine]
        if mine != theirs:
            return False
    return True


def _absent(weights: Weights, sentences: Sequence[Sentence]) -> frozenset[str]:
    """The claim's content words that stand nowhere."""
    return frozenset(weights.of).difference(*(one.keys for one in sentences))


def _named(best: Candidate, near: Sequence[Candidate], weights: Weights) -> tuple[Sentence, ...]:
    """The best sentence, and each other that carries words of the claim which those before it do not."""
    named, carried = [best.sentence], best.sentence.keys
    for other in near:
        if weights.share(carried | other.sentence.keys) - weights.share(carried) > _ADDS:
            named.append(other.sentence)
            carried |= other.sentence.keys
    return tuple(named)


def _reasons(best: Reading, claim: Sequence[Token], sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The findings, gravest first; then the words of the claim that are in no finding and in no sentence."""
    found = [one.reason for one in sorted(best.findings, key=lambda one: _GRAVEST.index(one.weight))]
    held = frozenset().union(*(one.keys for one in sentences))
    words = dict.fromkeys(one.word for one in claim if one.kind == "word" and one.key not in held)
    new = [word for word in words if not any(word in reason.casefold() for reason in found)]
    if new:
        found.append("in no sentence: " + ", ".join(f"“{word}”" for word in new))
    return tuple(dict.fromkeys(found))
