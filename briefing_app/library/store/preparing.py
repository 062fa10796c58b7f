"""Making everything of a reading that the library keeps of it; it costs most, and so is done in a worker."""

from __future__ import annotations

import json

from briefing_app.library.store.packing import Prepared, packed_form
from briefing_app.library.store.records import fields_to_keep
from briefing_app.library.words.folding import fold_phrase
from briefing_app.library.words.lexicon import Lexicon
from briefing_app.model.reading import Reading


def prepare(data: bytes, reading: Reading, file_name: str, lexicon: Lexicon | None = None) -> Prepared:
    """The form at rest of a source that was read from ``data``; with a ``lexicon`` its words for the index, too."""
    packed = packed_form(data, reading.text)
    fields = fields_to_keep(reading, file_name)
    forms = None
    if lexicon is not None and fields.title:
        forms = lexicon.of_source(fields.title, reading.text, fields.language, packed.text_sha256)
    return Prepared(
        packed=packed,
        fields=fields,
        has_text=bool(reading.text.strip()),
        page_count=len(reading.pages),
        blocks=json.dumps([(str(block.kind), block.start, block.end, block.level) for block in reading.blocks]),
        pages=json.dumps([(span.number, span.start, span.end) for span in reading.pages]),
        warnings=json.dumps(reading.warnings, ensure_ascii=True),
        title_key=title_key(fields.title or file_name or fields.url),
        forms=forms,
    )


def title_key(title: str) -> str:
    """What titles are sorted by: their first words without case, accents and quotation marks."""
    return fold_phrase(title[:120])[:48]
