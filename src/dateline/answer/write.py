"""An answer written by a language model, with every quotation looked up in its article."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date

from dateline.answer.draft import Draft, compose, with_markers
from dateline.answer.model import Chunk, LanguageModel
from dateline.answer.prompt import messages
from dateline.answer.quotes import find_quote
from dateline.answer.reply import LineBreak, Marker, NoAnswer, Token, Words, read_reply, separate
from dateline.answer.support import check
from dateline.errors import ModelError, ModelFailure
from dateline.index.sentences import sentences
from dateline.types import Citation, Claim, Delta, Hit, Turn, Usage

CUT_OFF = "The language model's answer was cut off; what it had said until then is shown."
WITHHELD = "The rest of the language model's answer was withheld by its server's content filter."

_INCOMPLETE: dict[str, ModelFailure] = {"length": "cut_off", "content_filter": "content_filter"}
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)]*$")
_ROUND = str.maketrans("[]", "()")  # square brackets are ours alone
_QUOTATION = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”»]")


def write(
    question: str,
    hits: Sequence[Hit],
    model: LanguageModel,
    *,
    history: Sequence[Turn] = (),
    today: date | None = None,
) -> Generator[Delta, None, Draft]:
    """The answer to a question out of the hits' passages: one Delta per claim, and in the end the Draft.

    A claim is handed out when it is finished, evidence and all: nothing that was shown is ever taken back,
    and the deltas, joined, are the draft's text. A draft without claims: the model found no answer.
    Raises ModelError when the model fails before its first claim; if it fails later, the draft is degraded.
    """
    drafting, heard = _Drafting(question, hits), _Heard(model.name)
    refused, failure = False, None
    try:
        for token in read_reply(heard.texts(model.stream(messages(question, hits, history, today)))):
            if not refused:  # what follows a NO ANSWER explains it; it is only read for its usage
                yield from drafting.take(token)
            refused = refused or isinstance(token, NoAnswer)
        failure = heard.incomplete()
    except ModelError as error:
        failure = None if refused else error
    yield from drafting.end(complete=failure is None)
    if failure and not drafting.claims:
        raise failure
    return Draft(
        text=compose(drafting.claims),
        claims=tuple(drafting.claims),
        citations=tuple(drafting.citations),
        degraded=failure.reason if failure else None,
        notices=(WITHHELD if failure.reason == "content_filter" else CUT_OFF,) if failure else (),
        usage=heard.usage(),
    )


class _Heard:
    """What a stream told beside its text."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._begun = time.monotonic()
        self._first: float | None = None
        self._last = Chunk("")

    def texts(self, chunks: Iterable[Chunk]) -> Iterator[str]:
        for chunk in chunks:
            if self._first is None and chunk.text.strip():
                self._first = time.monotonic() - self._begun
            self._last = chunk
            yield chunk.text

    def incomplete(self) -> ModelError | None:
        """Why the reply is not all that the model had to say, if so."""
        reason = _INCOMPLETE.get(self._last.finish or "")
        if reason is None:
            return None
        return ModelError(reason, f"{self._model} was stopped before it had finished a sentence; ask again")

    def usage(self) -> Usage:
        return Usage(self._model, self._last.prompt_tokens, self._last.completion_tokens, self._first)


class _Drafting:
    """Claims in the making: the text of the present one, and the evidence it has been given so far."""

    def __init__(self, question: str, hits: Sequence[Hit]) -> None:
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self._question = question
        self._hits = hits
        self._text = ""
        self._markers: list[Marker] = []
        self._line_ended = False
        self._just_cited = False  # nothing was said since the last marker

    def take(self, token: Token) -> Iterator[Delta]:
        """The claims that this token completes."""
        match token:
            case Words(text):
                yield from self._words(text)
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
            text = " ".join(quoted.split()).translate(_ROUND)
        if not text:
            return None
        numbers = tuple(dict.fromkeys(citation.number for citation in cited))
        claim = Claim(text, check(text, cited, self._question), numbers)
        self.claims.append(claim)
        return Delta((" " if len(self.claims) > 1 else "") + with_markers(claim))

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
        self.citations.append(
            Citation(len(self.citations) + 1, hit.article, hit.article.text[slice(*span)], *span, hit.also)
        )
        return self.citations[-1]
