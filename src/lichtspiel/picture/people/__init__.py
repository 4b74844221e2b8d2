"""People in Blender: their bodies, faces, hair and clothes, and how they move."""

from lichtspiel.picture.people.build import Actor, build
from lichtspiel.picture.people.closeness import Closeness, closeness_of

__all__ = ["Actor", "Closeness", "build", "closeness_of"]
