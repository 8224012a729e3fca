"""The chat window of dateline."""

from dateline_ui.app import serve

__all__ = ["serve"]
