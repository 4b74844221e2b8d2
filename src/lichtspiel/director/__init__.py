"""Read a prompt: what the film should be, and what became of every word."""

from lichtspiel.director.prompt import MAX_LETTERS, PromptError, read

__all__ = ["MAX_LETTERS", "PromptError", "read"]
