"""What a check of a library has found, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Part = Literal["database", "original", "text", "index"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: with which part, in a sentence, and of which source where it is one source's."""

    part: Part
    message: str
    source_id: str = ""
    title: str = ""

    def in_words(self) -> str:
        """The problem on one line, naming the source."""
        named = f"{self.source_id} “{self.title}”: " if self.title else f"{self.source_id}: " if self.source_id else ""
        return f"{self.part}: {named}{self.message}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check went through, and every problem that it met."""

    sources: int
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "sources": self.sources,
            "sound": not self.problems,
            "problems": [asdict(problem) for problem in self.problems],
        }
