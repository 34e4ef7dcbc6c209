"""Figures by the definitions of queues: which rules hold, and what the calls add up to under them."""
