"""The write side: brings an index to the state of its sources, doing again only what changed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import IndexMismatch
from dateline.index import generations
from dateline.index.embedder import Document, Embedded, Embedder
from dateline.index.ledger.files import AS_ARTICLE, EMPTIED, THE_ID
from dateline.index.ledger.writer import LedgerWriter, body, digest
from dateline.index.prune import gone
from dateline.index.split import split
from dateline.reading import (
    NO_HINTS,
    Hints,
    infer_years,
    least_text,
    parse_newswire,
    read_file,
    stamp,
)
from dateline.reading.states import State, is_later, is_same_report, state_of, told_apart
from dateline.types import Article, Passage, Report, Skipped, Tell

_BATCH_WORDS = 20_000  # embedded and committed together: some seconds of work at most are ever lost


def synchronise(
    found: Iterable[Path | Skipped],
    ledger: LedgerWriter,
    embedder: Embedder | None,
    tell: Tell,
    *,
    prune: Sequence[str | Path] = (),
    hints: Hints = NO_HINTS,
) -> Report:
    """Reads the files that were found into the index and publishes; what was done.

    `hints` tell under which names fields stand. Without an embedder passages are stored without
    vectors; the next run that has one adds them. Articles
    whose files are gone from the sources to `prune` are taken out. Raises IndexMismatch when the index has
    another embedder's vectors.
    """
    started = time.monotonic()
    accept(ledger, embedder)
    found = list(found)
    known = ledger.known_files()
    new = [one for one in found if isinstance(one, Path) and str(one) not in known]
    generations.look_for_room(ledger, text=sum(map(least_text, new)))
    with _Run(ledger, embedder, tell, hints=hints, prunes=bool(prune)) as run:
        for one in found:
            if isinstance(one, Skipped):
                run.skipped.append(one)
            else:
                run.file(one)
        lost, said = gone(ledger.paths(), prune, found)
        run.prune(lost)
        run.let_in()
        run.finish()
    if ledger.pending() or not generations.is_whole(ledger):
        generations.publish(ledger, tell)
    now = ledger.generation
    articles, passages = ledger.totals(generation=now).articles, ledger.count_passages(generation=now)
    seconds = round(time.monotonic() - started, 3)
    return Report(
        run.added, run.updated, run.unchanged, run.removed, tuple(run.skipped), articles, passages, seconds,
        tuple(said),
    )  # fmt: skip


def accept(ledger: LedgerWriter, embedder: Embedder | None) -> None:
    """Raises IndexMismatch unless the index has no vectors yet or this embedder's."""
    built = ledger.meta("next embedder")
    if embedder and built and built != embedder.name:
        raise IndexMismatch(
            f"{ledger.folder} was built with the embedder {built}, not {embedder.name}; embed it again with: "
            f"dateline index --rebuild --embedder {embedder.name} --index {ledger.folder}"
        )


def rebuild(ledger: LedgerWriter, embedder: Embedder, tell: Tell) -> Report:
    """Splits and embeds every article of the ledger again, without its sources, and publishes."""
    started = time.monotonic()
    with ledger.transaction():  # at once, or a killed run would leave vectors of two embedders side by side
        for article in list(ledger.articles()):
            ledger.add(article, split(article), None)
        ledger.set_meta("next embedder", embedder.name)
    with _Run(ledger, embedder, tell) as run:
        run.finish()
    generations.publish(ledger, tell, fresh=True)
    now = ledger.generation
    articles, passages = ledger.totals(generation=now).articles, ledger.count_passages(generation=now)
    return Report(0, articles, 0, 0, (), articles, passages, round(time.monotonic() - started, 3))


def split_again(
    ledger: LedgerWriter, articles: Sequence[Article], embedder: Embedder | None, tell: Tell
) -> None:
    """Splits and embeds these articles again; they wait to be published."""
    with ledger.transaction():
        for article in articles:
            ledger.add(article, split(article), None)
    with _Run(ledger, embedder, tell) as run:
        run.finish()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles that are embedded and committed together, and the files that they complete."""

    articles: list[tuple[Article, list[Passage]]]
    files: list[tuple[str, int, int, list[Skipped]]]
    embedded: Future[list[Embedded] | None]


class _Run:
    """One pass over the sources. Articles wait in a batch until it is worth embedding and committing.

    One batch is embedded while the next is read and the one before is written: three are held at most.
    """

    def __init__(
        self,
        ledger: LedgerWriter,
        embedder: Embedder | None,
        tell: Tell,
        *,
        hints: Hints = NO_HINTS,
        prunes: bool = False,
    ) -> None:
        self._hints, self._prunes = hints, prunes
        self.ledger, self.embedder, self.tell = ledger, embedder, tell
        self.added = self.updated = self.unchanged = self.removed = 0
        self.skipped: list[Skipped] = []
        self._worker = ThreadPoolExecutor(1)
        self._embedding: _Batch | None = None
        self._batch: list[tuple[Article, list[Passage]]] = []
        self._bodies: dict[bytes, str] = {}  # of what is not committed: the ledger can't know it yet
        self._words = self._done = 0
        self._seen: dict[str, str | None] = {}
        self._states: dict[str, State] = {}  # of the articles that this run read
        self._reading: tuple[str, list[Skipped]] = ("", [])  # the file that is read, what of it is not taken
        self._left: set[str] = set()  # ids whose words are no longer there
        self._again: set[str] = set()  # files of which copies of these were refused
        self._yearless: list[Article] = []
        self._read: list[tuple[str, int, int, list[Skipped]]] = []  # files to record with the batch
        self._held: list[tuple[str, int, int, list[Skipped]]] = []  # those with an article still to be dated

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *failure: object) -> None:
        self._worker.shutdown(cancel_futures=True)

    def file(self, path: Path, *, again: bool = False) -> None:
        """Reads one file, unless the ledger knows it as it is; or `again`."""
        name = str(path)
        try:
            stat = path.stat()
        except OSError as error:
            self.skipped.append(Skipped(name, None, f"gone before it could be read: {error.strerror}"))
            return
        mark = stamp(path, stat.st_mtime_ns, self._hints)
        again = again or (self._prunes and self.ledger.was_emptied(name))
        if not again and self.ledger.file_is_current(name, stat.st_size, mark):
            kept = self.ledger.ids_of(name)
            self.unchanged += len(kept)
            self._seen |= dict.fromkeys(kept, name)
            self.skipped += self.ledger.skipped_of(name)
            return
        before, yearless = self.ledger.ids_of(name), len(self._yearless)
        skipped, ids, whole = list[Skipped](), set[str](), True
        self._reading = (name, skipped)
        for one in read_file(path, self._hints):
            if isinstance(one, Article):
                one = self._told_apart(one)
                ids.add(one.id)
                if one.refused:
                    why = f"{one.id}: its date is not taken: {one.refused}"
                    skipped.append(Skipped(name, None, why))
                refused = self._offer(one)
            else:
                refused, whole = one, False
            if refused:
                skipped.append(refused)
        emptied = bool(before) and not ids and (whole or stat.st_size == 0)
        if emptied and not self._prunes:  # by mistake, or to be written again
            keeps = f"{EMPTIED}; the {len(before):,} read from it before are kept: --prune takes them out"
            skipped.append(Skipped(name, None, keeps))
            self._seen |= dict.fromkeys(before, name)
            self.unchanged += len(before)
        elif whole or emptied:
            self._retire(before - ids)  # a file that can't be read whole is no proof that an article is gone
        self.skipped += skipped
        state = (name, stat.st_size, mark, skipped)
        (self._held if len(self._yearless) > yearless else self._read).append(state)

    def _retire(self, ids: set[str]) -> None:
        ids = ids - self._seen.keys()
        self._left |= ids
        with self.ledger.transaction():
            for id in ids:
                self.removed += self.ledger.remove(id)
            self._again |= self.ledger.forget_refused_for(ids)

    def prune(self, files: Sequence[str]) -> None:
        """Takes out the articles of files that are gone."""
        self.flush()  # an article that was found in another file belongs to that one now
        for name in files:
            self._retire(self.ledger.ids_of(name))
            with self.ledger.transaction():
                self.ledger.forget_file(name)

    def let_in(self) -> None:
        """Reads files again that hold what was refused as a copy of an article whose words are gone."""
        self.flush()
        self._left.clear()
        for name in sorted(self._again):
            kept = self.ledger.ids_of(name)
            self.unchanged -= len(kept)  # they are counted again
            self._seen = {id: path for id, path in self._seen.items() if path != name}
            self._states = {id: one for id, one in self._states.items() if one.path != name}
            self.skipped = [one for one in self.skipped if one.path != name]
            self._yearless = [article for article in self._yearless if article.path != name]
            self._held = [state for state in self._held if state[0] != name]
            if Path(name).is_file():
                self.file(Path(name), again=True)

    def _told_apart(self, article: Article) -> Article:
        """The article, under another id where its own is that of another report."""
        other = self._state(article.id, article.path)
        return article if other is None or is_same_report(state_of(article), other) else told_apart(article)

    def _state(self, id: str, path: str | None) -> State | None:
        """The state in which an article of that id was read by this run, or stands in another file."""
        if id in self._states or id in self._seen:
            if id not in self._states and (known := self._known(id)):
                self._states[id] = state_of(known)
            return self._states.get(id)
        known = self._known(id)
        elsewhere = known and known.path and known.path != path and self._stands(Path(known.path))
        return state_of(known) if known and elsewhere else None

    def _stands(self, path: Path) -> bool:
        """True for a file that is as it was read: what was taken from it is still in it."""
        try:
            stat = path.stat()
        except OSError:
            return False
        mark = stamp(path, stat.st_mtime_ns, self._hints)
        return self.ledger.file_is_current(str(path), stat.st_size, mark)

    def _known(self, id: str) -> Article | None:
        return self.ledger.article(id, generation=self.ledger.generation + 1)

    def _offer(self, article: Article) -> Skipped | None:
        """Takes an article in, or says why not."""
        path, mine = article.path or "", state_of(article)
        other = self._state(article.id, article.path)
        if other is not None and not is_later(mine, other):
            self._seen.setdefault(article.id, other.path)
            return Skipped(path, None, f"{THE_ID}{article.id!r} was already read from {other.path}")
        replaced = other is not None and article.id in self._seen
        if other is not None:
            earlier = f"{THE_ID}{article.id!r} is that of a later state of it in {path}"
            self._refuse(Skipped(other.path, None, earlier))
        self._seen[article.id] = article.path
        self._states[article.id] = mine
        if article.published is None and parse_newswire(article.text):
            self._yearless = [one for one in self._yearless if one.id != article.id]
            self._yearless.append(article)
            return None
        if not replaced:
            return self._settle(article)
        self._replace(article)
        return None

    def _replace(self, article: Article) -> None:
        """Takes in a later state of an article that this run has read already."""
        self._yearless = [one for one in self._yearless if one.id != article.id]
        self.take(article)

    def _refuse(self, one: Skipped) -> None:
        """Says of a file that was read before that something in it is not taken after all."""
        if self._reading[0] == one.path:
            self._reading[1].append(one)
            return
        waiting = [*self._read, *self._held, *(self._embedding.files if self._embedding else ())]
        for name, _, _, skipped in waiting:
            if name == one.path:
                skipped.append(one)
                break
        else:
            with self.ledger.transaction():
                self.ledger.add_skipped(one.path, one)
        self.skipped.append(one)

    def _settle(self, article: Article) -> Skipped | None:
        """Adds, updates or leaves an article whose date is as known as it will be."""
        known = self.ledger.known(article.id)
        if known and known.digest == digest(article):
            self.unchanged += 1
            if known.path != article.path:
                self.ledger.move(article.id, article.path)
            return None
        other = self.ledger.copy_of(article)
        if other and other.path and not Path(other.path).exists():
            self.ledger.move(other.id, article.path)
            self.unchanged += 1
            return None
        if other and other.path == article.path and other.id not in self._seen:
            self._rename(other.id, article)
            return None
        twin = self._bodies.get(body(article)) or (other.id if other else None)
        if twin:
            return Skipped(article.path or "", None, f"{article.id}: {AS_ARTICLE}{twin}")
        self.updated += known is not None
        self.added += known is None
        if known:
            self._left.add(known.id)
        self.take(article)
        return None

    def _rename(self, former: str, article: Article) -> None:
        """Takes in an article that its file gives another id than before, since its headline changed."""
        with self.ledger.transaction():
            self.ledger.remove(former)
        self._left.add(former)
        self.updated += 1
        self.take(article)

    def take(self, article: Article) -> None:
        """Puts an article into the batch, and the batch into the ledger when it is large enough."""
        self._batch.append((article, split(article)))
        self._bodies[body(article)] = article.id
        self._words += len(article.text.split())
        if self._words >= _BATCH_WORDS:
            self._hand_over()

    def flush(self) -> None:
        """Embeds what waits and commits it, with the files that it completes."""
        self._hand_over()
        if self._embedding:
            self._commit(self._embedding)
            self._embedding = None

    def _hand_over(self) -> None:
        """Lets the batch be embedded, and commits the one before it meanwhile."""
        if not (self._batch or self._read):
            return
        generations.look_for_room(self.ledger)
        before, self._embedding = (
            self._embedding,
            _Batch(self._batch, self._read, self._worker.submit(self._embedded, self._batch)),
        )
        self._batch, self._read, self._words = [], [], 0
        if before:
            self._commit(before)

    def _embedded(self, batch: Sequence[tuple[Article, list[Passage]]]) -> list[Embedded] | None:
        if not (self.embedder and batch):
            return None
        return self.embedder.embed_documents([_document(*one) for one in batch])

    def _commit(self, batch: _Batch) -> None:
        embedded = batch.embedded.result()
        with self.ledger.transaction():
            for number, (article, passages) in enumerate(batch.articles):
                self.ledger.add(article, passages, embedded[number] if embedded else None)
            for state in batch.files:
                self.ledger.record_file(*state)
            if self._left:
                self._again |= self.ledger.forget_refused_for(self._left)
            if embedded and self.embedder:
                self.ledger.set_meta("next embedder", self.embedder.name)
        for article, _ in batch.articles:
            self._bodies.pop(body(article), None)
        self._done += len(batch.articles)
        self.tell("reading and embedding" if self.embedder else "reading", self._done, None)

    def finish(self) -> None:
        """Dates the articles whose newswire line has no year, adds missing vectors, commits the rest."""
        self.flush()
        if self._yearless or self.added or self.updated:
            self._date()
        self._read += self._held
        self.flush()
        if self.embedder:
            for article in self.ledger.without_vectors():
                self.take(article)
        self.flush()

    def _date(self) -> None:
        """Infers missing years, also of articles that earlier runs had to leave undated."""
        held = {article.id for article in self._yearless}
        undated = [
            article
            for article in self.ledger.undated()
            if article.id not in held and parse_newswire(article.text)
        ]
        dated = {
            article.id: article
            for article in infer_years(
                [*self._yearless, *undated],
                (a for a in self.ledger.articles() if a.published and a.id not in held),
            )
        }
        for article in self._yearless:
            if refused := self._settle(dated.get(article.id, article)):
                self.skipped.append(refused)
                next(skipped for name, *_, skipped in self._held if name == article.path).append(refused)
        for article in undated:
            if article.id in dated:
                self.updated += 1
                self.take(dated[article.id])


def _document(article: Article, passages: Sequence[Passage]) -> Document:
    """What the embedder reads of an article."""
    return Document(
        article.title,
        tuple(passage.text for passage in passages),
        tuple(
            tuple((start - passage.start, end - passage.start) for start, end in passage.sentences)
            for passage in passages
        ),
        article.day,
    )
