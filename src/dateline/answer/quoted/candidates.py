"""Strings of a sentence that are of the kind asked for, and how well each would answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from dateline.answer.otherwise import alike, in_any_words, weights_of
from dateline.index.sentences import Span
from dateline.index.words import terms
from dateline.patterns import lazy
from dateline.search import Question, Sentence
from dateline.search.asked import Asked, Kind, asked_for, asked_for_each, names, strings
from dateline.search.which import TURNS

OF_A_NAME = 0.5
_TOLD = 0.15  # of what is asked of the names: a sentence with less has its days and places of another thing
_UNTOLD = 0.6
_NEAR = 6.0  # steps in which a word of the question counts a third
_STEPS: Mapping[str, int] = {",": 3, ";": 8, ":": 6, ".": 8, "(": 4, ")": 4, "—": 4, "–": 4}  # else 1
_TITLE = 3  # words of a title between "by" and the name: "by governor Ruth Aske"
_PAST_ANOTHER = 4  # steps over a string that would answer as well
_TOKEN = lazy(r"\w+(?:['’]\w+)?|[.,;:()—–]")
_YEAR = lazy(r"(?:1[5-9]|20)\d\d")
_OF_ANOTHER_YEAR = 0.4
_RELATIVE = lazy(r"['’]s?\b|\bof\b")
_LAST = lazy(r"(\w+) (?:the )?$")
_JOINED = lazy(r",? and |, ")  # names of one row: "Lane, Stone and Vail"
_NAMES: frozenset[Kind] = frozenset(("person", "name"))
_PLACED = frozenset("in at of from to on near".split())  # before a name: mostly no person's
_ARTICLES = frozenset("the a an its his her their".split())
_WHERE = frozenset("in at near into within outside".split())
_WHENCE = frozenset("of from on between".split())
_PART = frozenset("last first other anoth next remain further".split())  # stems before a part of a number
_SAYING = frozenset("said say announc told wrote add report".split())  # stems beside the day of the saying
_DID = lazy(r"\b(?:who|whom|where) (?:did|do|does|will|would|has|have|had)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string of a sentence: what it says, whatever its form; where it stands; how well it would answer."""

    key: tuple[str, ...]
    span: Span  # in the article
    worth: float


@dataclass(frozen=True, slots=True)
class _Token:
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for: the kind of string, what its words weigh, and which of them are no names.

    A name of the question stands all over its articles; the others say what of it is asked.
    """

    asked: Asked
    known: frozenset[str]  # stems of the question
    weights: Mapping[str, float]
    relation: Mapping[str, float]
    names: frozenset[str]  # stems of the question's names
    question: str


def wanted(question: Question, ranked: Sequence[Sentence]) -> Wanted | None:
    """None where no short string could be the answer, or no rule knows its kind."""
    asked = asked_for(question.text)
    return _wanted(asked, question, ranked) if asked else None


def wanted_each(question: Question, ranked: Sequence[Sentence]) -> list[Wanted]:
    """The same of a question for two things at once: "when and where"."""
    return [_wanted(asked, question, ranked) for asked in asked_for_each(question.text)]


def _wanted(asked: Asked, question: Question, ranked: Sequence[Sentence]) -> Wanted:
    weights = weights_of(question, ranked)
    names = {*terms(" ".join(question.names)), *terms(asked.which)}
    relation = {term: weight for term, weight in weights.items() if term not in names}
    return Wanted(asked, frozenset(terms(question.text)), weights, relation, frozenset(names), question.text)


def candidates(wanted: Wanted, sentence: Sentence) -> Iterator[Candidate]:
    """Strings of the wanted kind that the question does not name itself.

    Each is worth the weight of the question's words near it, and more where it stands as an answer would:
    "48 PASSENGERS", "MAYOR Okafor", "opened BY Okafor". A comma, and another string of the kind, lie between.
    """
    asked, known = wanted.asked, wanted.known
    text = sentence.hit.article.text[sentence.lead : sentence.end]
    tokens = _tokens(text)
    holds = in_any_words(wanted.weights, sentence.stems)
    aside = asked.kind in ("time", "place") and told(wanted.relation, sentence) < _TOLD
    share = _UNTOLD if aside else 1.0
    held = [_Held.of(tokens, span, known) for span in dict.fromkeys(_strings(asked, text, sentence, holds))]
    free = [one for one in held if one.key and not (one.known or _is_asked_about(wanted, one))]
    others = {n for one in free for n in range(one.first, one.last + 1)}
    for one in free:
        around = _Around(tokens, one.first, one.last, frozenset(others), holds)
        cue = _cue(asked, around, one.key, known) + _role(wanted, around)
        cue -= _OF_ANOTHER_YEAR * around.another_year(known, within=asked.kind == "time")
        worth = max(0.0, around.nearness() + cue) + 0.05
        yield Candidate(one.key, (sentence.lead + one.span[0], sentence.lead + one.span[1]), share * worth)


def told(relation: Mapping[str, float], sentence: Sentence) -> float:
    """The share of the words that a sentence has, in any words; 1 of none."""
    whole = sum(relation.values())
    return sum(in_any_words(relation, sentence.stems).values()) / whole if whole else 1.0


def _strings(asked: Asked, text: str, sentence: Sentence, holds: Collection[str]) -> Iterator[Span]:
    found = sorted({*strings(asked, text, sentence.hit.article.day)})
    if asked.kind == "place" and not asked.which:
        yield from (span for span in names(text) if _reached(holds, text, span))
    if asked.kind not in _NAMES:
        yield from found
        return
    row: list[Span] = []
    for span in found:
        if row and not _JOINED.fullmatch(text, row[-1][1], span[0]):
            yield from _in_row(row, text)
            row = []
        row.append(span)
    yield from _in_row(row, text)


def _is_asked_about(wanted: Wanted, held: _Held) -> bool:
    """A place that has a name of the question is none: "the meeting of Donald TRUMP".

    Nor is a person who has its family name, but for a relative: who met Aske is not Ruth Aske.
    """
    if wanted.asked.kind == "person" and not _RELATIVE.search(wanted.question):
        return held.key[-1] in wanted.names
    return wanted.asked.kind == "place" and not wanted.names.isdisjoint(held.key)


def _reached(holds: Collection[str], text: str, span: Span) -> bool:
    """ "visited CHINA": a name straight behind a verb of the question."""
    before = _LAST.search(text, 0, span[0])
    verb = before[1] if before and before[1].islower() and before[1] not in TURNS else None
    return verb is not None and {*terms(verb)} <= {*holds}


def _in_row(row: Sequence[Span], text: str) -> Iterator[Span]:
    """One string of names that a last "and" joins; else each by itself."""
    if len(row) > 1 and "and" in text[row[-2][1] : row[-1][0]]:
        yield row[0][0], row[-1][1]
    else:
        yield from row


@dataclass(frozen=True, slots=True)
class _Held:
    """A string among the tokens of its sentence; `known`: the question has its words."""

    key: tuple[str, ...]
    span: Span
    first: int
    last: int
    known: bool

    @staticmethod
    def of(tokens: Sequence[_Token], span: Span, known: Collection[str]) -> _Held:
        inside = [n for n, token in enumerate(tokens) if span[0] <= token.start < span[1]]
        key = tuple(tokens[n].stem for n in inside)
        named = all(stem in known for stem in key if len(stem) > 1 or stem.isdigit())
        return _Held(key, span, inside[0] if inside else 0, inside[-1] if inside else 0, named)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around tokens[first : last + 1]."""

    tokens: list[_Token]
    first: int
    last: int
    others: frozenset[int]  # places of what would answer as well
    weights: Mapping[str, float]

    @property
    def before(self) -> str:
        """The token before the string, and before its article."""
        place = self.first - 1
        while place > 0 and self.tokens[place].stem in _ARTICLES:
            place -= 1
        return self.tokens[place].stem if place >= 0 else ""

    def preceded_by(self, word: str) -> bool:
        """Whether that word stands right before the string."""
        return self.first > 0 and self.tokens[self.first - 1].stem == word

    @property
    def after(self) -> list[str]:
        return [token.stem for token in self.tokens[self.last + 1 : self.last + 4]]

    def nearness(self) -> float:
        """The weight of the question's words, each by how near to the string it stands."""
        return sum(self.weights[stem] * exp((1 - steps) / _NEAR) for stem, steps in self._nearest().items())

    def told_before(self) -> float:
        """From 1, where the question's words all stand before the string, to -1, where all stand after."""
        places = [n for n, token in enumerate(self.tokens) if token.stem in self.weights]
        before = {self.tokens[n].stem for n in places if n < self.first}
        after = {self.tokens[n].stem for n in places if n > self.last} - before
        first, then = (sum(self.weights[stem] for stem in each) for each in (before, after))
        return (first - then) / (first + then or 1.0)

    def sign_of(self, verbs: Collection[str]) -> int:
        """1 where the string stands before one of the verbs or after its "by", -1 where after it, else 0."""
        places = [n for n, token in enumerate(self.tokens) if token.stem in verbs]
        if not places:
            return 0
        nearest = min(places, key=lambda n: abs(n - self.first))
        return 1 if nearest > self.last or self.by(*verbs) else -1

    def by(self, *stems: str) -> bool:
        """Whether it stands behind "by", and that behind one of the stems: "OPENED on Monday BY Okafor"."""
        titles = self.tokens[max(0, self.first - _TITLE) : self.first]
        return (self.before == "by" or any(token.stem == "by" for token in titles)) and any(
            token.stem in stems for token in self.tokens[max(0, self.first - 6) : self.first]
        )

    def another_year(self, known: Collection[str], *, within: bool) -> bool:
        """Whether the nearest year, or that `within` the string, is none of the question's, which has one."""
        places = range(self.first, self.last + 1) if within else range(len(self.tokens))
        years = [n for n in places if _YEAR.fullmatch(self.tokens[n].stem)]
        if not years or not any(_YEAR.fullmatch(stem) for stem in known):
            return False
        return self.tokens[min(years, key=lambda n: abs(n - self.first))].stem not in known

    def behind(self, stems: Collection[str]) -> bool:
        """Whether one of these stands before the string, with small words between: "CRASHED into the sea"."""
        return any(token.stem in stems for token in self.tokens[max(0, self.first - 3) : self.first])

    def beside(self, stems: Collection[str]) -> bool:
        """Whether one of these stands at the string, or past one comma or small word."""
        near = self.tokens[max(0, self.first - 2) : self.first] + self.tokens[self.last + 1 : self.last + 4]
        return any(token.stem in stems for token in near)

    def _nearest(self) -> dict[str, int]:
        steps: dict[str, int] = {}
        for path in (range(self.first - 1, -1, -1), range(self.last + 1, len(self.tokens))):
            walked, was_other = 0, False
            for n in path:
                is_other = n in self.others
                walked += _STEPS.get(self.tokens[n].stem, 1) + _PAST_ANOTHER * (is_other and not was_other)
                was_other = is_other
                stem = self.tokens[n].stem
                if stem in self.weights:
                    steps[stem] = min(walked, steps.get(stem, walked))
        return steps


def _role(wanted: Wanted, around: _Around) -> float:
    """What the side on which a string stands says for it: "whom did X meet" has it behind the words.

    In "who was the mayor" the string and the mayor are side by side.
    """
    asked = wanted.asked
    if asked.kind == "person" and asked.does:
        return 0.1 * around.sign_of(_doing(asked))
    if _DID.search(wanted.question) and asked.kind in ("person", "place"):
        return 0.15 * around.told_before() + 0.3 * around.behind(wanted.relation)
    if asked.kind == "person":
        return 0.2 * around.beside(wanted.relation)
    return 0.2 * around.beside(wanted.weights) if asked.kind == "name" else 0.0


def _doing(asked: Asked) -> frozenset[str]:
    """The verb of "who WON it", and those that tell of the same: "France BEAT Croatia"."""
    return alike(asked.does) | {asked.does} if asked.does else frozenset()


def _cue(asked: Asked, around: _Around, key: Sequence[str], known: Collection[str]) -> float:
    """What the words beside a string say for it or against it."""
    repeats = any(stem in known and len(stem) > 1 for stem in key if stem not in terms(asked.which))
    before, after = around.before, around.after
    match asked.kind:
        case "person" | "name":
            doing = _doing(asked)
            does = 0.3 * (not doing.isdisjoint(after))
            subject = 0.1 * (len(key) > 1) + 0.1 * (around.first == 0) + 0.4 * around.by(*around.weights)
            bare = asked.kind == "person" and around.preceded_by("the") and len(key) == 1  # "the Lenn"
            of_a_thing = bool(after) and after[0] in around.weights and after[0] not in doing  # "Luang CAVE"
            return does + subject - 0.35 * (before in _PLACED or bare) - 0.3 * (repeats + of_a_thing)
        case "place":
            stands = 0.3 * (before in _WHERE) - 0.4 * (before in _WHENCE and before not in known)
            return stands - 0.4 * ("from" in known and before != "from") - 0.5 * repeats
        case "count":
            if before in _PART or "more" in after[:1]:
                return -1.0
            if set(asked.counted) & set(after):
                return 0.5
            return -0.2 if asked.counted else 0.0
        case "time":
            near = {token.stem for token in around.tokens[max(0, around.first - 2) : around.first]}
            return -0.3 * bool(_SAYING & {*near, *after[:1]})
        case _:
            return 0.0


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        stems = terms(match[0])
        found.append(_Token(stems[0] if stems else match[0], match.start(), match.end()))
    return found
