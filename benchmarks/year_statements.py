"""A year's statements in a file of 100,000 payments: issued and printed, beside bare reportlab pages."""

import io
import json
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

DONORS, PAYMENTS, YEARS = 1_000, 100_000, 10
_FIRST, _LAST = date(2025, 1, 1), date(2025, 12, 31)
_ON = date(2026, 1, 15)
_NAMES = ("José Ruiz", "Nguyễn Thị Minh Khai", "Lin Chia-hui 林家慧", "Сергей Воробьёв", "Ana Smith")


def make(path: Path) -> None:
    """A file with payments of ten years, a tenth of them in the year of the statements, past the log."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.domain.commission import Commission

    body = Commission(name="Many gifts", city="Alder Glen", zone="America/Los_Angeles", rules="milpitas")
    CommissionProgram().create(path, body, who="Ana Ruiz", on=date(2016, 1, 1))
    drawn = Random(1)
    with closing(sqlite3.connect(path)) as file, file:
        file.executemany(
            "INSERT INTO contacts (id, key, kind, name, address, minor, search_key)"
            " VALUES (?1, ?1, 'person', ?2, ?3, 0, lower(?2))",
            (
                (f"d{n:04d}", f"{_NAMES[n % len(_NAMES)]} {n}", f"{n} Main Street\nAlder Glen, CA 95000")
                for n in range(DONORS)
            ),
        )
        file.execute(
            "INSERT INTO campaigns (id, key, name, search_key) VALUES ('c', 'c', 'Garden', 'garden')"
        )
        file.executemany(
            "INSERT INTO payments (id, key, payer_id, received_on, amount_cents, method, reference,"
            " campaign_id, search_key) VALUES (?1, ?1, ?2, ?3, ?4, 'check', ?5, 'c', '')",
            (
                (
                    f"y{n:06d}",
                    f"d{n % DONORS:04d}",
                    (date(2016, 1, 1) + timedelta(days=drawn.randrange(365 * YEARS + 2))).isoformat(),
                    100 * drawn.randrange(1, 500),
                    str(1000 + n),
                )
                for n in range(PAYMENTS)
            ),
        )


def bare(pages: int) -> bytes:
    """As many pages with as many lines from reportlab alone."""
    out = io.BytesIO()
    canvas = Canvas(out, (612, 792), invariant=1, pageCompression=1)
    for page in range(pages):
        for line in range(30):
            canvas.drawString(
                57, 730 - 14 * line, f"Line {line} of page {page}: what somebody gave in a year"
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def measure(path: Path) -> dict[str, float]:
    """Seconds of each thing, of all donors together."""
    from commission_app.bootstrap import CommissionProgram
    from commission_app.documents import letter

    session = CommissionProgram().open_writing(path, who="Ana Ruiz", on=_ON)
    found: dict[str, float] = {}
    began = time.perf_counter()
    donors = [line.donor.id for line in session.statements.donors(_FIRST, _LAST)]
    found["donors listed"] = time.perf_counter() - began
    began = time.perf_counter()
    ids = session.statements.issue(donors, _FIRST, _LAST)
    found["issued"] = time.perf_counter() - began
    began = time.perf_counter()
    pdf = letter.draw_bundle(session.statements.bundle(ids, is_original=True))
    found["printed"] = time.perf_counter() - began
    began = time.perf_counter()
    bare(pdf.pages)
    found["bare reportlab pages"] = time.perf_counter() - began
    session.close()
    found["donors"], found["pages"] = float(len(ids)), float(pdf.pages)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "gifts.commission"
        make(target)
        print(json.dumps(measure(target)))
