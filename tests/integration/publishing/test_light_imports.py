"""A web process stays light: the analysis is for workers."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from consult import Settings, create_app
from consult.db import db

app = create_app(Settings(secret_key="t" * 40, var_dir=Path(sys.argv[1])))
with app.app_context():
    db.create_all()
client = app.test_client()
for address in ("/fr/", "/en/sign-in", "/fr/analyses"):
    assert client.get(address).status_code < 400, address
print([name for name in ("pandas", "sklearn", "scipy", "numpy") if name in sys.modules])
"""


def test_serving_pages_imports_no_analysis_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
