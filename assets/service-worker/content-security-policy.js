// @ts-check
/**
 * The app's Content-Security-Policy, as its preview needs it: a frame of ours may show it, and our script runs in
 * it. All else that it forbids stays forbidden.
 *
 * https://w3c.github.io/webappsec-csp/
 */

/**
 * @param {string} value of the header: policies with commas between them
 * @param {string} script URL of ours
 * @param {string} nonce of our script's element
 */
function policyForPreview(value, script, nonce) {
  return value
    .split(",")
    .map((policy) => withOurScript(policy, script, nonce))
    .join(",");
}

/**
 * @param {string} policy
 * @param {string} script
 * @param {string} nonce
 */
function withOurScript(policy, script, nonce) {
  /** @type {Map<string, string>} sources by directive; the first one of a name counts */
  const directives = new Map();
  for (const directive of policy.split(";")) {
    const [, name, sources] = /^\s*(\S+)\s*(.*)$/s.exec(directive) ?? [];
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  directives.delete("frame-ancestors");
  const scripts = ["script-src-elem", "script-src", "default-src"].find((name) => directives.has(name));
  if (scripts) {
    const sources = /** @type {string} */ (directives.get(scripts)).replace(/'none'/i, "");
    // Under 'strict-dynamic' URLs count for nothing; without it, a nonce would forbid inline scripts.
    const ours = /'strict-dynamic'/i.test(sources)
      ? `'nonce-${nonce}'`
      : script.replace(/[,;]/g, encodeURIComponent);
    directives.set("script-src-elem", `${sources} ${ours}`.trim());
  }
  return [...directives].map(([name, sources]) => `${name} ${sources}`).join("; ");
}
