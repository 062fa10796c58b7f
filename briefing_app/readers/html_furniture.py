"""What the names and roles of a page's elements say: whether they hold an article, or the page's furniture."""

from __future__ import annotations

import functools
import re

from briefing_app.readers.html_tree import PageNode

# Long words are looked for anywhere in a name, short ones as words of their own: `ad` is no part of `reader`.
_ALWAYS = re.compile(
    r"wm-ipp|wayback|breadcrumb|disqus|editsection|newsletter|outbrain|taboola|cookie|consent|gdpr|recommended"
    r"|related[-_]?(?:article|stor|post|link|content|news)|most[-_]?(?:read|popular|viewed)|read[-_]?(?:next|also)"
    r"|share[-_]?(?:bar|tools|buttons)|social[-_]?(?:share|links|buttons|icons|media)|more[-_]?(?:stories|news|articles)"
    r"|author[-_]*(?:bio|box|card|description)|about[-_]?author|(?<![a-z])bio(?![a-z])",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"comment|footer|side-?bar|banner|masthead|subscri|sponsor|advert|related|recommend|trending|popular|sharing|social"
    r"|pagination|pager\b|popup|pop-up|modal|lightbox|toolbar|paywall|navigation|navbar|remark|replies|respond"
    r"|read-?(?:more|next|also)|skip-?(?:link|to)|login|sign-?(?:up|in)\b|shoutbox|agegate|legends|supplement|skyscraper"
    r"|(?<![a-z])(?:ads?|nav|menu|foot|rss|extra|share|promos?|header|tags|tools|rail|print-?only)(?![a-z])",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"article|body|column|content|(?<![a-z])main|shadow|story|(?<![a-z])post(?![a-z])|(?<![a-z])text(?![a-z])", re.I
)
_GOOD = re.compile(
    r"article|body|content|entry|hentry|(?<![a-z])main|(?<![a-z])page|(?<![a-z])post|text|blog|story", re.IGNORECASE
)
_BAD = re.compile(
    r"hid(?:den)?(?![a-z])|banner|comment|contact|foot(?!note)|gdpr|masthead|(?<![a-z])media|(?<![a-z])meta|outbrain"
    r"|promo|related|scroll|share|sidebar|sponsor|shop|(?<![a-z])tags|tool|widget|newsletter|subscri|taboola|recommend"
    r"|byline|(?<![a-z])ads?(?![a-z])|advert|(?<![a-z])nav|(?<![a-z])menu",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"(?<![a-z])(?:share|sharing|sharedaddy|social|addthis|addtoany)(?![a-z])|share-?(?:bar|tools)", re.I
)
_DISCUSSION = re.compile(r"comment|disqus|replies|respond", re.IGNORECASE)
_BYLINE = re.compile(r"byline|(?<![a-z])(?:author|dateline|writtenby|autor|auteur)(?![a-z])|p-author", re.IGNORECASE)
_BESIDE_A_TITLE = re.compile(
    r"byline|timestamp|(?:post|article|entry|story)[-_]*(?:meta(?:data)?|info|date|time|authors?)(?![a-z])",
    re.IGNORECASE,
)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|off-?screen|a11y-hidden)(?![a-z])",
    re.IGNORECASE,
)
_BOXES = frozenset(("div", "p", "ul", "li", "header", "time", "address", "section", "footer"))
_ROLES = frozenset("menu menubar complementary navigation alert alertdialog dialog contentinfo search banner".split())
_WHOLE = frozenset(("html", "body", "article", "main", "a"))
_AROUND = frozenset(("nav", "aside", "footer", "form", "menu", "dialog"))


def names_of(node: PageNode) -> str:
    """Its class and its id."""
    attributes = node.attributes
    return f"{attributes.get('class', '')} {attributes.get('id', '')}"


def is_furniture(node: PageNode) -> bool:
    """True for what its role or its names set apart from any article, before anything is known of its text."""
    if node.attributes.get("role", "").lower() in _ROLES:
        return True
    names = names_of(node)
    if len(names) <= 1 or node.tag in _WHOLE:
        return False
    return _furniture_by_name(names) and not any(above.tag in ("table", "code", "pre") for above in node.ancestors())


@functools.lru_cache(maxsize=4096)
def _furniture_by_name(names: str) -> bool:
    if _ALWAYS.search(names):
        return True
    return _FURNITURE.search(names) is not None and _PERHAPS.search(names) is None


def name_weight(node: PageNode) -> int:
    """-50 to 50: what class and id say for (25 each) and against (-25 each) its being an article's."""
    attributes = node.attributes
    return sum(_weight(attributes[key]) for key in ("class", "id") if attributes.get(key))


@functools.lru_cache(maxsize=4096)
def _weight(name: str) -> int:
    return (25 if _GOOD.search(name) else 0) - (25 if _BAD.search(name) else 0)


def is_discussion(node: PageNode) -> bool:
    """True for readers' comments, which may be longer than the article."""
    return _DISCUSSION.search(names_of(node)) is not None


def is_sharing(node: PageNode) -> bool:
    """True for bars of buttons that send the page on to others."""
    return _SHARING.search(names_of(node)) is not None


def is_byline(node: PageNode) -> bool:
    """True for a short line that is marked as the author's."""
    if not 0 < node.letters < 100:
        return False
    attributes = node.attributes
    marked = attributes.get("rel") == "author" or "author" in attributes.get("itemprop", "")
    return marked or _BYLINE.search(names_of(node)) is not None


def is_beside_a_title(node: PageNode) -> bool:
    """True for a short box with the author's name, the date or the time that an article takes to read."""
    return node.tag in _BOXES and 0 < node.letters < 150 and _BESIDE_A_TITLE.search(names_of(node)) is not None


def is_hidden(node: PageNode) -> bool:
    """True where its own attributes keep it from being shown."""
    attributes = node.attributes
    if "sf-hidden" in attributes.get("class", ""):  # so SingleFile marks what was hidden when it saved the page
        return True
    style = attributes.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or "hidden" in attributes


def is_unread(node: PageNode) -> bool:
    """True for what is hidden, is kept from being read out (dialogs over a page), or is only there to be read out."""
    attributes = node.attributes
    if attributes.get("aria-hidden") == "true" and "fallback-image" not in attributes.get("class", ""):
        return True
    if "class" in attributes and _FOR_SCREEN_READERS.search(attributes["class"]):
        return True
    return attributes.get("aria-modal") == "true" or is_hidden(node)
