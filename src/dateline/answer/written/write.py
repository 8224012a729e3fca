"""An answer written by a language model, with every quotation looked up in its article."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import date

from dateline.answer.draft import ROUND, Draft, compose, with_markers
from dateline.answer.model import LanguageModel
from dateline.answer.quotes import cite, find_quote
from dateline.answer.usage import Spending
from dateline.answer.written.prompt import prompts
from dateline.answer.written.reply import LineBreak, Marker, NoAnswer, Token, Words, read_reply, separate
from dateline.answer.written.support import check
from dateline.errors import ModelError, ModelFailure
from dateline.index import Embedder
from dateline.index.sentences import sentences
from dateline.patterns import lazy
from dateline.types import Citation, Claim, Delta, Hit, Turn, Writing

CUT_OFF = "The language model's answer was cut off; what it had said until then is shown."
WITHHELD = "The rest of the language model's answer was withheld by its server's content filter."

_INCOMPLETE: dict[str, ModelFailure] = {"length": "cut_off", "content_filter": "content_filter"}
_SENTENCE_END = lazy(r"[.!?…。！？][\"'”’»)]*$")
_QUOTATION = lazy(r"[\"“„«]([^\"“”„«»]+)[\"”»]")


def write(
    question: str,
    hits: Sequence[Hit],
    model: LanguageModel,
    spending: Spending,
    *,
    checker: Embedder | None = None,
    history: Sequence[Turn] = (),
    today: date | None = None,
) -> Generator[Writing | Delta, None, Draft]:
    """The answer to a question out of the hits' passages: one Delta per claim, and in the end the Draft.

    A claim is handed out when it is finished, evidence and check and all; until then its words come as
    Writing, which may still be taken back. The deltas, joined, are the draft's text. A draft without claims:
    the model found no answer. Raises ModelError when the model fails before its first claim; if it fails
    later, the draft is degraded. `checker` embeds claims and what they cite, to compare them; see `verify`.
    """
    whole, shorter = prompts(question, hits, history, today, tokens=model.context_tokens)
    drafting, failure = _Drafting(hits, checker), None
    refused = False
    try:
        for token in read_reply(spending.texts(model.stream(whole, shorter, spent=spending.seconds))):
            if not refused:  # what follows a NO ANSWER explains it; it is only read for its tokens
                yield from drafting.take(token)
            refused = refused or isinstance(token, NoAnswer)
        failure = _incomplete(spending.finish, model.name)
    except ModelError as error:
        failure = None if refused else error
    yield from drafting.end(complete=failure is None)
    if not (failure or refused or drafting.claims):
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
    """Claims in the making: the text of the present one, and the evidence it has been given so far."""

    def __init__(self, hits: Sequence[Hit], checker: Embedder | None) -> None:
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self._hits = hits
        self._checker = checker
        self._text = ""
        self._markers: list[Marker] = []
        self._line_ended = False
        self._just_cited = False  # nothing was said since the last marker

    def take(self, token: Token) -> Iterator[Writing | Delta]:
        """The claims that this token completes, and the words of the one that has begun."""
        match token:
            case Words(text):
                yield from self._words(text)
                if text.strip() and (begun := " ".join(self._text.split())):
                    yield Writing(begun)
            case Marker():
                yield from self._all_but_last()
                self._markers.append(token)
                self._just_cited = True
            case LineBreak():
                self._line_ended = bool(self._text.strip())
            case NoAnswer():
                self._text = self._text if self._markers else ""

    def end(self, *, complete: bool) -> Iterator[Delta]:
        """What is left: of an incomplete reply only what can't have been meant to go on."""
        if complete or self._line_ended or (self._markers and self._sentence_ended()):
            yield from self._finish()
        else:
            yield from self._all_but_last()

    def _words(self, text: str) -> Iterator[Delta]:
        begin = text.lstrip()
        if self._just_cited and self._sentence_ended():
            begin = begin.lstrip(".,;: ")  # "in Hanoi. [1]." has a full stop too many
        if not begin:
            self._text += " " if self._text else ""
            return
        if self._line_ended or (self._just_cited and self._begins_claim(begin)):
            yield from self._finish()
        if not self._text or (self._just_cited and begin[0] in ".,;:!?)"):
            text = begin  # "in Hanoi [1]." keeps its full stop
            self._text = self._text.rstrip()
        self._text += text
        self._just_cited = False

    def _begins_claim(self, text: str) -> bool:
        runs_on = text[0].islower() and self._text.rstrip().endswith(".")  # "in the U.S. [1] on Monday"
        return self._sentence_ended() and not runs_on

    def _sentence_ended(self) -> bool:
        return _SENTENCE_END.search(self._text.rstrip()) is not None

    def _finish(self) -> Iterator[Delta]:
        yield from self._all_but_last()
        if delta := self._claim(self._text):
            yield delta
        self._text, self._line_ended, self._just_cited = "", False, False

    def _all_but_last(self) -> Iterator[Delta]:
        """Finished sentences. The evidence so far belongs to the first: it stood before the others."""
        text = " ".join(self._text.split())
        *finished, last = [text[first:end] for first, end in sentences(text)] or [""]
        for sentence in finished:
            if delta := self._claim(sentence):
                yield delta
        self._text = last

    def _claim(self, text: str) -> Delta | None:
        """A new claim with the evidence gathered for it; None where nothing was said."""
        cited = [citation for marker in self._markers for citation in self._cited(marker, text)]
        self._markers = []
        if not any(map(str.isalnum, text)):
            quoted = " ".join(f"“{citation.quote}”" for citation in cited)
            text = " ".join(quoted.split()).translate(ROUND)
        if not text:
            return None
        numbers = tuple(dict.fromkeys(citation.number for citation in cited))
        found = check(text, cited, self._checker)
        reasons = () if found.label == "supported" else found.reasons
        claim = Claim(text, found.label, numbers, reasons)
        self.claims.append(claim)
        return Delta((" " if len(self.claims) > 1 else "") + with_markers(claim), claim)

    def _cited(self, marker: Marker, claim: str) -> list[Citation]:
        """What of a marker's quotations stands in the article of its passage."""
        if marker.quote is None:
            markers = [Marker(marker.passage, quote) for quote in _QUOTATION.findall(claim)]
        elif self._citation(marker):
            markers = [marker]
        else:
            markers = separate(marker)
        return [citation for one in markers if (citation := self._citation(one))]

    def _citation(self, marker: Marker) -> Citation | None:
        if marker.quote is None or not 0 < marker.passage <= len(self._hits):
            return None
        hit = self._hits[marker.passage - 1]
        span = find_quote(marker.quote, hit.article, hit.passage.start, hit.passage.end)
        if span is None:
            return None
        for known in self.citations:
            if (known.article.id, known.start, known.end) == (hit.article.id, *span):
                return known
        self.citations.append(cite(len(self.citations) + 1, hit, *span))
        return self.citations[-1]
