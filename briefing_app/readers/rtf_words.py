"""The words of RTF that matter for text: charsets, symbols, and what holds no words of the document."""

from __future__ import annotations

# `fcharset` numbers of fonts, and code pages that have another name in Python.
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "mac_roman", 80: "gb2312", 81: "big5", 83: "mac_greek",
    84: "mac_turkish", 85: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
CODE_PAGES = {708: "iso8859_6", 10000: "mac_roman", 10007: "mac_cyrillic", 20866: "koi8_r", 65001: "utf-8"}
DOCUMENT_CHARSETS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
SYMBOLS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "\u2014", "endash": "\u2013", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f", "nestcell": " ", "nestrow": " ",
}  # fmt: skip
SIGNS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}", "\n": "\r", "\r": "\r"}
# Groups without words of the document. A group that begins with \* is one too, unless its word is known.
SKIPPED = frozenset(
    "colortbl pict object objdata objclass objname stylesheet fonttbl header headerl headerr headerf footer footerl"
    " footerr footerf ftnsep ftnsepc aftnsep listtext pntext listtable listoverridetable revtbl rsidtbl generator"
    " xe tc bkmkstart bkmkend fldinst datafield themedata colorschememapping latentstyles datastore xmlnstbl"
    " annotation atnid atnauthor atndate atnref atrfstart atrfend fname nonshppict private private1 template"
    " pnseclvl panose falt filetbl background"
    " list listlevel leveltext levelnumbers listname sp nesttableprops nonesttables mmathPr userprops htmltag".split()
)
ENTERED = frozenset(["shppict", "shpinst", "shptxt", "footnote", "annotation", "nesttables", "formfield", "cs", "ud"])
INFO = {"title": "title", "author": "author", "operator": "operator", "company": "company", "doccomm": "comment"}
