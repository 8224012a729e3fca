from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "readers.md"
ASK = """
import dateline
for one in dateline.read("news"):
    print(type(one).__name__, getattr(one, "title", None) or one.reason, getattr(one, "day", None))
"""


def test_the_reader_of_the_documentation_reads_once_it_is_installed(tmp_path: Path) -> None:
    toml, python = re.findall(r"```(?:toml|python)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "my_package").mkdir()
    (tmp_path / "my_package" / "__init__.py").write_text("")
    (tmp_path / "my_package" / "wire.py").write_text(python)
    told = tmp_path / "my_package-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: my_package\nVersion: 1\n")
    suffix, where = re.findall(r'"([^"]*)"', toml)[-2:]
    (told / "entry_points.txt").write_text(f"[dateline.readers]\n{suffix} = {where}\n")
    (tmp_path / "news").mkdir()
    parts = "== Library opened | 2021-03-04 | Echo\nThe council opened a library.\n== Nothing\nat all\n"
    (tmp_path / "news" / "a.wire").write_text(parts)
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.path[1:1] = {sys.path!r}\n{ASK}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    article, skipped = done.stdout.splitlines()
    assert article == "Article Library opened 2021-03-04"
    assert skipped.startswith("Skipped part 2: its first line")
