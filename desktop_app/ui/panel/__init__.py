"""The session panel: one patient's stay drawn to scale, its services, its lines and their reasons."""
