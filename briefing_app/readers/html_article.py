"""The article of a page by its own make-up: found by scoring, taken free of furniture."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from briefing_app.readers.html_furniture import is_byline, is_discussion, is_furniture, is_hidden, is_unread
from briefing_app.readers.html_pruning import prune
from briefing_app.readers.html_scoring import article_parts
from briefing_app.readers.html_tree import PageNode, page_nodes

_ENOUGH = 250  # letters of prose below which a page is looked through again, less strictly
_A_PAGE = 250  # letters below which what is hidden may be the page itself, until a script shows it
_MOST = 0.3  # of the page's text outside links: so much is no furniture, whatever its name


def find_article(tree: Any, title: str = "") -> PageNode:
    """One node with the article's parts in it; of a page without paragraphs, with all that it shows.

    A heading at its beginning that repeats ``title`` is left out.
    """
    best: PageNode | None = None
    for strict, pruned in ((True, True), (False, True), (False, False)):
        root = shown_nodes(tree)
        if strict:
            strip(root)
        found = _gathered(article_parts(root) or [root])
        if pruned:
            prune(found)
        if best is None or _prose(found) > 2 * _prose(best):
            best = found
        if _prose(best) >= _ENOUGH:
            break
    assert best is not None
    _drop_title(best, title)
    return best


def all_nodes(tree: Any) -> PageNode:
    """All that a page shows, furniture too."""
    body = tree.find("body")
    root = page_nodes(body if body is not None else tree)
    for node in list(root.descendants()):
        if is_hidden(node):
            node.remove()
    return root


def shown_nodes(tree: Any) -> PageNode:
    """The nodes of the page that it shows, unless it is hidden until a script shows it."""
    body = tree.find("body")
    root = page_nodes(body if body is not None else tree)
    whole = root.letters
    for node in list(root.descendants()):
        if is_unread(node):
            node.remove()
    if root.letters >= min(_A_PAGE, whole / 3):
        return root
    return page_nodes(body if body is not None else tree)


def strip(root: PageNode) -> None:
    """Take out what its names set apart as furniture, unless most of the page's text is in it."""
    byline_seen = False
    whole = _prose(root)
    for node in list(root.descendants()):
        if is_furniture(node):
            most = _prose(node) >= whole * _MOST and node.link_density <= 0.3
            if not most or node.tag in ("ul", "ol", "form") or is_discussion(node):
                node.remove()
        elif not byline_seen and is_byline(node):
            byline_seen = True
            node.remove()


def _prose(node: PageNode) -> int:
    """Letters of its text outside links."""
    return node.letters - node.linked


def _gathered(parts: list[PageNode]) -> PageNode:
    article = PageNode("article", {}, None)
    for part in parts:
        part.remove()
        part.parent = article
        article.pieces.append(part)
        for name in ("letters", "linked", "commas", "pictures", "fields"):
            setattr(article, name, getattr(article, name) + getattr(part, name))
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


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
