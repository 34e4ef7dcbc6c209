"""Pure functions over the live state. No input or output, no clock of its own."""
