"""From a briefing, its sources and a template to a LayoutDocument: everything decided but page breaks."""
