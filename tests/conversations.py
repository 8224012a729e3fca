"""Twenty conversations about the articles that come with the program.

Each has a first question and one or two that lean on what was asked and answered before. Every follow-up says
which articles would do (one of them is enough), and how a good language model would write it to stand alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question of a conversation; `articles` are ids, one of which must be found."""

    text: str
    articles: tuple[str, ...]
    rewritten: str  # as a good language model would


@dataclass(frozen=True, slots=True)
class Conversation:
    """A first question and what was asked after it."""

    first: str
    then: tuple[FollowUp, ...]


def _talk(first: str, *then: tuple[str, str, str]) -> Conversation:
    return Conversation(
        first, tuple(FollowUp(text, tuple(ids.split()), rewritten) for text, ids, rewritten in then)
    )


CONVERSATIONS = (
    _talk(
        "When will Trump and Kim meet for the second time?",
        (
            "And where?",
            "hw-hanoi-named cr-hanoi-named",
            "Where will Trump and Kim meet for the second time?",
        ),
        (
            "On which days there?",
            "hw-hanoi-named mer-state-of-the-union",
            "On which days will Trump and Kim meet for the second time in Hanoi?",
        ),
    ),
    _talk(
        "Who is the U.S. special representative for North Korea?",
        ("What did he say at Stanford?", "pc-stanford", "What did Stephen Biegun say at Stanford?"),
        (
            "And what was his job before?",
            "lt-biegun",
            "What job did Stephen Biegun have before he became special representative?",
        ),
    ),
    _talk(
        "Where did the Boeing of Lion Air crash?",
        (
            "How many people were on board?",
            "hw-lion-air",
            "How many people were on board the Boeing of Lion Air that crashed?",
        ),
        (
            "What about Ethiopian Airlines?",
            "pc-ethiopian",
            "How many people were on board the Boeing of Ethiopian Airlines that crashed?",
        ),
    ),
    _talk(
        "When did Europe close its airspace to the 737 MAX?",
        ("And China?", "cr-max-europe", "When did China close its airspace to the 737 MAX?"),
        ("What about Canada?", "lt-max-grounded", "When did Canada close its airspace to the 737 MAX?"),
    ),
    _talk(
        "Which prize did Donna Strickland win?",
        (
            "What did she tell reporters?",
            "hw-nobel-physics",
            "What did Donna Strickland tell reporters about her prize?",
        ),
    ),
    _talk(
        "By how many votes did the House of Commons reject May's agreement in January?",
        (
            "And in March?",
            "cr-brexit-march-12 hw-brexit-march-29",
            "By how many votes did the House of Commons reject May's agreement in March?",
        ),
        (
            "When did she say that she would resign?",
            "lt-may-resigns",
            "When did Theresa May say that she would resign?",
        ),
    ),
    _talk(
        "What did Kim Jong Un say in his New Year address?",
        (
            "And in his speech in April?",
            "mer-year-end",
            "What did Kim Jong Un say in his speech in April?",
        ),
    ),
    _talk(
        "When did Notre-Dame reopen?",
        ("Who paid for it?", "lt-notre-dame-reopens", "Who paid for the restoration of Notre-Dame?"),
    ),
    _talk(
        "Who presented the first picture of a black hole?",
        (
            "How far away is it?",
            "ow-black-hole lt-black-hole lt-correction-black-hole",
            "How far away is the black hole in the first picture?",
        ),
        (
            "Which telescopes were used?",
            "lt-correction-black-hole hw-black-hole ow-black-hole",
            "Which telescopes were used for the first picture of a black hole?",
        ),
    ),
    _talk(
        "What did Stephen Biegun do in Pyongyang in February 2019?",
        (
            "What did he say at Stanford the week before?",
            "pc-stanford",
            "What did Stephen Biegun say at Stanford the week before he was in Pyongyang?",
        ),
        ("Who won the World Cup in Moscow?", "ml-final-2018", "Who won the World Cup in Moscow?"),
    ),
    _talk(
        "Who won the Oscars in 2019?",
        ("Who won the Nobel Peace Prize?", "mer-nobel-peace", "Who won the Nobel Peace Prize?"),
        ("Where does he work?", "mer-nobel-peace", "Where does the winner of the Nobel Peace Prize work?"),
    ),
    _talk(
        "What did Biegun say at the Oscars?",
        ("And at Stanford?", "pc-stanford", "What did Biegun say at Stanford?"),
    ),
    _talk(
        "When did the boys go into the cave in Thailand?",
        ("Who found them?", "pc-cave-found", "Who found the boys in the cave in Thailand?"),
        ("How did they get out?", "hw-cave-rescue", "How did the boys get out of the cave in Thailand?"),
    ),
    _talk(
        "What happened in Christchurch?",
        (
            "What did the prime minister say about it?",
            "pc-christchurch lt-gun-law",
            "What did the prime minister say about the attack in Christchurch?",
        ),
        (
            "And how did parliament respond?",
            "lt-gun-law",
            "How did parliament respond to the attack in Christchurch?",
        ),
    ),
    _talk(
        "When did Cyclone Idai strike Mozambique?",
        ("And Kenneth?", "pc-kenneth", "When did Cyclone Kenneth strike Mozambique?"),
        (
            "Which islands did it hit?",
            "pc-kenneth",
            "Which islands did Cyclone Kenneth hit?",
        ),
    ),
    _talk(
        "Where did Kim Jong Un stay in Hanoi?",
        ("How did he travel there?", "lt-train", "How did Kim Jong Un travel to Hanoi?"),
    ),
    _talk(
        "Who won the World Cup final in Moscow?",
        ("And in Lyon?", "ml-women-2019", "Who won the World Cup final in Lyon?"),
        (
            "Who was the coach?",
            "ml-women-2019",
            "Who was the coach of the team that won the World Cup final in Lyon?",
        ),
    ),
    _talk(
        "What did Pompeo achieve in Pyongyang in October 2018?",
        (
            "Why was his trip in August called off?",
            "hw-trip-off",
            "Why was Pompeo's trip to Pyongyang in August 2018 called off?",
        ),
    ),
    _talk(
        "When did Chang'e-4 land on the Moon?",
        ("What about InSight on Mars?", "ow-insight", "When did InSight land on Mars?"),
        ("What did it record in April?", "ow-marsquake", "What did InSight record in April?"),
    ),
    _talk(
        "When did Trump call off the meeting with Kim in Singapore?",
        ("Why did he do that?", "hw-letter", "Why did Trump call off the meeting with Kim in Singapore?"),
        ("And when was it on again?", "mer-back-on", "When was the meeting in Singapore on again?"),
    ),
)
