"""Pure rules and frozen rows: no input or output, no Qt, no SQL."""
