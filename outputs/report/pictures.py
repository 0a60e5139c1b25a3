"""SVG made fit to stand in a page: nothing active, nothing fetched, its own names, a title for readers aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from outputs.report.document import DocumentError, Figure

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
FORBIDDEN = {"script", "foreignObject", "iframe", "a", "set", "animate", "animateTransform", "animateMotion"}
DROPPED = {"metadata", "title", "desc"}
LINK = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#|data:)|@import", re.IGNORECASE)
EVERYTHING = re.compile(r"\s*\*\s*\{([^}]*)\}\s*")
TYPEFACE = re.compile(r"'DejaVu Sans'(?=\s*(?:;|$))")
FALLBACK = "'DejaVu Sans', Verdana, sans-serif"
"""Readers without the typeface get one that is as wide, never the browser's serifs."""
RULE = re.compile(r"([^{}]+)\{")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


@dataclass(frozen=True)
class Picture:
    """A cleaned SVG: its text, and its natural width and height (points, from the viewBox)."""

    svg: str
    width: float
    height: float


def picture(figure: Figure) -> Picture:
    """The figure's SVG for a page: ids begin with the figure's name, role and names are set, sizes left out.

    Raises DocumentError when the SVG has scripts, links or anything that would be fetched from elsewhere.
    """
    root = ElementTree.fromstring(figure.svg)
    _refuse(root, figure.name)
    _drop(root)
    _scope(root, f"{figure.name}-")
    left, top, width, height = (float(part) for part in root.attrib["viewBox"].replace(",", " ").split())
    root.attrib = {"viewBox": f"{left:g} {top:g} {width:g} {height:g}", **_kept(root), **_names(figure)}
    _describe(root, figure)
    return Picture(ElementTree.tostring(root, encoding="unicode"), width, height)


def _refuse(root: Element, name: str) -> None:
    for element in root.iter():
        where = f"figure '{name}': its SVG"
        if _bare(element.tag) in FORBIDDEN:
            raise DocumentError(f"{where} has a <{_bare(element.tag)}>: a picture may not act.")
        for key, value in element.attrib.items():
            link = _bare(key) == "href" and not value.startswith(("#", "data:image/"))
            if _bare(key).lower().startswith("on") or link or OUTSIDE.search(value):
                raise DocumentError(
                    f"{where} has {_bare(key)}='{value[:60]}': a picture may not act or fetch anything."
                )
        if _bare(element.tag) == "style" and OUTSIDE.search(element.text or ""):
            raise DocumentError(f"{where} has a style that fetches something from elsewhere.")


def _drop(parent: Element) -> None:
    for child in list(parent):
        if _bare(child.tag) in DROPPED:
            parent.remove(child)
        else:
            _drop(child)


def _scope(root: Element, prefix: str) -> None:
    """Give ids, the links to them and style rules the figure's name, so that figures in one page do not mix."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, prefix + value)
            elif _bare(key) == "href" and value.startswith("#"):
                element.set(key, f"#{prefix}{value[1:]}")
            elif "url(" in value:
                element.set(key, LINK.sub(rf"url(#{prefix}\1)", value))
            elif key == "style":
                element.set(key, TYPEFACE.sub(FALLBACK, value))
    for element in root.iter(f"{{{SVG}}}style"):
        element.text = _scoped_rules(element, root, prefix)


def _scoped_rules(element: Element, root: Element, prefix: str) -> str:
    """Rules for everything (Matplotlib has one) move to the root, from where they are inherited."""
    text = element.text or ""
    for everything in EVERYTHING.findall(text):
        root.set("style", "; ".join(part for part in (root.get("style", ""), everything.strip()) if part))
    rest = EVERYTHING.sub("", text)
    return RULE.sub(lambda rule: f"#{prefix}svg {rule[1].strip()}{{", rest)


def _kept(root: Element) -> dict[str, str]:
    return {key: value for key, value in root.attrib.items() if key in ("style", "fill", "font-family", "font-size")}


def _names(figure: Figure) -> dict[str, str]:
    name = figure.name
    return {
        "id": f"{name}-svg",
        "role": "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-desc",
        "focusable": "false",
    }


def _describe(root: Element, figure: Figure) -> None:
    for place, (tag, text) in enumerate((("title", figure.title), ("desc", figure.alt))):
        child = Element(f"{{{SVG}}}{tag}", {"id": f"{figure.name}-{tag}"})
        child.text = text
        root.insert(place, child)


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
