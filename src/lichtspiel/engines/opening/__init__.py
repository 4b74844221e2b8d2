"""What a picture that becomes a film's first frame tells of the film: its light, its horizon, its people."""
