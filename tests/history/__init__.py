"""The history: reading, summing, asking."""
