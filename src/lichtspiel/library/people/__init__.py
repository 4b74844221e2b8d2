"""People: who they are in numbers, their bodies, hair and clothes."""
