"""People in Blender: their bodies, faces, hair and clothes, and how they move."""

from lichtspiel.picture.people.build import Actor, Detail, build

__all__ = ["Actor", "Detail", "build"]
