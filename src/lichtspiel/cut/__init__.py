"""Frames and soundtrack become a film file: encoding, captions, pictures of it, what it carries inside."""
