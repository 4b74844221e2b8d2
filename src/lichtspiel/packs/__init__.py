"""Asset packs: third-party data that comes from packages at set-up, and where it is kept."""
