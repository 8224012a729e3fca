"""What a check of an index found."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.types.days import JSON


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in an index that is not as it was written, and the command that mends it."""

    what: str
    where: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.mend}"

    def to_dict(self) -> JSON:
        return {"what": self.what, "where": self.where, "mend": self.mend}


@dataclass(frozen=True, slots=True)
class Health:
    """The state of an index; after the repair, where there was one: `findings` are what is left to mend."""

    healthy: bool
    findings: tuple[Finding, ...]
    repaired: bool = False

    def to_dict(self) -> JSON:
        return {
            "healthy": self.healthy,
            "findings": [one.to_dict() for one in self.findings],
            "repaired": self.repaired,
        }
