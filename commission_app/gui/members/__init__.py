"""Members: the commission's seats, community organizations, contacts, attendance."""
