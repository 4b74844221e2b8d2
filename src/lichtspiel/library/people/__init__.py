"""People: who they are in numbers, their bodies, hair and clothes."""

from lichtspiel.library.people.figures import figure_of

__all__ = ["figure_of"]
