"""Shapes in which news is kept: articles found, fields right, and what is said of the rest.

    python tests/bench/formats.py [--show]

A shape with a list of articles in `expected.json` is scored by itself; of the others, each file must give
articles or a reason, and `--show` prints what it gave.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import development_sets

from dateline.reading import find, read_file
from dateline.types import Article, Skipped, iso

_FIELDS = ("title", "published", "source", "url", "authors")


def outcomes(folder: Path) -> Iterator[tuple[str, Article | Skipped]]:
    """What became of each file of a shape."""
    for one in find([folder / "input"]):
        if isinstance(one, Skipped):
            yield one.path, one
        else:
            yield from ((str(one.relative_to(folder.resolve())), read) for read in read_file(one))


def right(expected: Mapping[str, object], article: Article) -> list[bool]:
    """For each field that is expected, whether the article has it so."""
    told = article.to_dict() | {"published": iso(article.day)}
    marks = [told[name] == expected[name] for name in _FIELDS if name in expected]
    if "text" in expected:
        marks.append(article.text == expected["text"])
    if "text_start" in expected:
        marks.append(article.text.startswith(str(expected["text_start"])))
    return marks


def score(
    folder: Path, wanted: Sequence[Mapping[str, object]]
) -> tuple[int, list[bool], list[Article | Skipped]]:
    """How many of the articles were found, their fields, and all that was read."""
    read = [one for _, one in outcomes(folder)]
    left = [one for one in read if isinstance(one, Article)]
    found, marks = 0, list[bool]()
    for expected in wanted:
        start = str(expected.get("text_start") or expected.get("text") or "")
        best = max(
            left, key=lambda one: (one.text[:60] == start[:60], sum(right(expected, one))), default=None
        )
        if best is None or not (
            not start or best.text[:40] == start[:40] or best.title == expected.get("title")
        ):
            continue
        found += 1
        left.remove(best)
        marks += right(expected, best)
    return found, marks, read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    root = development_sets.find("formats")
    if root is None:
        return
    articles = found = 0
    marks: list[bool] = []
    for folder in sorted(root.iterdir()):
        expected = json.loads((folder / "expected.json").read_text())
        wanted = [one for one in expected if isinstance(one, dict)] if isinstance(expected, list) else []
        here, fields, read = score(folder, wanted)
        articles, found, marks = articles + len(wanted), found + here, marks + fields
        told = (
            f"{here}/{len(wanted)} found, {sum(fields)}/{len(fields)} fields" if wanted else "told in words"
        )
        print(f"{folder.name:28} {told}; {len(read)} outcomes")
        if given.show and not wanted:
            print(f"    {json.dumps(expected)}")
        if given.show and (not wanted or here < len(wanted) or not all(fields)):
            for name, one in outcomes(folder):
                shown = one.to_dict() if isinstance(one, Article) else one.reason
                if isinstance(shown, dict):
                    shown = {key: str(value)[:90] for key, value in shown.items() if value and key != "path"}
                print(f"    {name}: {shown}")
    print(
        f"found {found / articles:.3f}, fields {sum(marks) / max(1, len(marks)):.3f} of {articles} articles"
    )


if __name__ == "__main__":
    main()
