"""Exports from the window: options kept as a profile, other formats, and once more by one key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog

from briefing_app.app.profiles import load_profiles
from briefing_app.desktop.dialogs.export import ExportDialog
from briefing_app.desktop.dialogs.export_options import ExportOptionsDialog
from briefing_app.layout.options import ExportOptions
from tests.desktop.conftest import User


def _choose_options(user: User, dialog: ExportDialog, name: str) -> None:
    user.press(dialog, "Options…")
    options = user.dialog(ExportOptionsDialog)
    for option, value in (("columns", 2), ("watermark", True)):
        field = options.choices[option]
        field.setCurrentIndex(field.findData(value))
    options.margins["left"].setValue(30)
    options.profile.setText(name)
    user.press(options, "Use these")
    user.wait(lambda: dialog.form_of_export.profile == name)


def test_options_become_a_profile_and_the_export_is_done_again_by_one_key(user: User, tmp_path: Path) -> None:
    user.new_briefing("Grain through the strait")
    target = tmp_path / "grain.html"
    user.act("export")
    dialog = user.dialog(ExportDialog)
    user.wait(dialog.findings.count)
    dialog.formats["html"].setChecked(True)
    assert dialog.target.text().endswith(".html")
    dialog.target.setText(str(target))
    _choose_options(user, dialog, "One-pager")
    assert load_profiles() == {"One-pager": ExportOptions(columns=2, watermark=True, left=30.0)}
    user.press(dialog, "Export")
    user.wait(lambda: dialog.accept_button.text() == "Close")
    told = [dialog.findings.item(row).text() for row in range(dialog.findings.count())]
    assert "The text is not set in columns: HTML has no pages." in told
    assert 'class="status">DRAFT' in target.read_text("utf-8")
    user.press(dialog, "Close")
    user.wait(lambda: not [one for one in user.window.findChildren(QDialog) if one.isVisible()])

    target.unlink()
    user.act("export_again")
    user.wait(target.exists)
    assert 'class="status">DRAFT' in target.read_text("utf-8")

    user.act("export")
    again = user.dialog(ExportDialog)
    assert again.form_of_export.profile == "One-pager"
    assert again.target.text() == str(target)
    again.reject()


def test_a_briefing_that_was_never_exported_is_led_through_the_dialog(user: User) -> None:
    user.new_briefing("Grain through the strait")
    user.act("export_again")
    user.dialog(ExportDialog).reject()


def test_a_damaged_file_of_profiles_is_told_in_the_dialog(user: User) -> None:
    from briefing_app.app.profiles import profiles_file

    profiles_file().parent.mkdir(parents=True, exist_ok=True)
    profiles_file().write_text("{")
    user.new_briefing("Grain through the strait")
    user.act("export")
    dialog = user.dialog(ExportDialog)
    assert "export-profiles.json" in dialog.problem.text()
    dialog.reject()
