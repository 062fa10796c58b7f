"""Where in a page its article stands: paragraphs score for what they stand in, links and names score against it."""

from __future__ import annotations

from briefing_app.readers.html_furniture import name_weight
from briefing_app.readers.html_tree import BLOCKS, PageNode, commas_of, letters_of

_SCORED = frozenset(("p", "td", "pre", "section", "div", "article", "main", "h2", "h3", "h4", "h5", "h6", "center"))
_TAG_SCORE = {
    "div": 5, "article": 5, "main": 5, "pre": 3, "td": 3, "blockquote": 3, "address": -3, "ol": -3, "ul": -3, "dl": -3,
    "dd": -3, "dt": -3, "li": -3, "form": -3, "h1": -5, "h2": -5, "h3": -5, "h4": -5, "h5": -5, "h6": -5, "th": -5,
}  # fmt: skip
_SHORTEST = 25  # letters of a paragraph that counts
_LEVELS = 5  # how far up a paragraph scores
_CANDIDATES = 5


def article_parts(root: PageNode) -> list[PageNode]:
    """The nodes that together hold the article, in document order; empty where no paragraph scores."""
    scores = _scores(root)
    if not scores:
        return []
    ranked = sorted(scores, key=lambda node: -scores[node])[:_CANDIDATES]
    top = _shared_ancestor(ranked, scores)
    top = _climb(top, scores)
    return _with_siblings(top, scores)


def _scores(root: PageNode) -> dict[PageNode, float]:
    """The score of each node that holds paragraphs, links counted against it."""
    scores: dict[PageNode, float] = {}
    for node in root.descendants():
        if node.tag not in _SCORED or node.letters < _SHORTEST:
            continue
        worth, is_leaf = _own_worth(node)
        if not worth:
            continue
        above = node.parent if is_leaf else node
        level = 0
        while above is not None and above.tag != "html" and level < _LEVELS:
            if above not in scores:
                scores[above] = _TAG_SCORE.get(above.tag, 0) + name_weight(above)
            scores[above] += worth / (1 if level == 0 else 2 if level == 1 else level * 3)
            above = above.parent
            level += 1
    return {node: score * (1 - node.link_density) for node, score in scores.items()}


def _own_worth(node: PageNode) -> tuple[float, bool]:
    """What its own lines of text are worth as paragraphs, and whether no block stands in it beside them."""
    worth, letters, commas, breaks, is_leaf = 0.0, 0, 0, 0, True
    for piece in (*node.content(), None):
        if isinstance(piece, str):
            letters += letters_of(piece.strip())
            commas += commas_of(piece)
            breaks = 0 if piece.strip() else breaks
            continue
        if piece is not None and piece.tag == "br":
            breaks += 1
            if breaks < 2:
                continue
            is_leaf = False
        elif piece is not None and piece.tag not in BLOCKS and not _holds_blocks(piece):
            letters += piece.letters
            commas += piece.commas
            continue
        elif piece is not None:
            is_leaf = False
        if letters >= _SHORTEST:
            worth += 2 + commas + min(letters // 100, 3)
        letters = commas = 0
    return worth, is_leaf


def _holds_blocks(node: PageNode) -> bool:
    return any(child.tag in BLOCKS for child in node.descendants())


def _shared_ancestor(ranked: list[PageNode], scores: dict[PageNode, float]) -> PageNode:
    """The best node, or the one above it that it shares with most of those that are nearly as good."""
    top = ranked[0]
    near = [set(node.ancestors()) for node in ranked[1:] if scores[node] >= scores[top] * 0.75]
    if len(near) < 3:
        return top
    for above in top.ancestors():
        if above.tag == "body":
            break
        if sum(above in ancestors for ancestors in near) >= 3:
            return above
    return top


def _climb(top: PageNode, scores: dict[PageNode, float]) -> PageNode:
    """Up to a parent that scores more, for an article whose parts stand in several boxes; and out of single boxes."""
    last = scores.get(top, 0.0)
    least = last / 3
    for above in top.ancestors():
        score = scores.get(above)
        if score is None or above.tag == "body":
            continue
        if score < least:
            break
        if score > last:
            top = above
            break
        last = score
    while top.parent is not None and top.parent.tag != "body" and len(top.parent.children()) == 1:
        top = top.parent
    return top


def _with_siblings(top: PageNode, scores: dict[PageNode, float]) -> list[PageNode]:
    """The node with those beside it that score well, or read like paragraphs of the same article."""
    if top.parent is None or top.tag == "body":
        return [top]
    least = max(10.0, scores.get(top, 0.0) * 0.2)
    kind = top.attributes.get("class", "")
    found = []
    for sibling in top.parent.children():
        alike = scores.get(top, 0.0) * 0.2 if kind and sibling.attributes.get("class") == kind else 0.0
        if sibling is top or (sibling in scores and scores[sibling] + alike >= least) or _reads_alone(sibling):
            found.append(sibling)
    return found


def _reads_alone(node: PageNode) -> bool:
    if node.tag != "p":
        return False
    if node.letters > 80:
        return node.link_density < 0.25
    return node.letters > 0 and not node.linked and node.text().endswith((".", "。", "؟", "!", "?", "…"))
