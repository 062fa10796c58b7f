"""Use cases without Qt: session, history, jobs with progress, settings, paths."""
