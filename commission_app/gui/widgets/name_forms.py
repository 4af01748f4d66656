"""The forms of a personal name from the longest to the shortest; a family name is never shortened."""

_TITLES = frozenset({"dr.", "prof.", "mr.", "mrs.", "ms.", "mx.", "rev.", "hon."})
_MOST_GIVEN = 3


def name_forms(name: str) -> list[str]:
    """The name, then with initials for the given names, then without its title."""
    words = name.split()
    title = words[:1] if words and words[0].lower() in _TITLES else []
    given = [f"{word[0]}." for word in words[len(title) : -1]]
    if not 1 <= len(given) <= _MOST_GIVEN or any(word[0].islower() for word in words):
        return [name]  # particles and long names: nobody knows here where the family name begins
    return list(dict.fromkeys([name, " ".join([*title, *given, words[-1]]), " ".join([*given, words[-1]])]))
