"""Manager pages: service levels that can be trusted and explained, call by call."""
