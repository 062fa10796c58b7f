"""The article of a page by its own make-up: found by scoring, taken free of furniture."""

from __future__ import annotations

from typing import Any

from briefing_app.readers.html_furniture import is_byline, is_furniture, is_hidden
from briefing_app.readers.html_pruning import prune
from briefing_app.readers.html_scoring import article_parts
from briefing_app.readers.html_tree import PageNode, page_nodes

_ENOUGH = 500  # letters below which a page is looked through again, less strictly


def find_article(tree: Any) -> PageNode:
    """One node with the article's parts in it; of a page without paragraphs, with all that it shows."""
    best: PageNode | None = None
    for strict, pruned in ((True, True), (False, True), (False, False)):
        root = shown_nodes(tree)
        if strict:
            strip(root)
        found = _gathered(article_parts(root))
        if pruned:
            prune(found)
        if best is None or found.letters > best.letters:
            best = found
        if best.letters >= _ENOUGH:
            break
    assert best is not None
    return best


def shown_nodes(tree: Any) -> PageNode:
    """The nodes of the page that it shows, unless most of it is hidden until a script shows it."""
    body = tree.find("body")
    root = page_nodes(body if body is not None else tree)
    whole = root.letters
    for node in list(root.descendants()):
        if is_hidden(node) and node.letters * 3 < whole:
            node.remove()
    return root


def strip(root: PageNode) -> None:
    """Take out what its names set apart as furniture."""
    byline_seen = False
    for node in list(root.descendants()):
        if is_furniture(node):
            node.remove()
        elif not byline_seen and is_byline(node):
            byline_seen = True
            node.remove()


def _gathered(parts: list[PageNode]) -> PageNode:
    article = PageNode("article", {}, None)
    for part in parts:
        part.remove()
        part.parent = article
        article.pieces.append(part)
        for name in ("letters", "linked", "commas", "pictures", "fields"):
            setattr(article, name, getattr(article, name) + getattr(part, name))
    return article
