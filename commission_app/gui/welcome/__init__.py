"""The welcome page: create a file, open one, look at a sample."""
