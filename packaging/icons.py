"""The program's icons, drawn from the two SVG files in the sizes and formats that each system asks for."""

from __future__ import annotations

import os
from pathlib import Path

from contents import ROOT

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
DRAWINGS = {
    "commission-app": ROOT / "resources" / "icon.svg",
    "commission-document": ROOT / "packaging" / "document.svg",
}


def draw_all(folder: Path) -> None:
    """Draw `NAME-SIZE.png`, and `NAME.ico` for Windows and `NAME.icns` for macOS, into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    for name, drawing in DRAWINGS.items():
        renderer = QSvgRenderer(str(drawing))
        for size in SIZES:
            image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(0)
            painter = QPainter(image)
            renderer.render(painter)
            painter.end()
            image.save(str(folder / f"{name}-{size}.png"))
        drawn = [Image.open(folder / f"{name}-{size}.png") for size in SIZES]
        drawn[-2].save(folder / f"{name}.ico", append_images=drawn[:-2], sizes=[(s, s) for s in SIZES[:-1]])
        drawn[-1].save(folder / f"{name}.icns", append_images=drawn[:-1])
    del application
