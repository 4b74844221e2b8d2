"""World and take to frames. The only room that imports Blender."""
