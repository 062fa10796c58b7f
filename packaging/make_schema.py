"""Write docs/briefing.schema.json, the published schema of briefing.json, from the model."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing_app.storage.codec import schema  # noqa: E402

if __name__ == "__main__":
    target = ROOT / "docs" / "briefing.schema.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    print(target)
