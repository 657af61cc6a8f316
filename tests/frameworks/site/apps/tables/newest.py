"""Datasette 1.0: the same, and the root user may write."""

import json
from pathlib import Path

from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from seed import make

HERE = Path(__file__).parent


class EveryoneIsRoot:
    @hookimpl
    def actor_from_request(self):
        return {"id": "root"}


pm.register(EveryoneIsRoot(), name="everyone-is-root")

datasette = Datasette(
    [make("town.db"), str(HERE / "population.db")],
    memory=True,
    metadata=json.loads((HERE / "metadata.json").read_text("utf-8")),
    plugins_dir=str(HERE / "plugins"),
    settings={"default_page_size": 3},
)
datasette.root_enabled = True
app = datasette.app()
