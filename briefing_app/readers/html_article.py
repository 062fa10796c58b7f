"""The article of a page by its own make-up: found by scoring, taken free of furniture."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from briefing_app.readers.html_furniture import (
    is_beside_a_title,
    is_byline,
    is_discussion,
    is_furniture,
    is_hidden,
    is_unread,
)
from briefing_app.readers.html_lines import drop_lines, lines_of
from briefing_app.readers.html_pruning import prune
from briefing_app.readers.html_scoring import article_parts
from briefing_app.readers.html_tree import PageNode, page_nodes

_ENOUGH = 250  # letters of prose below which a page is looked through again, less strictly
_A_PAGE = 250  # letters below which what is hidden may be the page itself, until a script shows it
_MOST = 0.3  # of the page's text outside links: so much is no furniture, whatever its name
_HALF = 0.5  # of the paragraphs that are no furniture: an article with less is looked for in a wider part
_SHORTEST_LEAD, _LONGEST_LEAD = 40, 600


def find_article(tree: Any, title: str = "", description: str = "") -> PageNode:
    """One node with the article's parts in it; of a page without paragraphs, with all that it shows.

    A heading at its beginning that repeats ``title`` is left out. A line above it that is the page's own
    ``description`` is its lead, and stands at its beginning.
    """
    best: PageNode | None = None
    lead = ""
    for strict, pruned in ((True, True), (False, True), (False, False)):
        root = shown_nodes(tree)
        if strict:
            lead = _lead(root, description)
            strip(root)
        found = _gathered(_widened(article_parts(root) or [root], root))
        if pruned:
            prune(found)
        if best is None or found.prose > 2 * best.prose:
            best = found
        if best.prose >= _ENOUGH:
            break
    assert best is not None
    _drop_title(best, title)
    drop_lines(best)
    if lead and _folded(lead)[:_SHORTEST_LEAD] not in _folded(best.text()):
        paragraph = PageNode("p", {}, best)
        paragraph.pieces.append(lead)
        best.pieces.insert(0, paragraph)
    return best


def all_nodes(tree: Any) -> PageNode:
    """All that a page shows, furniture too."""
    root = _body(tree)
    for node in root.descendants():
        if is_hidden(node):
            node.remove()
    return root


def shown_nodes(tree: Any) -> PageNode:
    """The nodes of the page that it shows, unless it is hidden until a script shows it."""
    root = _body(tree)
    whole = root.letters
    for node in root.descendants():
        if is_unread(node):
            node.remove()
    return root if root.letters >= min(_A_PAGE, whole / 3) else _body(tree)


def strip(root: PageNode) -> None:
    """Take out what its names set apart as furniture, unless most of the page's text is in it."""
    whole = root.prose
    for node in root.descendants():
        if is_furniture(node):
            most = node.prose >= whole * _MOST and node.link_density <= 0.3
            if not most or node.tag in ("ul", "ol", "form") or is_discussion(node):
                node.remove()
        elif is_beside_a_title(node):
            node.remove()
    byline = next((node for node in root.descendants() if is_byline(node)), None)
    if byline is not None:
        byline.remove()


def _body(tree: Any) -> PageNode:
    body = tree.find("body")
    return page_nodes(body if body is not None else tree)


def _widened(parts: list[PageNode], root: PageNode) -> list[PageNode]:
    """The parts, or what holds nearly all paragraphs of the page where the parts hold too few of them."""
    whole = _paragraphs(root)
    if sum(map(_paragraphs, parts)) >= whole * _HALF:
        return parts
    for above in parts[0].ancestors():
        if _paragraphs(above) >= whole * 0.8:
            return [above]
    return parts


def _paragraphs(node: PageNode) -> int:
    """Letters of its lines that are paragraphs for certain."""
    return sum(line.letters for line in lines_of(node) if line.letters >= 80 and line.link_density < 0.3)


def _gathered(parts: list[PageNode]) -> PageNode:
    article = PageNode("article", {}, None)
    for part in parts:
        article.take(part)
    return article


def _drop_title(article: PageNode, title: str) -> None:
    wanted = _folded(title)
    if not wanted:
        return
    headings = (node for node in article.descendants() if node.tag in ("h1", "h2"))
    for heading in islice(headings, 3):
        words = _folded(heading.text())
        if words and (words == wanted or (len(words) > 0.75 * len(wanted) and words in wanted)):
            heading.remove()
            return


def _lead(root: PageNode, description: str) -> str:
    """The line of the page that says what its description does, without links: its standfirst."""
    wanted = _folded(description)
    if len(wanted) < _SHORTEST_LEAD:
        return ""
    for line in lines_of(root):
        if not _SHORTEST_LEAD <= line.letters <= _LONGEST_LEAD or line.linked or line.tag in ("li", "td"):
            continue
        text = line.text()
        words = _folded(text)
        if words[:_SHORTEST_LEAD] == wanted[:_SHORTEST_LEAD] and (words.startswith(wanted[:120]) or words in wanted):
            return "" if any(above.tag in ("a", "aside", "nav", "footer") for above in line.ancestors()) else text
    return ""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
