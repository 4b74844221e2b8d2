"""Read a prompt: what the film should be, and what became of every word."""

from lichtspiel.director.prompt import MAX_LETTERS, PromptError, read
from lichtspiel.director.revision import extend, revise

__all__ = ["MAX_LETTERS", "PromptError", "extend", "read", "revise"]
