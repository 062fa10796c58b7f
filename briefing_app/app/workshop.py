"""Previews and exports for a window: made in worker processes, so that the window never waits for them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from pathlib import Path

from briefing_app.app.exporting import Exported, ExportOrder, Format, Rendered, format_of, hand_over, render
from briefing_app.app.previewing import Preview, make_preview
from briefing_app.app.source_pages import SourcePages
from briefing_app.model.briefing import Briefing
from briefing_app.work.limits import Limits
from briefing_app.work.pool import WorkerPool, results

_LIMITS = Limits(seconds=600.0, memory=4 << 30)
_PAGE_LIMITS = Limits(seconds=30.0, memory=2 << 30)


class Workshop:
    """The worker processes of one application. They start when they are first needed and end with it."""

    def __init__(self) -> None:
        self._pool = WorkerPool(2, limits=_LIMITS, what="the layout")
        self._pages = WorkerPool(1, limits=_PAGE_LIMITS, what="the drawing of the page")

    def preview(self, briefing: Briefing) -> Preview:
        """The pages of ``briefing``. Waits: call it beside the window. Raises BriefingError."""
        preview: Preview = self._pool.run(make_preview, briefing)
        return preview

    def export(self, briefing: Briefing, target: Path, order: ExportOrder) -> Generator[int, None, Exported]:
        """Export as ``exporting.export_briefing`` does, yielding the number of each page as it is finished.

        Closing the generator ends the work and leaves ``target`` as it was.
        """
        call = self._pool.submit(_render_pages, briefing, format_of(target), order)
        rendered: Rendered = yield from results(call)
        return hand_over(rendered, target)

    def source_pages(self, key: str, data: bytes) -> SourcePages:
        """The pages of a source's PDF ``data``, which ``key`` names. Waits. Raises BriefingError."""
        return SourcePages(self._pages, key, data)

    def close(self) -> None:
        self._pool.close()
        self._pages.close()


def _render_pages(briefing: Briefing, format: Format, order: ExportOrder) -> Generator[int, None, Rendered]:
    """``render`` as a generator of finished pages."""
    pages: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    outcome: list[Rendered | BaseException] = []

    def work() -> None:
        try:
            outcome.append(render(briefing, format, order, pages.put))
        except BaseException as error:  # raised again below, in the generator's own thread
            outcome.append(error)
        finally:
            pages.put(None)

    thread = threading.Thread(target=work, name="render", daemon=True)
    thread.start()
    while (page := pages.get()) is not None:
        yield page
    thread.join()
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]
