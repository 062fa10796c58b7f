"""What all editors of one composer share: the briefing that is shown, its labels, and the formats."""

from __future__ import annotations

from collections.abc import Sequence

from briefing_app.app.remarking import Remark
from briefing_app.desktop.composer.labels import Labels
from briefing_app.desktop.composer.styles import Styles
from briefing_app.desktop.composer.theme import LIGHT, ComposerTheme
from briefing_app.model.briefing import Briefing, Media


class Context:
    """Looked at by whoever draws. It changes only when the composer shows another state of the briefing."""

    def __init__(self) -> None:
        self.styles = Styles(LIGHT)
        self.formats_by_key = True  # Ctrl+B and the like; False where the shell has actions with keys of their own
        self.labels = Labels()
        self._briefing: Briefing | None = None
        self._media: dict[str, Media] = {}
        self._remarks: dict[str, dict[str, tuple[Remark, ...]]] = {}  # section id -> node id -> what was found

    @property
    def theme(self) -> ComposerTheme:
        return self.styles.theme

    def set_theme(self, theme: ComposerTheme) -> None:
        """Make every format anew."""
        self.styles = Styles(theme)

    def show(self, briefing: Briefing | None) -> None:
        """Take labels and pictures from this state of the briefing."""
        before = self._briefing
        self._briefing = briefing
        if briefing is None or before is None or _cites_other(briefing, before):
            self.labels = Labels(briefing)
        if briefing is None or before is None or briefing.media is not before.media:
            self._media = {media.sha256: media for media in briefing.media} if briefing else {}

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Take what the checks have found."""
        self._remarks = {}
        for remark in remarks:
            section = self._remarks.setdefault(remark.section_id, {})
            section[remark.node_id] = (*section.get(remark.node_id, ()), remark)

    def remarks_in(self, section_id: str) -> dict[str, tuple[Remark, ...]]:
        """What was found in a section, by node."""
        return self._remarks.get(section_id, {})

    def picture(self, sha256: str) -> Media | None:
        """The bytes of a picture, or None where the briefing does not hold it."""
        return self._media.get(sha256)


def _cites_other(one: Briefing, other: Briefing) -> bool:
    return one.excerpts is not other.excerpts or one.sources is not other.sources
