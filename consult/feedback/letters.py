"""Letters on feedback are drawn as every letter of the site is."""

from consult.letters import Block, Letter, Quote

__all__ = ["Block", "Letter", "Quote"]
