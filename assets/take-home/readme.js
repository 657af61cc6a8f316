// @ts-check
/**
 * @param {object} project
 * @param {string} project.serve the script that serves the app
 * @param {string} project.test that sends the requests
 * @param {string} project.requests the file with them
 * @param {string} project.page where the app is from
 * @param {string[]} project.packages
 */
export function readme({ serve, test, requests, page, packages }) {
  return `# A live app from ${page}

With [uv](https://docs.astral.sh/uv/), which brings Python and the packages as well:

    uv run ${serve}

Then open http://127.0.0.1:8000 in a browser. Without uv:

    python -m venv .venv
    .venv/bin/python -m pip install ${packages.map((each) => JSON.stringify(each)).join(" ")}
    .venv/bin/python ${serve}

- \`${requests}\` has the requests of the page, for editors that can send them.
- \`${test}\` sends them and looks at the answers: \`uv run ${test}\`.
`;
}
