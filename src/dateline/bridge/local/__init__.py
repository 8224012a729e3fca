"""`--llm local`: a language model of one's own in a child process, for who has neither key nor server.

It is llama.cpp with its OpenAI-compatible server, from the package xllamacpp, and is spoken to as any other
such server: what is special of it is where its weights come from (`weights`), and that it begins, ends and
crashes apart from the process that asks it (`child`, `serve`).
"""

from dateline.bridge.local.model import load_local

__all__ = ["load_local"]
