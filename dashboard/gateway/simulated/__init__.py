"""A simulated call centre: a discrete-event engine, seeded and reproducible."""
