"""Claim and evidence → whether the evidence carries the claim."""

from dateline.verification.verify import verify

__all__ = ["verify"]
