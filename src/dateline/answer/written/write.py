"""An answer written by a language model; the program finds and proves what carries each of its sentences."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.answer.draft import ROUND, Draft, compose, with_markers
from dateline.answer.model import LanguageModel
from dateline.answer.quotes import cite, find_quote
from dateline.answer.usage import Spending
from dateline.answer.wording import in_marks, origin
from dateline.answer.written.attribution import Attribution
from dateline.answer.written.budget import evidence_words, prompt_tokens
from dateline.answer.written.left_out import LeftOut
from dateline.answer.written.prompt import prompts
from dateline.answer.written.references import HINT, without_references
from dateline.answer.written.reply import LineBreak, Marker, NoAnswer, Token, Words, read_reply, separate
from dateline.answer.written.shown import Shown, in_passages, joined, likeliest
from dateline.answer.written.styles import STYLES
from dateline.errors import ModelError, ModelFailure
from dateline.index import Embedder
from dateline.index.sentences import sentences
from dateline.patterns import lazy
from dateline.search import Sentence
from dateline.text import Parser
from dateline.types import Citation, Claim, Delta, Hit, Reading, Turn, Writing
from dateline.verification.orders import reports

CUT_OFF = "The language model's answer was cut off; what it had said until then is shown."
WITHHELD = "The rest of the language model's answer was withheld by its server's content filter."

_INCOMPLETE: dict[str, ModelFailure] = {"length": "cut_off", "content_filter": "content_filter"}
_NO_SENTENCE = 2  # words
_SENTENCE_END = lazy(r"[.!?…。！？][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer is written from: the hits, and their sentences, the likeliest first.

    `doubtful`: it may not hold the answer. A number alone is then no answer, as it says no thing of its own.
    """

    hits: Sequence[Hit]
    ranked: Sequence[Sentence]
    doubtful: bool = False


def write(
    question: str,
    ground: Ground,
    model: LanguageModel,
    spending: Spending,
    *,
    checker: Embedder | None = None,
    parser: Parser | None = None,
    history: Sequence[Turn] = (),
    today: date | None = None,
) -> Generator[Reading | Writing | Delta, None, Draft]:
    """The answer to a question out of its ground: one Delta per claim, and in the end the Draft.

    Before the first word, Reading comes every second. A claim is handed out when it is finished, evidence and
    check and all; until then its words come as Writing, which may still be taken back. The deltas, joined,
    are the draft's text. A draft without claims: the model found no answer. Raises ModelError when the model
    fails before its first claim; if it fails later, the draft is degraded. `checker` and `parser` compare
    claims and what may carry them; see `verify`.
    """
    style = STYLES[model.style]
    words = evidence_words(style, model.reading_speed)
    shown = in_passages(ground.hits) if words is None else likeliest(ground.ranked, words)
    whole, shorter = prompts(question, shown, history, today, style=style, tokens=model.context_tokens)
    left_out = LeftOut.of(style.rules, question, shown)
    drafting = _Drafting(shown, Attribution(shown, checker, parser), left_out, doubtful=ground.doubtful)
    failure, begun, spoken = None, time.monotonic(), False
    reading = Reading(model.name, sum(prompt_tokens(one.content) for one in whole), 0.0)
    try:
        yield reading
        for token in read_reply(spending.texts(model.stream(whole, shorter, spent=spending.seconds))):
            spoken = spoken or isinstance(token, Words)
            if not spoken:
                yield replace(reading, seconds=time.monotonic() - begun)
            yield from drafting.take(token)
        failure = _incomplete(spending.finish, model.name)
    except ModelError as error:
        failure = None if drafting.declined else error
    yield from drafting.end(complete=failure is None)
    if not (failure or drafting.declined or drafting.claims):
        failure = ModelError("bad_reply", f"{model.name} sent no usable reply; ask again")
    if failure and not drafting.claims:
        raise failure
    return Draft(
        text=compose(drafting.claims),
        claims=tuple(drafting.claims),
        citations=tuple(drafting.citations),
        written=True,
        degraded=failure.reason if failure else None,
        notices=(WITHHELD if failure.reason == "content_filter" else CUT_OFF,) if failure else (),
    )


def _incomplete(finish: str | None, model: str) -> ModelError | None:
    """Why a reply that finished so is not all that the model had to say, if it is not."""
    reason = _INCOMPLETE.get(finish or "")
    return (
        ModelError(reason, f"{model} was stopped before it had finished a sentence; ask again")
        if reason
        else None
    )


class _Drafting:
    """Claims in the making: the text of the present one, and the sentences that were pointed at for it."""

    def __init__(
        self, shown: Sequence[Shown], attribution: Attribution, left_out: LeftOut, *, doubtful: bool
    ) -> None:
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self.declined = False  # the model says that there is no answer; what follows only explains it
        self._shown = shown
        self._attribution = attribution
        self._left_out = left_out
        self._doubtful = doubtful
        self._text = ""
        self._markers: list[Marker] = []
        self._pointed: list[Shown] = []  # by sentences that say nothing else: "It is in sentence 3."
        self._line_ended = False
        self._just_cited = False  # nothing was said since the last marker

    def take(self, token: Token) -> Iterator[Writing | Delta]:
        """The claims that this token completes, and the words of the one that has begun."""
        if self.declined:
            return  # it is only read for its tokens
        match token:
            case Words(text):
                yield from self._words(text)
                if text.strip() and (begun := " ".join(self._text.replace(HINT, " ").split())):
                    yield Writing(begun)
            case Marker():
                yield from self._all_but_last()
                self._markers.append(token)
                self._just_cited = True
            case LineBreak():
                self._line_ended = bool(self._text.strip())
            case NoAnswer():
                self._text = self._text if self._markers else ""
                self.declined = True

    def end(self, *, complete: bool) -> Iterator[Delta]:
        """What is left: of an incomplete reply only what can't have been meant to go on."""
        if complete or self._line_ended or (self._markers and self._sentence_ended()):
            yield from self._finish()
        else:
            yield from self._all_but_last()
        if complete and not (self.claims or self.declined):
            yield from self._quoted(self._pointed)

    def _words(self, text: str) -> Iterator[Delta]:
        begin = text.lstrip()
        if self._just_cited and self._sentence_ended():
            begin = begin.lstrip(".,;: ")  # "in Hanoi. [1]." has a full stop too many
        if not begin:
            self._text += " " if self._text else ""
            return
        if self._line_ended or (self._just_cited and self._begins_claim(begin)):
            yield from self._finish()
        if self._just_cited and (not self._text or begin[0] in ".,;:!?)"):
            text = begin  # "in Hanoi [1]." keeps its full stop
        if self._just_cited and self._text:
            self._text = f"{self._text.rstrip()} {HINT}"
        self._text += text if self._text else begin
        self._just_cited = False

    def _begins_claim(self, text: str) -> bool:
        runs_on = text[0].islower() and self._text.rstrip().endswith(".")  # "in the U.S. [1] on Monday"
        return self._sentence_ended() and not runs_on

    def _sentence_ended(self) -> bool:
        return _SENTENCE_END.search(self._text.rstrip()) is not None

    def _finish(self) -> Iterator[Delta]:
        yield from self._all_but_last()
        yield from self._claim(self._text)
        self._text, self._line_ended, self._just_cited = "", False, False

    def _all_but_last(self) -> Iterator[Delta]:
        """Finished sentences. The hints so far belong to the first: they stood before the others."""
        text = " ".join(self._text.split())
        *finished, last = [text[first:end] for first, end in sentences(text)] or [""]
        for sentence in finished:
            yield from self._claim(sentence)
        self._text = last

    def _claim(self, text: str) -> Iterator[Delta]:
        """The claim in a finished sentence, laid against the evidence; nothing where it makes none."""
        markers, self._markers = self._markers, []
        said = without_references(text)
        markers += [Marker(number) for number in said.numbers]
        hints = list(dict.fromkeys(one for marker in markers for one in self._hinted(marker)))
        if not any(map(str.isalnum, said.text)):
            yield from self._quoted(hints)
        elif self._left_out.declines(said.text):
            self.declined = not self.claims
        elif self._left_out.is_of_evidence(said.text):
            self._pointed += hints
        elif not (self._left_out.echoes(said.text) or self._left_out.says_nothing(said.text)):
            yield from self._laid(said.text, hints)

    def _laid(self, text: str, hints: Sequence[Shown]) -> Iterator[Delta]:
        """The claim with what carries it; a few words that are no sentence with one that has them."""
        found = self._attribution.carried(text, hints)
        label, bare = found.support.label, text.rstrip(".")
        whole = label == "supported" and bare != text and len(bare.split()) > _NO_SENTENCE
        stating = None
        if not (whole or self._doubtful):
            stating = self._attribution.stating(bare, hints, self._left_out.question)
        if stating:
            yield from self._quoted([stating], before=f"{bare}. ")
            return
        numbers = tuple(self._number(run) for run in joined(found.sentences))
        reasons = () if label == "supported" else found.support.reasons
        yield self._add(Claim(text, label, numbers, reasons))

    def _quoted(self, hints: Sequence[Shown], before: str = "") -> Iterator[Delta]:
        """Sentences that were only pointed at, quoted; those that belong together in one quotation."""
        reporting = [one for one in hints if reports(one.text)]
        for run in joined(reporting if not self._doubtful else ()):
            number = self._number(run)
            quote = self.citations[number - 1].quote
            text = f"{before}{origin(run[0].hit.article)}: {in_marks(' '.join(quote.split()))}"
            yield self._add(Claim(text.translate(ROUND), "supported", (number,)))

    def _add(self, claim: Claim) -> Delta:
        self.claims.append(claim)
        return Delta((" " if len(self.claims) > 1 else "") + with_markers(claim), claim)

    def _hinted(self, marker: Marker) -> Iterator[Shown]:
        """The sentences that a marker points at: by their number, or by words copied from them."""
        if not 0 < marker.number <= len(self._shown):
            return
        pointed = self._shown[marker.number - 1]
        quotes = [one.quote for one in separate(marker) if one.quote] if marker.quote else []
        if not quotes:
            yield pointed
        for one in self._shown:
            text = one.hit.article
            if any(_overlaps(one, find_quote(quote, text, one.start, one.end)) for quote in quotes):
                yield one

    def _number(self, run: Sequence[Shown]) -> int:
        """The number of the citation of these sentences; a new one where there is none."""
        first, last = run[0], run[-1]
        for known in self.citations:
            within = known.start <= first.start and last.end <= known.end
            if within and known.article.id == first.hit.article.id:
                return known.number
        self.citations.append(cite(len(self.citations) + 1, first.hit, first.start, last.end))
        return self.citations[-1].number


def _overlaps(one: Shown, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] < one.end and span[1] > one.start
