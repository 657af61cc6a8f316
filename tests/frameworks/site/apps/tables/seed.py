"""Makes a database of a CSV, a JSON and an SQL file, as `sqlite-utils insert` would from a shell."""

import csv
import json
from pathlib import Path

import sqlite_utils

HERE = Path(__file__).parent


def make(path):
    db = sqlite_utils.Database(path, recreate=True)
    with (HERE / "trees.csv").open(newline="", encoding="utf-8") as file:
        db["trees"].insert_all(csv.DictReader(file), pk="id")
    db["trees"].transform(types={"id": int, "height": int})
    db["parks"].insert_all(json.loads((HERE / "parks.json").read_text("utf-8")), pk="id")
    db.executescript((HERE / "views.sql").read_text("utf-8"))
    db.close()
    return path
