"""What can stand in a film: things, places, materials, looks and colours, as data."""
