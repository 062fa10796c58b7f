"""The validators that ``make validate`` installs (packaging/setup_validators.sh), where they are there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PDF_STANDARDS = "ua1,2a"
_JAXB = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
_JARS = Path("/usr/share/java")
_PATIENCE = 600  # seconds


def folder() -> Path:
    """Where they are; the same folder as the set-up's."""
    if chosen := os.environ.get("BRIEFING_VALIDATORS"):
        return Path(chosen)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "briefing-composer" / "validators"


def lacking_for_pdf() -> str:
    """Why PDFs cannot be validated here; empty where they can."""
    if shutil.which("java") is None:
        return "Java is not installed"
    needed = (folder() / "verapdf.jar", folder() / "ValidatePdf.class", _JARS / "jaxb-runtime.jar")
    missing = next((path for path in needed if not path.exists()), None)
    return f"{missing} is not there (make validate installs it)" if missing else ""


def lacking_for_docx() -> str:
    """Why DOCX cannot be validated here; empty where they can."""
    if shutil.which("node") is None:
        return "Node is not installed"
    program = _docx_program()
    return "" if program.exists() else f"{program} is not there (make validate installs it)"


def pdf_faults(files: Sequence[Path]) -> list[str]:
    """What veraPDF finds against PDF/UA-1 and PDF/A-2a; empty where all files comply.

    :raises RuntimeError: veraPDF does not run.
    """
    path = os.pathsep.join(
        (str(folder() / "verapdf.jar"), str(folder()), *(str(_JARS / f"{name}.jar") for name in _JAXB))
    )
    command = ["java", "-Xss4m", "-cp", path, "ValidatePdf", PDF_STANDARDS, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    lines = done.stdout.splitlines()
    if sum(line.startswith(("ok ", "BAD ")) for line in lines) != len(files) * len(PDF_STANDARDS.split(",")):
        raise RuntimeError(f"veraPDF does not run: {done.stdout}{done.stderr}")
    return [line for line in lines if not line.startswith("ok ")]


def docx_faults(files: Sequence[Path]) -> list[str]:
    """What the Open XML SDK finds; empty where all files comply."""
    faults = []
    for file in files:
        command = [str(_docx_program()), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)
        if done.returncode:
            faults.append(f"BAD {file}\n{done.stdout}{done.stderr}")
    return faults


def _docx_program() -> Path:
    return folder() / "node_modules" / ".bin" / "ooxml-validator"
