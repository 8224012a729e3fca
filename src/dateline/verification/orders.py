"""Sentences that report nothing: questions, and orders to whoever reads them.

What an article asks or orders is no evidence for what somebody says happened, however many words they share.
"""

from __future__ import annotations

import re

from dateline.patterns import lazy

_VERB = (
    "(?:add|amend|anagram|answer|append|apply|ask|augment|avoid|begin|break down|call|change|click|combine|"
    "compare|compose|convert|create|delete|describe|develop|disregard|display|download|draft|"
    "encode|end|enhance|ensure|explain|express|follow|forget|format|generate|give|group|highlight|ignore|"
    "imagine|include|incorporate|insert|install|integrate|introduce|invite|join|jumble|list|make|mention|"
    "misspell|modify|never|note|offer|omit|open|output|please|point|pretend|print|promote|provide|put|"
    "randomi[sz]e|read|rearrange|recommend|refer|remember|remove|render|repeat|rephrase|replace|reply|report|"
    "respond|return|reverse|rewrite|say|scramble|send|shift|show|shuffle|sign|speak|spell|start|state|stop|"
    "subscribe|substitute|suggest|summari[sz]e|swap|switch|tease|tell|transform|translate|urge|use|visit|warn|"
    "write)"
)
# What follows a verb in the imperative and rarely a noun, as in "Use of force" or "Change is coming".
_OBJECT = (
    "(?:(?:a|an|the|this|that|these|those|it|them|him|her|his|their|its|your|our|my|me|us|all|any|every|each|"
    "some|no|one|two|three|four|how|why|what|where|who|if|in|to|with|for|from|up|out|by|at|as|only|letters|"
    r"words|spaces|users|readers|everyone|everybody)\b|[\"“‘'])"
)
_BEFORE = r"(?:(?:and|then|please|now|also|kindly|instead|do not|don['’]t)[\s,]+)*"
_ORDER = lazy(rf"[\W_]*{_BEFORE}{_VERB}\s+{_OBJECT}", re.IGNORECASE)
_EXCHANGE = lazy(
    r"[\W_]*(?:replace|substitute|convert|swap|translate|shift|turn) \w+ (?:with|by|for|to|into)\b",
    re.IGNORECASE,
)
_TO_WHO_ANSWERS = lazy(
    r"\b(?:your|the|this|its|each|every) (?:(?:next|final|own|whole|entire) )?"
    r"(?:answer|reply|response|output|message|summary|prompt|instructions?)\b"
    r"|\b(?:system prompt|language model|(?:previous|prior|above|earlier|all) instructions)\b",
    re.IGNORECASE,
)
_VERB_FIRST = lazy(
    rf"[\W_]*(?:(?:in|at|with) (?:your|the|this)[^,]{{0,40}}, )?{_BEFORE}{_VERB}\b", re.IGNORECASE
)
_QUESTION = lazy(r"\?[\"'”’»)\s]*$")


def reports(sentence: str) -> bool:
    """False for a question, for an order by its first words, and for one to whoever writes an answer.

    By rule, for English: an order that is put as a statement is not recognised.
    """
    if _QUESTION.search(sentence) or _ORDER.match(sentence) or _EXCHANGE.match(sentence):
        return False
    return not (_VERB_FIRST.match(sentence) and _TO_WHO_ANSWERS.search(sentence))
