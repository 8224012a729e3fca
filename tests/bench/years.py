"""How many missing years are inferred, rightly and wrongly: `python tests/bench/years.py [ARTICLES [FIRST]]`.

Takes dated articles, leaves the year out of a newswire line put before each text, and infers it: each
article alone; and in tenths, with the dated rest as neighbours. The wrong ones are named: some were
published on another day than the data say.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from dateline.reading import infer_years, read_file
from dateline.reading.published import MONTHS
from dateline.types import Article

FOLDS = 10


def without_year(article: Article) -> Article:
    """The article, undated, with month and day in a newswire line."""
    day = article.day
    assert day is not None
    line = f"CITY, {MONTHS[day.month - 1].title()} {day.day} (Agency) -- "
    return replace(article, text=line + article.text, published=None, published_from=None)


def alone(articles: Sequence[Article]) -> Iterator[Article]:
    """Each article dated by its own text."""
    for article in articles:
        yield from infer_years([without_year(article)], ())


def with_neighbours(articles: Sequence[Article]) -> Iterator[Article]:
    """Each tenth of the articles dated with the help of the others."""
    for fold in range(FOLDS):
        yearless = [without_year(article) for article in articles[fold::FOLDS]]
        neighbours = [article for number, article in enumerate(articles) if number % FOLDS != fold]
        yield from infer_years(yearless, neighbours)


def main() -> None:
    """Prints the two lines of figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    folders = (parent / "shared/data" for parent in Path(__file__).resolve().parents)
    data = next((folder for folder in folders if folder.is_dir()), None)
    if data is None:
        sys.exit("no folder shared/data above this file: nothing was measured")
    read = (one for one in read_file(data / "realtimeqa-2024/articles.jsonl.gz") if isinstance(one, Article))
    articles = [article for article in islice(read, start, start + count) if article.day is not None]
    days = {article.id: article.day for article in articles}
    for name, method in (("alone", alone), ("with neighbours", with_neighbours)):
        began = time.perf_counter()
        dated = list(method(articles))
        wrong = [article for article in dated if article.day != days[article.id]]
        print(
            f"{name}: {len(articles)} articles, right {len(dated) - len(wrong)}, wrong {len(wrong)} "
            f"({len(wrong) / max(1, len(dated)):.1%} of the dated), undated {len(articles) - len(dated)}, "
            f"{time.perf_counter() - began:.1f} s"
        )
        for article in wrong:
            print(f"    {article.id} {days[article.id]} taken for {article.day}: {article.title}")


if __name__ == "__main__":
    main()
