"""Files in and out that are not papers."""
