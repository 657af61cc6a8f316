"""`python3 sample_site`: builds the sample site and serves it."""

from __future__ import annotations

import argparse
import subprocess
import sys

from launcher import checkout, sites
from launcher.steps import StepFailedError, say


def main() -> int:
    """Run the command; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python3 sample_site", description=__doc__)
    parser.add_argument(
        "--port", type=int, help="port to serve on (default: the first free one from 8000)"
    )
    parser.add_argument("--build-only", action="store_true", help="build, do not serve")
    options = parser.parse_args()
    try:
        checkout.install("sample")
        sites.build()
    except StepFailedError as error:
        say(f"{error.output}\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 0 if options.build_only else serve(options.port)


def serve(port: int | None) -> int:
    """Serve both sites from one origin until Ctrl+C."""
    say()
    command = [str(checkout.PYTHON), "-m", "asgi_docs", "serve", str(sites.SITE)]
    command += ["--host", "127.0.0.1"]
    if port is not None:
        command += ["--port", str(port)]
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:  # the server had it too, and ends by itself
        return 0


if __name__ == "__main__":
    sys.exit(main())
