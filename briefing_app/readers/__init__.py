"""From a file's bytes to text, blocks, fields and a map of positions; one file per format."""

from briefing_app.readers.companions import companions
from briefing_app.readers.detection import READER_FORMATS, ReaderFormat
from briefing_app.readers.dispatch import read
from briefing_app.readers.draft import read_draft
from briefing_app.readers.members import Member, read_members

__all__ = ["READER_FORMATS", "Member", "ReaderFormat", "companions", "read", "read_draft", "read_members"]
