"""Reading scans by text recognition: page by page in a worker with larger limits, and kept as any other reading."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from briefing_app.errors import BriefingError
from briefing_app.library.importing.pieces import Piece
from briefing_app.library.importing.reading_ahead import in_words
from briefing_app.library.store.preparing import prepare
from briefing_app.library.versions.reread import ReadAgainReport
from briefing_app.library.versions.rereading import Chosen, Rereader
from briefing_app.model.reading import Reading
from briefing_app.readers import tesseract
from briefing_app.readers.ocr import recognising
from briefing_app.readers.versions import family_of
from briefing_app.work.limits import GIGABYTE, Limits
from briefing_app.work.pool import WorkerPool, results
from briefing_app.work.progress import Progress

PAGE_LIMITS = Limits(seconds=2 * tesseract.PAGE_SECONDS, memory=3 * GIGABYTE)  # of one page

_Steps = Generator[tuple[int, int], None, Piece]


def is_scan(one: Chosen) -> bool:
    """True for a source that text recognition may give a text: a PDF or a picture without any, or read by it before."""
    recognised = family_of(one.reader).startswith("ocr-")
    return (one.no_text or recognised) and (one.media_type == "application/pdf" or one.media_type.startswith("image/"))


def check_installed() -> None:
    """Raise BriefingError where there is no Tesseract here; it says how to get it."""
    tesseract.chosen_languages(())


def recognise_all(
    rereader: Rereader, chosen: Sequence[Chosen], *, workers: bool
) -> Generator[Progress, None, ReadAgainReport]:
    """Read scans one after another; a page that takes too long, or too much memory, costs its source only."""
    total = len(chosen)
    installed = tesseract.installed_languages()
    yield Progress(0, total, "Recognising text")
    pool = WorkerPool(1, limits=PAGE_LIMITS, what="text recognition") if workers else None
    try:
        for one in chosen:
            if rereader.is_stopped:
                break
            if not is_scan(one):
                rereader.fail(one, "It has a text of its own, or is no scan: only scans without text are recognised.")
                continue
            data = rereader.original(one)
            if data is None:
                continue
            known = tesseract.COMMON.get(one.language.split("-")[0].lower(), "") in installed
            languages = (one.language,) if known else ()
            steps = _steps(pool, data, one.file_name, languages)
            try:
                piece = yield from _followed(rereader, steps, one, total)
            except BriefingError as error:
                rereader.fail(one, in_words(one.file_name, error))
                continue
            if piece is None:
                break
            if piece.prepared is not None and piece.prepared.has_text:
                rereader.put(one, piece)
            else:
                rereader.fail(one, "No words were recognised on its pages.")
            yield from rereader.step(total, one.title)
    finally:
        rereader.keep()
        if pool is not None:
            pool.close()
    yield Progress(total, total, "Recognising text")
    return rereader.report(total)


def _followed(rereader: Rereader, steps: _Steps, one: Chosen, total: int) -> Generator[Progress, None, Piece | None]:
    """See one source through; None where the job is stopped in its midst."""
    while True:
        try:
            page, pages = next(steps)
        except StopIteration as end:
            piece: Piece = end.value
            return piece
        yield from rereader.step(total, f"{one.title}: page {page} of {pages}")
        if rereader.is_stopped:
            steps.close()
            return None


def _steps(pool: WorkerPool | None, data: bytes, name: str, languages: tuple[str, ...]) -> _Steps:
    if pool is None:
        return recognise_source(data, name, languages)
    return results(pool.submit(recognise_source, data, name, languages))


def recognise_source(data: bytes, name: str, languages: tuple[str, ...]) -> _Steps:
    """The pages done and of all, and at the end what is kept of the reading. It runs in a worker."""
    for step in recognising(data, languages=languages, name=name):
        if isinstance(step, Reading):
            prepared = prepare(data, step, name)
            return Piece(None, name, None, replace(step, text="", blocks=(), pages=(), warnings=()), prepared)
        yield step
    raise AssertionError("unreachable")
