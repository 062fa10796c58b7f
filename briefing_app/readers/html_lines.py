"""Lines inside an article that are none of its text, told by what they say: links to other stories, calls, credits.

Only whole short lines are judged, and each kind in the languages that the library reads. A line that merely mentions
such a thing stays.
"""

from __future__ import annotations

from briefing_app.readers.dates import iso_date
from briefing_app.readers.html_phrases import ALONE, CALL, EDITED, ELSEWHERE, RIGHTS, SIGNED, TOPICS
from briefing_app.readers.html_tree import BLOCKS, HEADINGS, PageNode

_LONGEST = 240  # letters of a line that is judged
_PARAGRAPH = 80  # letters of a line that is a paragraph for certain
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", '"', "”", "»")
_HEAD = 6  # lines at the beginning among which a byline or a date stands


def drop_lines(article: PageNode) -> None:
    """Take such lines out of the article, in place, and headings that are left with nothing under them."""
    leads_elsewhere = False
    lines = lines_of(article)
    in_prose = sum(line.letters > _PARAGRAPH and line.link_density < 0.3 for line in lines) >= 3
    for number, line in enumerate(lines):
        text = line.text() if line.letters <= _LONGEST else ""
        folded = text.casefold().strip(" .:…-–—|>»›·•*").replace("’", "'")
        is_link = line.link_density > 0.8
        if leads_elsewhere and is_link:
            line.remove()
            continue
        leads_elsewhere = bool(ELSEWHERE.match(folded)) and not is_link
        if folded and (_is_no_text(line, text, folded, number) or (is_link and in_prose and _is_signpost(line, text))):
            line.remove()
    _drop_bare_headings(article)


def _is_no_text(line: PageNode, text: str, folded: str, number: int) -> bool:
    if line.tag in ("td", "th", "pre", "blockquote"):
        return False
    if ALONE.fullmatch(folded) or RIGHTS.fullmatch(folded) or EDITED.fullmatch(folded) or CALL.match(folded):
        return True
    if line.link_density > 0.4 and (ELSEWHERE.match(folded) or TOPICS.match(folded)):
        return True
    if text.endswith(_SENTENCE_ENDS):
        return False
    if ELSEWHERE.match(folded):
        return len(folded) < (40 if line.tag in HEADINGS else 30)
    if TOPICS.match(folded):
        return len(folded) < 12
    return number < _HEAD and (SIGNED.fullmatch(folded) is not None or (len(folded) < 40 and _is_date(folded)))


def _is_signpost(line: PageNode, text: str) -> bool:
    """True for the title of another story, standing as a link of its own between paragraphs."""
    return line.tag in ("p", "div", "figure") and len(text.split()) >= 4 and text[-1:] not in ".:)]。"


def _is_date(text: str) -> bool:
    return any(map(str.isdigit, text)) and len(iso_date(text)) >= 10 and len(text.split()) <= 6


def lines_of(node: PageNode) -> list[PageNode]:
    """The blocks with text and no block with text in them, in document order; the node itself may be the only one."""
    blocks = [inner for inner in (node, *node.descendants()) if inner.letters and inner.tag in BLOCKS]
    parted: set[int] = set()
    for block in blocks:
        for above in block.ancestors():
            if id(above) in parted:
                break
            parted.add(id(above))
    return [block for block in blocks if id(block) not in parted]


def _drop_bare_headings(article: PageNode) -> None:
    """Headings that end the article head nothing: what stood under them was furniture."""
    if not any(line.tag not in HEADINGS for line in lines_of(article)):
        return
    while (last := _last_heading(article)) is not None:
        last.remove()


def _last_heading(article: PageNode) -> PageNode | None:
    """The heading that all of the article's text ends with, where it ends with one."""
    node = article
    while node.tag not in HEADINGS:
        last = next((piece for piece in reversed(node.content()) if _has_text(piece)), None)
        if last is None or isinstance(last, str):
            return None
        node = last
    return node


def _has_text(piece: PageNode | str) -> bool:
    return bool(piece.strip()) if isinstance(piece, str) else piece.letters > 0
