"""Home: what needs attention, the next meeting, the members that each organization needs, what changed."""
