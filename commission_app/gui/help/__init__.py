"""The help: its pages, finding in them, the window that shows them."""
