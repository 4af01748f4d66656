"""axe-core over a page, in headless Chromium: nothing but the browser and one script are needed."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

#: The script that looks at the pages, of the npm registry, and what its one file must be.
AXE: Final = "axe-core@4.14.1"
_AXE_SHA256: Final = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
_AXE_FILE: Final = Path("node_modules") / "axe-core" / "axe.min.js"
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: What a page forbids scripts with; it is taken out of the copy that is looked at.
POLICY_TAG: Final = '<meta http-equiv="Content-Security-Policy">'
_LOOK: Final = """
axe.run(document, {resultTypes: ["violations", "incomplete", "passes"]}).then(found => {
  const told = document.createElement("script");
  told.type = "application/json";
  told.id = "told";
  const short = rules => rules.map(rule => ({id: rule.id, impact: rule.impact, help: rule.help,
    nodes: rule.nodes.map(node => node.html.slice(0, 200))}));
  told.textContent = JSON.stringify({violations: short(found.violations),
    incomplete: short(found.incomplete), passes: found.passes.length}).replaceAll("<", "\\\\u003c");
  document.body.append(told);
});
"""


class MissingError(Exception):
    """Something that this check needs is not on the machine; the text says what and how it comes there."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What axe-core says of a page: rules that are broken, those a person has to judge, how many are kept."""

    violations: tuple[dict[str, Any], ...]
    incomplete: tuple[dict[str, Any], ...]
    passes: int


def browser() -> str:
    """A Chromium on the PATH."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise MissingError("There is no Chromium on the PATH: install it (Debian: apt-get install chromium).")
    return found


def axe(folder: Path) -> str:
    """The script, from a folder where npm puts it when it is not there yet."""
    file = folder / _AXE_FILE
    if not file.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise MissingError(f"There is no npm on the PATH to install {AXE} with.")
        folder.mkdir(parents=True, exist_ok=True)
        install = (npm, "install", "--prefix", str(folder), "--no-save", "--ignore-scripts", "--silent", AXE)
        ended = subprocess.run(install, capture_output=True, text=True, check=False)
        if ended.returncode or not file.exists():
            why = ended.stderr.strip()[-200:] or "it gave no reason"
            raise MissingError(f"npm could not install {AXE}: {why}")
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != _AXE_SHA256:
        raise MissingError(f"{file} is not the file of {AXE}; remove it and try again.")
    return data.decode()


def look(page: bytes, script: str) -> Looked:
    """Open a page in the browser with the script in it, and read what the script says."""
    text = page.decode()
    text, count = re.subn(rf"{POLICY_TAG[:-1]}[^>]*>", "", text)
    assert count == 1  # the page itself lets no script run
    scripts = f"<script>{script}</script><script>{_LOOK}</script>"
    head, body, rest = text.rpartition("</body>")
    with tempfile.TemporaryDirectory(prefix="axe-") as name:
        file = Path(name) / "page.html"
        file.write_text(head + scripts + body + rest)
        options = ["--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={name}/profile"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # the browser refuses to put root into its sandbox
        call = [browser(), *options, "--virtual-time-budget=30000", "--dump-dom", file.as_uri()]
        ended = subprocess.run(call, capture_output=True, text=True, timeout=120, check=False)
    told = re.search(r'<script type="application/json" id="told">(.*?)</script>', ended.stdout, re.DOTALL)
    if told is None:
        raise MissingError(f"{call[0]} did not run the script: {ended.stderr.strip()[-300:]}")
    found = json.loads(told[1])
    return Looked(tuple(found["violations"]), tuple(found["incomplete"]), found["passes"])
