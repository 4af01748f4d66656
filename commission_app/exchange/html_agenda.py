"""The agenda as one page for the city's website: its words in headings and lists that any reader can follow.

One file, nothing fetched: style and logo are inside. What a colour or a place says on paper is said in
words. Text is text: what people typed is escaped, and each line of theirs finds its own direction.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from commission_app.domain.agenda_words import (
    CERTIFICATE,
    Face,
    Said,
    item_details,
    lines_of,
    people_groups,
    signature_labels,
)
from commission_app.domain.agendas import AgendaPaper, PaperItem, PaperPerson, PaperSection

_TAGS: Final = {Face.BOLD: "strong", Face.ITALIC: "em"}
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_NOT_IN_HTML: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; background: #fff; color: #16171a;
  font: 1.0625rem/1.5 "Noto Serif", Georgia, serif; overflow-wrap: anywhere; }
header { display: flex; gap: 1rem; align-items: center; border-bottom: 3px double #1f3a84;
  padding-bottom: .75rem; }
header img { height: 4rem; width: auto; }
header p, address { margin: 0; font-style: normal; }
address { margin-inline-start: auto; font: .875rem/1.4 "Noto Sans", Arial, sans-serif; }
.body { font-weight: bold; font-size: 1.375rem; line-height: 1.25; }
h1 { text-align: center; margin: 1.5rem 0 .25rem; }
h1 + p, h1 ~ .fact { text-align: center; margin: .125rem 0; }
h2 { font-size: 1.125rem; margin: 1.75rem 0 .25rem; }
h3 { font-size: 1rem; margin: .75rem 0 .125rem; }
.mark { text-align: center; font-weight: bold; border: 1px solid; padding: .25rem; }
.people { columns: 15rem; } .people section { break-inside: avoid; }
.people h3:first-child { margin-top: 0; }
ol { margin: 0; padding-inline-start: 2rem; } li { margin: .25rem 0 .75rem; } li p { margin: .125rem 0; }
ul.plain { list-style: none; margin: 0; padding: 0; } .people li { margin: .125rem 0; }
h2 ~ .small { margin: .125rem 0; }
.title { font-weight: bold; }
.small, .people, footer { font-family: "Noto Sans", Arial, sans-serif; font-size: .9375rem; color: #3c3e44; }
.certificate { border: 1px solid; padding: 0 1rem 1rem; margin-top: 2rem; break-inside: avoid; }
.sign li { border-bottom: 1px solid; margin-top: 2rem; }
footer { border-top: 1px solid; margin-top: 2rem; padding-top: .5rem; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2, h3 { break-after: avoid; }
  li { break-inside: avoid; } }
"""


def agenda_html(paper: AgendaPaper) -> bytes:
    """An agenda as the bytes of an .html file in UTF-8."""
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_text(paper.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{_text(_title(paper))}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *_head(paper),
        "<main>",
        *_facts(paper),
        *_people(paper),
        *(line for section in paper.sections for line in _section(section)),
        *_notices(paper),
        *_certificate(paper),
        "</main>",
        f"<footer>{_line(paper.footer)}</footer>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts).encode()


def _title(paper: AgendaPaper) -> str:
    return f"{paper.footer} ({paper.mark})" if paper.mark else paper.footer


def _text(text: str) -> str:
    """Any text as HTML; what no page can hold is left out."""
    return escape(_NOT_IN_HTML.sub("", text))


def _line(text: str, tag: str = "p", kind: str = "") -> str:
    """A line of its own direction; empty: nothing."""
    if not text:
        return ""
    classes = f' class="{kind}"' if kind else ""
    return f'<{tag}{classes} dir="auto">{_text(text)}</{tag}>'


def _lines(texts: Iterable[str], tag: str = "p", kind: str = "") -> list[str]:
    return [_line(text, tag, kind) for text in texts]


def _head(paper: AgendaPaper) -> list[str]:
    logo = ""
    if paper.logo and paper.logo_type:
        data = base64.b64encode(paper.logo).decode()
        words = _text(f"Logo of the {paper.full_name}")
        logo = f'<img src="data:{_text(paper.logo_type)};base64,{data}" alt="{words}">'
    body = [_line(paper.body_name, kind="body"), _line(paper.city_line)]
    address = "<br>\n".join(_text(line) for line in paper.address_lines)
    address = f"<address>{address}</address>" if address else ""
    return [part for part in ("<header>", logo, "<div>", *body, "</div>", address, "</header>") if part]


def _facts(paper: AgendaPaper) -> list[str]:
    facts = (paper.kind_line, paper.when_line, paper.place_line, *lines_of(paper.notice))
    mark = _line(paper.mark, kind="mark")
    return [line for line in (mark, "<h1>Agenda</h1>", *_lines(facts, kind="fact")) if line]


def _people(paper: AgendaPaper) -> list[str]:
    groups = people_groups(paper)
    if not groups:
        return []
    found = ["<h2>Members and staff</h2>", '<div class="people">']
    for head, people in groups:
        found += [f"<section><h3>{head}</h3>", '<ul class="plain">']
        found += [_person(person) for person in people]
        found += ["</ul></section>"]
    return [*found, "</div>"]


def _person(person: PaperPerson) -> str:
    name = f"{_text(person.name)}, " if person.name and person.role else _text(person.name)
    role = f"<em>{_text(person.role)}</em>" if person.role else ""
    return f'<li dir="auto">{name}{role}</li>'


def _section(section: PaperSection) -> list[str]:
    number = f"{_text(section.number)}. " if section.number else ""
    found = ["<section>", f'<h2 dir="auto">{number}{_text(section.title)}</h2>']
    found += [line for line in _lines((section.kind, *lines_of(section.text)), kind="small") if line]
    if section.items:
        found += ['<ol type="A">', *(line for item in section.items for line in _item(item)), "</ol>"]
    return [*found, "</section>"]


def _item(item: PaperItem) -> list[str]:
    kind = _line(item.kind, kind="small")
    details = [f'<p class="small" dir="auto">{_said(line)}</p>' for line in item_details(item)]
    return ["<li>", _line(item.title, kind="title"), *([kind] if kind else []), *details, "</li>"]


def _said(line: Sequence[Said]) -> str:
    return "".join(
        f"<{_TAGS[said.face]}>{_text(said.text)}</{_TAGS[said.face]}>"
        if said.face in _TAGS
        else _text(said.text)
        for said in line
    )


def _notices(paper: AgendaPaper) -> list[str]:
    if not paper.notices:
        return []
    found = ["<section>", "<h2>Notices</h2>"]
    for notice in paper.notices:
        first, *rest = lines_of(notice.text) or [""]
        found.append(f'<p dir="auto"><strong>{_text(notice.head)}</strong> {_text(first)}</p>')
        found += _lines(rest)
    return [*found, "</section>"]


def _certificate(paper: AgendaPaper) -> list[str]:
    if not paper.certificate:
        return []
    found = ['<section class="certificate">', f"<h2>{CERTIFICATE}</h2>", *_lines(lines_of(paper.certificate))]
    lines = _lines(signature_labels(paper.signer), "li")
    return [*found, '<ul class="plain sign">', *lines, "</ul>", "</section>"]
