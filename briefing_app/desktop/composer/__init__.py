"""The composer: the column of sections in which a briefing is written."""
