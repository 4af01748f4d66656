"""The open record: one description of every noun, from which reading, writing, schema and help page come."""
