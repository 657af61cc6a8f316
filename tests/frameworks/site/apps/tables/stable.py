"""Datasette 0.65 over two database files, one in memory, metadata and a plugin."""

import json
from pathlib import Path

from datasette.app import Datasette
from seed import make

HERE = Path(__file__).parent

datasette = Datasette(
    [make("town.db"), str(HERE / "population.db")],
    memory=True,
    metadata=json.loads((HERE / "metadata.json").read_text("utf-8")),
    plugins_dir=str(HERE / "plugins"),
    settings={"default_page_size": 3},
)
app = datasette.app()
