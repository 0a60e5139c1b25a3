"""Pictures of a report as text: SVG that is the same each time, without a title (the caption has it)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from outputs.figures.style import RC

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FULL, HALF = 6.3, 3.05
"""Inches: the width of the text, and of two pictures beside each other."""
SIZES = {"font.size": 8, "axes.titlesize": 8.5, "xtick.labelsize": 7.5, "ytick.labelsize": 7.5, "lines.linewidth": 1.6}


@dataclass
class Picture:
    """A picture being drawn; `text` holds its SVG once it is finished."""

    figure: Figure
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The SVG."""
        return "".join(self.parts)


@contextmanager
def picture(width: float, height: float) -> Iterator[Picture]:
    """A new picture (inches); its SVG is there when the block has ended."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(rc=RC | SIZES):  # type: ignore[arg-type]
        drawn = Picture(Figure(figsize=(width, height)))
        yield drawn
        drawn.figure.patch.set_alpha(0.0)
        file = BytesIO()
        drawn.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        text = file.getvalue().decode("utf-8")
        drawn.parts.append(text[text.index("<svg") :])
