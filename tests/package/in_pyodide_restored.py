"""Run by test_boot.py in an interpreter that goes on from a snapshot."""

import sys

modules = sorted({"fastapi", "logging", "pydantic_core", "random", "uuid"} & set(sys.modules))

import json  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import random  # noqa: E402
import time  # noqa: E402
import uuid  # noqa: E402

json.dumps(
    {
        "modules": modules,
        "paths": sys.path,
        "random": random.random(),
        "node": uuid.getnode(),
        "system": os.urandom(8).hex(),
        "uuid": str(uuid.uuid4()),
        "since the start": time.time() - logging._startTime / 1e9,
    }
)
