"""History: who did what when, what it changed, and taking it back."""
