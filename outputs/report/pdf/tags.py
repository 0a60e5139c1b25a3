"""Row headers in the tags of a PDF: a reader aloud says the municipality before its numbers.

typst 0.15 tags the heads of columns; heads of rows stand behind a switch that its Python package cannot set.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object


def with_row_headers(pdf: bytes) -> bytes:
    """The same PDF with the first cell of each row in a table's body tagged as the row's header."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = (part for part in _parts(document.Root.StructTreeRoot) if part.get("/S") == "/Table")
        for table in tables:
            for row in _rows(table):
                _head(row)
        written = io.BytesIO()
        document.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _head(row: Object) -> None:
    """Tag the first cell as a header of its row; the others find it, and their column's, by its scope."""
    import pikepdf

    first, *others = _kids(row)
    if first.get("/S") != "/TD":
        return
    first.S = pikepdf.Name.TH
    first.A = pikepdf.Array([*_attributes(first), pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)])
    for cell in (first, *others):
        for attributes in _attributes(cell):
            if "/Headers" in attributes:
                del attributes["/Headers"]  # names the column's head alone


def _rows(table: Object) -> Iterator[Object]:
    """The rows of a table's body."""
    return (row for part in _kids(table) if part.get("/S") == "/TBody" for row in _kids(part) if row.get("/S") == "/TR")


def _parts(root: Object) -> Iterator[Object]:
    """Every element of the tree, without recursion: trees are deep."""
    waiting = list(_kids(root))
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(_kids(part))


def _kids(part: Object) -> Iterator[Object]:
    """The elements directly below one; marks of content (numbers) and references are left out."""
    import pikepdf

    below = part.get("/K")
    several = list(below) if isinstance(below, pikepdf.Array) else [below]
    return (kid for kid in several if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)


def _attributes(part: Object) -> list[Object]:
    import pikepdf

    found = part.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]
