"""The page as Gradio components, and what happens when something on it is pressed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, fields
from functools import partial

import gradio as gr
from gradio.components import Component

from dateline.archive import Archive
from dateline.bridge.found import Found
from dateline_ui import handlers, render
from dateline_ui.asking import Tabs
from dateline_ui.chips import CHIPS, Chip, lever
from dateline_ui.models import Models

AT_ONCE = 8  # questions answered at the same time, by everybody
WAITING = 64  # questions that may wait for their turn
TABS = 64  # of which the conversation is kept; Gradio keeps those of tabs that are long closed, too

Update = dict[Component, object]


@dataclass(frozen=True, slots=True)
class Shown:
    """The components that change: the fields of a handlers.Page, by the same names."""

    conversation: gr.State
    earlier: gr.Markdown
    current: gr.Markdown
    pane: gr.Markdown
    question: gr.Textbox
    notice: gr.Markdown
    day: gr.Textbox

    def components(self) -> list[Component]:
        return [getattr(self, one.name) for one in fields(self)]

    def update(self, page: handlers.Page) -> Update:
        """What Gradio is told: the new value of every component that changes."""
        values = [getattr(page, one.name) for one in fields(self)]
        return {one: value for one, value in zip(self.components(), values, strict=True) if value is not None}


@dataclass(frozen=True, slots=True)
class Pressed:
    """The buttons, and the choice. Those of the chips are hidden: the chips are HTML, and press them."""

    examples: tuple[gr.Button, ...]
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    levers: dict[Chip, gr.Button]
    choice: Sequence[gr.Dropdown]  # of who writes the answers, where there is one


def page(archive: Archive, found: Sequence[Found] = ()) -> gr.Blocks:
    """The page: masthead, conversation and question field, and the reading pane beside them.

    Where models were found, who writes the answers can be chosen.
    """
    models = Models(archive, found)
    overview = archive.overview()
    unopened = handlers.block(render.outlets(overview))
    blocks: gr.Blocks = gr.Blocks(title="dateline", analytics_enabled=False, fill_width=True)
    with blocks:
        html(
            "masthead",
            handlers.block(render.masthead(overview, "" if models else archive.mode, archive.notices)),
        )
        with gr.Row(elem_id="room"):
            shown, pressed = layout(archive.examples(), models, unopened)
        connect(models, shown, pressed, unopened)
    blocks.state_session_capacity = TABS
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    return blocks


def html(name: str, value: str = "") -> gr.Markdown:
    """A place for HTML. Gradio's own HTML component would need a policy that lets the page evaluate text."""
    return gr.Markdown(value, elem_id=name, latex_delimiters=[])


def layout(questions: Sequence[str], models: Models, unopened: str) -> tuple[Shown, Pressed]:
    """The chat and, beside it, the reading pane."""
    with gr.Column(elem_id="chat"):
        with gr.Column(elem_id="scroller"), gr.Column(elem_id="transcript"):
            html("first", handlers.block(render.first_page()))
            with gr.Column(elem_id="examples"):
                examples = tuple(gr.Button(question) for question in questions)
            earlier, current = html("earlier"), html("current")
        notice = html("notice")
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                elem_id="question",
                label="Question",
                show_label=False,
                container=False,
                placeholder="Ask about the articles",
                max_lines=5,
                autofocus=True,
            )
            send = gr.Button("Ask", elem_id="send")
            stop = gr.Button("Stop", elem_id="stop")
        with gr.Row(elem_id="under"):
            new = gr.Button("New conversation", elem_id="new")
            choice = [choose(models)] if models else []
            day = gr.Textbox(
                elem_id="day",
                label="As of the day",
                show_label=False,
                container=False,
                placeholder="As of, such as 2019-02-16",
                max_lines=1,
            )
        with gr.Row(elem_id="levers"):
            levers = {chip: gr.Button(chip, elem_id=lever(chip)) for chip in CHIPS}
    shown = Shown(gr.State(()), earlier, current, html("pane", unopened), question, notice, day)
    return shown, Pressed(examples, send, stop, new, levers, choice)


def choose(models: Models) -> gr.Dropdown:
    """The choice of who writes the answers."""
    return gr.Dropdown(
        models.choices(),
        elem_id="model",
        label="Who writes the answers",
        show_label=False,
        container=False,
        filterable=False,
    )


def connect(models: Models, shown: Shown, pressed: Pressed, unopened: str) -> None:
    """What happens when something is pressed. Leaving the page ends its question."""
    tabs = Tabs()

    def ask(
        question: str,
        conversation: handlers.Conversation,
        day: str,
        request: gr.Request,
        model: object = None,
    ) -> Generator[Update]:
        archive = models.chosen(model)
        with (
            tabs.asking(request.session_hash) as asking,
            contextlib.closing(handlers.ask(archive, question, conversation, asking, day=day)) as pages,
        ):
            for page in pages:
                yield shown.update(page)

    def pressing(chip: Chip) -> Callable[..., Generator[Update]]:
        def again(
            conversation: handlers.Conversation, request: gr.Request, model: object = None
        ) -> Generator[Update]:
            archive = models.chosen(model)
            with (
                tabs.asking(request.session_hash) as asking,
                contextlib.closing(handlers.pressed(archive, chip, conversation, asking)) as pages,
            ):
                for page in pages:
                    yield shown.update(page)

        return again

    def stop(request: gr.Request) -> None:
        tabs.stop(request.session_hash)

    def renew(request: gr.Request) -> Update:
        tabs.leave(request.session_hash)
        return shown.update(handlers.renewed(unopened))

    on = partial(gr.on, show_progress="hidden", api_visibility="private")
    changes = partial(on, outputs=shown.components())
    how = [shown.conversation, shown.day, *pressed.choice]
    changes([shown.question.submit, pressed.send.click], ask, [shown.question, *how])
    for example in pressed.examples:
        changes(example.click, ask, [example, *how])
    for chip, button in pressed.levers.items():
        changes(button.click, pressing(chip), [shown.conversation, *pressed.choice])
    on(pressed.stop.click, stop, queue=False)
    # In the queue, though not with the questions: its change of the page follows theirs.
    changes(pressed.new.click, renew, concurrency_id="new")
