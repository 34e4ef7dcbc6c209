"""What managers ask: periods and comparisons, tables of figures, and the worklist of lost calls."""
