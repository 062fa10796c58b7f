"""Worker processes with limits, progress and cancelling: heavy work never runs in the window's process."""
