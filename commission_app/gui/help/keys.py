"""The help page of all keys, written from the list that the window itself uses."""

from PySide6.QtCore import QCoreApplication

from commission_app.gui.shortcuts import groups

SLUG = "keys"


def text() -> str:
    """The page in Markdown: a table for each place where keys work."""
    translate = QCoreApplication.translate
    key, doing = translate("keys", "Key"), translate("keys", "What it does")
    lines = [f"# {translate('keys', 'Keyboard shortcuts')}"]
    for group in groups():
        lines += ["", f"## {group.title}", "", f"| {key} | {doing} |", "| --- | --- |"]
        lines += [f"| `{each}` | {words} |" for each, words in group.keys]
    return "\n".join(lines) + "\n"
