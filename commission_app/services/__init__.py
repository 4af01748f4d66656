"""Use cases: a public method is one use case and one transaction."""
