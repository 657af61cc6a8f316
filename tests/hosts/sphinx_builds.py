"""Runs several builds of Sphinx in this process, which loads it once; prints what came of each.

The argument is JSON: the arguments of each build, by a name of it.
"""

import contextlib
import io
import json
import sys

from sphinx.cmd.build import main

results = {}
for name, arguments in json.loads(sys.argv[1]).items():
    output, warnings = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(warnings):
        status = main(arguments)
    results[name] = [status, warnings.getvalue()]
json.dump(results, sys.stdout)
