"""What stands inside an article's part of the page and is none of the article: bars, boxes of links, forms."""

from __future__ import annotations

from briefing_app.readers.html_furniture import is_sharing, name_weight
from briefing_app.readers.html_tree import HEADINGS, PageNode

_NEVER = frozenset(("footer", "aside", "object", "embed", "nav", "dialog"))
_DOUBTED = frozenset(("form", "fieldset", "table", "ul", "ol", "dl", "div", "section", "header"))
_TEASERS = frozenset(("article", "li", "div", "section", "a"))
_LONGEST_TEASER = 350  # letters of a teaser with its summary
_LONGEST_BAR = 500  # letters of a bar of sharing buttons
_PROSE = 10  # commas of a box that is text whatever else it is


def prune(part: PageNode) -> None:
    """Take furniture out of a part of an article, in place, the innermost boxes first."""
    for node in part.descendants():
        shares = is_sharing(node) and node.letters < _LONGEST_BAR
        if node.tag in _NEVER or shares or (node.tag in ("h1", "h2") and name_weight(node) < 0):
            node.remove()
    _drop_teasers(part)
    for tags in (("form", "fieldset"), ("table",), ("ul", "ol", "dl"), ("div", "section", "header")):
        for node in reversed([inner for inner in part.descendants() if inner.tag in tags]):
            if node.parent is not None and _is_box(node):
                node.remove()


def _drop_teasers(part: PageNode) -> None:
    """Take out rows of teasers: three or more boxes alike, each with a linked title and little text.

    Where they are most of the part, the page is an overview, and they are its text.
    """
    found: list[PageNode] = []
    for node in part.descendants():
        alike: dict[tuple[str, str], list[PageNode]] = {}
        for child in node.children():
            if child.tag in _TEASERS and child.letters:
                alike.setdefault((child.tag, child.attributes.get("class", "")), []).append(child)
        for boxes in alike.values():
            if len(boxes) >= 3 and all(map(_is_teaser, boxes)):
                found += boxes
    if sum(box.letters for box in found) * 2 < part.letters:
        for box in found:
            box.remove()


def _is_teaser(box: PageNode) -> bool:
    if not box.linked or box.letters > _LONGEST_TEASER:
        return False
    titles = [node for node in box.descendants() if node.tag in HEADINGS and node.letters]
    return len(titles) == 1 and (
        titles[0].link_density > 0.8 or any(above.tag == "a" for above in titles[0].ancestors())
    )


def is_data_table(table: PageNode) -> bool:
    """True for a table of data, false for one that only lays out the page."""
    if table.attributes.get("role") == "presentation" or table.attributes.get("datatable") == "0":
        return False
    if table.attributes.get("summary"):
        return True
    inner = list(table.descendants())
    if any(node.tag in ("caption", "th", "thead", "tfoot", "col", "colgroup") for node in inner):
        return True
    if any(node.tag == "table" for node in inner):
        return False
    rows = [node for node in inner if node.tag == "tr"]
    columns = max((sum(child.tag == "td" for child in row.children()) for row in rows), default=0)
    return columns > 1 and len(rows) > 1 and (len(rows) >= 10 or columns > 4 or len(rows) * columns > 10)


def _is_box(node: PageNode) -> bool:
    """True for a box whose make-up is that of furniture rather than of text."""
    if node.tag == "table" and is_data_table(node):
        return False
    for above in node.ancestors():
        if above.tag == "code" or (above.tag == "table" and is_data_table(above)):
            return False
    weight = name_weight(node)
    if weight < 0:
        return True
    if node.commas >= _PROSE:
        return False
    return _made_like_a_box(node, weight)


def _made_like_a_box(node: PageNode, weight: int) -> bool:
    inner = list(node.descendants())
    paragraphs = sum(child.tag == "p" for child in inner)
    items = sum(child.tag == "li" for child in inner) - 100
    headings = sum(child.letters for child in inner if child.tag in HEADINGS)
    in_lists = sum(child.letters for child in inner if child.tag in ("ul", "ol") and not _in_list(child, node))
    is_list = node.tag in ("ul", "ol", "dl") or in_lists > 0.9 * node.letters
    in_figure = any(above.tag == "figure" for above in node.ancestors()) or any(
        child.tag == "figure" for child in inner
    )
    density = node.link_density
    if not is_list:
        if node.pictures > 1 and paragraphs < 0.5 * node.pictures and not in_figure:
            return True
        if items > paragraphs:
            return True
        share = headings / node.letters if node.letters else 0
        if share < 0.9 and node.letters < 25 and node.pictures in (0, *range(3, 99)) and not in_figure and density > 0:
            return True
        if weight < 25 and density > 0.2:
            return True
    if node.fields > paragraphs // 3:
        return True
    return weight >= 25 and density > 0.5


def _in_list(node: PageNode, within: PageNode) -> bool:
    for above in node.ancestors():
        if above is within:
            return False
        if above.tag in ("ul", "ol"):
            return True
    return False
