"""Whether evidence carries a claim: word for word, or else by its facts, its ties and by closeness."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import get_args

from dateline.index import Embedder, Reader
from dateline.index.sentences import sentences as ends_of
from dateline.text import Parser
from dateline.types import Support, SupportingSentence
from dateline.verification.align import LONGEST
from dateline.verification.checks import CHECKS, Check, Laid
from dateline.verification.closeness import Candidate, Weights, candidates, phrases, weigh
from dateline.verification.evidence import Sentence, beside, read, with_initials
from dateline.verification.findings import Finding, Weight
from dateline.verification.names import abbreviated, initials
from dateline.verification.quotation import SOMEBODYS_WORDS, in_quotation
from dateline.verification.score import (
    BY_MEANING,
    BY_TIES,
    BY_WORDS,
    OTHERWISE,
    QUOTED,
    Features,
    label,
    score,
    turned,
)
from dateline.verification.structure import Carried, Comparison
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
    said: frozenset[str]  # keys of the claim's words that some sentence says, in this word or another

    @property
    def alone(self) -> bool:
        """Whether its first sentence carries the claim by itself."""
        return len(self.named) == 1 and label(self.score, self.features, self.findings) == "supported"


@dataclass(frozen=True, slots=True)
class Means:
    """What claims are held against sentences with; `without` names checks that are left out, for a bench."""

    embedder: Embedder | None = None
    parser: Parser | None = None
    without: Collection[str] = ()

    @property
    def checks(self) -> list[Check]:
        """Those that are made."""
        return [check for name, check in CHECKS.items() if name not in self.without]

    def comparison(
        self, text: str, claim: Sequence[Token], weights: Weights, sentences: Sequence[Sentence]
    ) -> Comparison | None:
        """The claim beside the sentences by words in context and by ties.

        None without a parser or a reader, and for a claim that is longer than any sentence.
        """
        if self.parser is None or not isinstance(self.embedder, Reader) or len(claim) > LONGEST:
            return None
        return Comparison(text, claim, weights, sentences, parser=self.parser, reader=self.embedder)


def verify(
    claim: str,
    evidence: Sequence[str] | str,
    *,
    embedder: Embedder | None = None,
    parser: Parser | None = None,
) -> Support:
    """How far the evidence carries the claim; see `Support`. Without an embedder, by words alone.

    A claim that stands there word for word, as one or several whole sentences, is supported; inside a
    quotation it is somebody's words, and partly so. Any other claim is held against the sentences nearest to
    it: what they say otherwise, leave out, or say only with a "not" or a "may", makes the score small. With a
    parser, they are compared by who does what to whom, too, in whatever words and order: it needs an embedder
    that reads words in their context. A claim of several sentences is as good as the worst of them.
    """
    return verify_with(Means(embedder, parser), claim, evidence)


def verify_with(means: Means, claim: str, evidence: Sequence[str] | str) -> Support:
    """The same, with means that are put together already."""
    texts = [evidence] if isinstance(evidence, str) else list(evidence)
    sentences = read(texts)
    if sentences and (found := _verbatim(claim, sentences, texts)):
        return found
    parts = [claim[start:end] for start, end in ends_of(claim)]
    parts = [part for part in parts if tokens(part)]
    if not sentences or not parts:
        return Support("unsupported", 0.0, (), ("there is nothing to compare",))
    return _together([_of_part(means, part, sentences, texts) for part in parts], parts, texts)


def _together(found: Sequence[Support], parts: Sequence[str], texts: Sequence[str]) -> Support:
    """A claim of several sentences: supported where each is, unsupported where none is in part."""
    if len(found) == 1:
        return found[0]
    labels = {one.label for one in found}
    worst = min(found, key=lambda one: one.score)
    verdict, score, reasons = worst.label, worst.score, [reason for one in found for reason in one.reasons]
    if len(labels) > 1:
        verdict = "partly"
    for before, one, part in zip(found, found[1:], parts[1:], strict=False):
        if verdict == "supported" and _third_person(part) and _apart(before, one, texts):
            verdict, score = "partly", min(score, QUOTED)
            reasons.append(f"another text says “{part}”: of somebody else, perhaps")
    sentences = dict.fromkeys(stands for one in found for stands in one.sentences)
    return Support(verdict, score, tuple(sentences), tuple(dict.fromkeys(reasons)))


def _third_person(part: str) -> bool:
    return any(token.word in ("he", "she", "it", "they", "him", "her", "them") for token in tokens(part))


def _apart(one: Support, other: Support, texts: Sequence[str]) -> bool:
    """Whether two sentences stand in different texts, which are more than a list of sentences."""
    a, b = one.sentences[0], other.sentences[0]
    listed = all((stands.start, stands.end) == (0, len(texts[stands.evidence])) for stands in (a, b))
    return a.evidence != b.evidence and not listed


def _of_part(means: Means, text: str, sentences: Sequence[Sentence], texts: Sequence[str]) -> Support:
    if found := _verbatim(text, sentences, texts):
        return found
    mine = tokens(text)
    known = initials([*mine, *(token for one in sentences for token in one.tokens)])
    mine, sentences = abbreviated(mine, known), with_initials(sentences, known)
    held = _held(means, text, mine, sentences)
    best = max(held.readings(), key=lambda one: one.score)
    verdict, reasons = label(best.score, best.features, best.findings), _reasons(best, mine)
    if verdict != "supported" and not reasons:  # of words that say little: "It was so."
        reasons = (NOT_SAID,)
    also = held.also(best) if verdict == "supported" else []
    named = tuple(one.stands for one in best.named)
    return Support(verdict, best.score, named, reasons, tuple(one.stands for one in also))


def readings(
    text: str, claim: Sequence[Token], sentences: Sequence[Sentence], embedder: Embedder | None
) -> list[Reading]:
    """The claim held against the nearest sentence, and against any other that is about as near."""
    return _held(Means(embedder), text, claim, sentences).readings()


def _held(means: Means, text: str, claim: Sequence[Token], sentences: Sequence[Sentence]) -> _Held:
    weights = weigh(claim, sentences)
    found = candidates(text, claim, sentences, weights, means.embedder)
    near = sorted(found, key=lambda one: -one.closeness)[:CITED]
    places = {one.sentence.place - before for one in near for before in (0, 1)}
    comparison = means.comparison(text, claim, weights, [one for one in sentences if one.place in places])
    return _Held(means, text, near, sentences, weights, comparison)


def _verbatim(claim: str, sentences: Sequence[Sentence], texts: Sequence[str]) -> Support | None:
    carried: list[tuple[SupportingSentence, ...]] = []
    quoted = None
    for run in runs(claim, sentences):
        stands = tuple(sentence.stands for sentence in run)
        if not in_quotation(run[0], texts[run[0].stands.evidence]):
            carried.append(stands)
        quoted = quoted or Support("partly", QUOTED, stands, (SOMEBODYS_WORDS,))
    if carried:
        return Support(
            "supported", 1.0, carried[0], (), tuple(one[0] for one in carried[1:] if len(one) == 1)
        )
    return quoted


@dataclass(frozen=True, slots=True)
class _Held:
    """A claim and the sentences near to it, of which each is taken in turn for the one that says it."""

    means: Means
    text: str
    near: Sequence[Candidate]
    sentences: Sequence[Sentence]
    weights: Weights
    comparison: Comparison | None

    def readings(self) -> list[Reading]:
        """What comes of the claim if the nearest sentence says it, or another that is about as near."""
        least = self.near[0].closeness - _TIE
        return [self.against(one) for one in self.near if one.closeness >= least]

    def also(self, best: Reading) -> list[Sentence]:
        """Other near sentences that carry the claim by themselves, best first."""
        others = [self.against(one) for one in self.near if one.sentence.place != best.named[0].place]
        return [one.named[0] for one in sorted(others, key=lambda one: -one.score) if one.alone]

    def against(self, best: Candidate) -> Reading:
        """What comes of the claim if this sentence says it."""
        around = {
            one.place: one for candidate in self.near for one in beside(candidate.sentence, self.sentences)
        }
        others = [
            token for place, one in around.items() if place != best.sentence.place for token in one.tokens
        ]
        beside_best = self.comparison.beside[best.sentence.place] if self.comparison else None
        laid = Laid(best.laid, self.text, best.sentence.text, others, beside_best)
        findings: list[Finding] = []
        for check in self.means.checks:
            findings += check(laid, findings)
        carried = self._carried(best)
        features = Features(
            pairs=best.pairs,
            phrases=phrases(best.laid.claim, [one.tokens for one in around.values()]),
            meaning=best.meaning,
            missing=min(_MISSING, sum(one.weight == "missing" for one in findings)),
            turned=turned(findings, self.weights, best.sentence.keys),
            absent=min(_ABSENT, len(_absent(self.weights, self.sentences))),
            replaced=self.weights.share(best.replaced),
            words=carried.words if carried else 0.0,
            ties=carried.ties if carried else 0.0,
            weakest=carried.weakest if carried else 0.0,
        )
        scale = BY_TIES if carried else BY_WORDS if self.means.embedder is None else BY_MEANING
        value = score(features, scale)
        if self.means.embedder is not None and said_otherwise(best, findings):
            value = max(value, OTHERWISE)
        if any(one.weight == "quoted" for one in findings):
            value = min(value, QUOTED)
        said = frozenset[str]().union(*(one.keys for one in self.sentences))
        said |= self.comparison.said() if self.comparison else frozenset()
        return Reading(value, features, tuple(findings), self._named(best), said)

    def _carried(self, best: Candidate) -> Carried | None:
        if self.comparison is None:
            return None
        place = best.sentence.place
        near = {one.sentence.place for one in self.near} | {place - 1}
        return self.comparison.carried(place, self.comparison.beside.keys() & near - {place})

    def _named(self, best: Candidate) -> tuple[Sentence, ...]:
        """The best sentence, and each other that carries what those before it do not; no more than needed."""
        named = [best.sentence]
        for other in self.near:
            if self._share([*named, other.sentence]) - self._share(named) > _ADDS:
                named.append(other.sentence)
        for one in named[1:-1]:  # the last was needed when it came
            rest = [other for other in named if other is not one]
            if self._share(named) - self._share(rest) <= _ADDS:
                named = rest
        return tuple(named)

    def _share(self, sentences: Sequence[Sentence]) -> float:
        """The part of the claim that the sentences carry together, by its words."""
        return self.weights.share(frozenset().union(*(one.keys for one in sentences)))


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


def _reasons(best: Reading, claim: Sequence[Token]) -> tuple[str, ...]:
    """The findings, gravest first; then the words of the claim that are in no finding and in no sentence."""
    found = [one.reason for one in sorted(best.findings, key=lambda one: _GRAVEST.index(one.weight))]
    words = dict.fromkeys(one.word for one in claim if one.kind == "word" and one.key not in best.said)
    new = [word for word in words if not any(word in reason.casefold() for reason in found)]
    if new:
        found.append("in no sentence: " + ", ".join(f"“{word}”" for word in new))
    return tuple(dict.fromkeys(found))
