"""The pages that the program writes for websites, looked at by axe-core in a real browser."""
