"""What is asked of a film that is already there: to be changed, or to go on."""

from lichtspiel.director.revision.extend import extend
from lichtspiel.director.revision.revise import revise

__all__ = ["extend", "revise"]
