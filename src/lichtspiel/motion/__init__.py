"""World → how the figures move: postures, walks, gaze, breath, faces."""
