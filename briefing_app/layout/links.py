"""Which addresses an export may lead a reader to."""

from __future__ import annotations

_SCHEMES = ("http://", "https://", "ftp://", "mailto:")


def outward(address: str) -> str:
    """``address`` as a link outside, or an empty string where no reader should be led to it.

    Web and mail addresses only: scripts, files and other programs' addresses stay words. It does not look the
    address up.
    """
    url = address.strip()
    if url.lower().startswith("www."):
        url = f"https://{url}"
    return url if url.lower().startswith(_SCHEMES) else ""
