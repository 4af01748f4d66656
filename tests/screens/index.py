"""One page of HTML that shows all pictures, the looks of a scene side by side."""

from collections.abc import Mapping, Sequence
from html import escape

_HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 24px; background: #e6e5e0; color: #1b1c20; }
h2 { font-size: 17px; margin: 28px 0 8px; }
div { display: grid; grid-template-columns: repeat(auto-fill, minmax(440px, 1fr)); gap: 12px; }
figure { margin: 0; }
img { width: 100%; display: block; }
figcaption { color: #4c4e55; font-size: 13px; }
</style>
<h1>Screens</h1>
"""


def page(scenes: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """The page; for each scene the captions and file names of its pictures."""
    parts = [_HEAD]
    for name, pictures in scenes.items():
        figures = "".join(
            f'<figure><a href="{escape(file)}"><img src="{escape(file)}" alt="{escape(name)}, '
            f'{escape(caption)}" loading="lazy"></a><figcaption>{escape(caption)}</figcaption></figure>\n'
            for caption, file in pictures
        )
        parts.append(f"<h2>{escape(name)}</h2>\n<div>\n{figures}</div>\n")
    return "".join(parts)
