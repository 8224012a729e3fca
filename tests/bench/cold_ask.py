"""Wall time of one question in a cold process: a LlamaIndex starter against `dateline ask`, in turn.

    python tests/bench/cold_ask.py [QUESTION] [--rounds 7]

Both have the sample articles in a stored index, embed the question with the same weights and use no language
model: dateline prints a quoted, cited answer, the starter (llama_starter.py) its four nearest passages. One
run of each goes before, so that both find their files in memory, and their bytecode written as after any
first run, also where Python is told to write none.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from chroma_model import chroma_embedding_function
from llama_starter import build

import dateline
from dateline import sample
from dateline.config import Settings
from dateline.index.minilm.weights import fetch_weights

QUESTION = "When and where did Trump and Kim agree to hold their second meeting?"
STARTER = Path(__file__).with_name("llama_starter.py")
KEYS = (
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "DATELINE_LLM",
)  # with one of these, dateline asks a language model
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def seconds(command: Sequence[str], bytecode: Path) -> float:
    """Wall time of the command, which must succeed and say something."""
    environment = {name: value for name, value in os.environ.items() if name not in (*KEYS, NO_BYTECODE)}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    taken = time.perf_counter() - started
    if not done.stdout.strip():
        sys.exit(f"nothing was said by: {' '.join(command)}")
    return taken


def commands(question: str, scratch: Path) -> dict[str, list[str]]:
    """How each contender is asked, its index stored in `scratch`."""
    settings = Settings.from_environment()
    model = scratch / "model"
    embed = chroma_embedding_function(fetch_weights(settings, say=print), model)
    articles = [one for one in dateline.read(sample.articles()) if isinstance(one, dateline.Article)]
    build([(one.id, one.title, one.text) for one in articles], scratch / "starter", embed)
    dateline.build(sample.articles(), scratch / "index")
    starter = [str(STARTER), question, "--index", str(scratch / "starter"), "--model", str(model)]
    ours = ["-m", "dateline", "ask", question, "--index", str(scratch / "index")]
    return {"LlamaIndex starter": [sys.executable, *starter], "dateline": [sys.executable, *ours]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("question", nargs="?", default=QUESTION)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        contenders, bytecode = commands(given.question, Path(scratch)), Path(scratch) / "bytecode"
        for command in contenders.values():
            seconds(command, bytecode)
        rounds = [
            {name: seconds(command, bytecode) for name, command in contenders.items()}
            for _ in range(given.rounds)
        ]
    taken = {name: median(one[name] for one in rounds) for name in contenders}
    print(f"cold process, {given.rounds} rounds\n\n{'seconds':<20}{'median':>8}{'least':>8}{'most':>8}")
    for name, middle in taken.items():
        each = [one[name] for one in rounds]
        print(f"{name:<20}{middle:>8.2f}{min(each):>8.2f}{max(each):>8.2f}")
    print(f"{'ratio':<20}{taken['dateline'] / taken['LlamaIndex starter']:>8.2f}")


if __name__ == "__main__":
    main()
