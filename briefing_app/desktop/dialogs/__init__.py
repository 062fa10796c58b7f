"""Dialogs: each asks for one thing and hands back a value; none of them changes the briefing."""
