import csv
from pathlib import Path

import pytest
import yaml

from scripts.plan.settings import check

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.mark.parametrize("folder", sorted(path.name for path in EXAMPLES.iterdir()))
def test_settings_and_sheet_fit_the_files(folder):
    config = check(yaml.safe_load((EXAMPLES / folder / "config.yaml").read_text(encoding="utf-8")))
    seeds = EXAMPLES.parent / config["seeds"]
    with (seeds / "metadata.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["path"] for row in rows] == sorted(path.name for path in seeds.glob("*.txt"))
    assert config["groups"] in rows[0]
