// @ts-check
/** What the request pane says. */

import { translate } from "../languages.js";

export const texts = {
  form: "Request",
  method: "Method",
  otherMethod: "Other…",
  methodName: "Name of the method",
  path: "Path",
  headers: "Headers",
  body: "Body",
  send: "Send",
  cancel: "Cancel",
  sendHint: "Ctrl+Enter sends the request.",
  /** @param {string} type */
  sentAs: (type) => `Sent as ${type}.`,
  sentAsWritten: "Sent with the Content-Type of the headers.",
  noBody: "No body is sent.",
  startFrom: "Start from",
  documented: "Documented here",
  sent: "Sent before",
  nothingToStartFrom: "Requests that you have sent appear here.",
  /** @param {string} name */
  asDocumented: (name) => `${name}, as documented`,
  answer: "Answer",
  /** @param {number} count */
  headerCount: (count) => (count === 1 ? "1 header" : `${count} headers`),
  /** @param {string} status @param {string} time @param {string} size */
  answered: (status, time, size) => `${status} in ${time}, ${size}.`,
  /** @param {string} status @param {string} time @param {string} size */
  cancelled: (status, time, size) => `${status}, cancelled after ${time} and ${size}.`,
  cancelledBefore: "Cancelled before the app had answered.",
  events: "Events",
  message: "message",
  dropped: "Earlier ones were dropped.",
  tree: "Body of the answer, as a tree",
  /** @param {number} count */
  items: (count) => (count === 1 ? "1 item" : `${count} items`),
  /** @param {number} count */
  members: (count) => (count === 1 ? "1 member" : `${count} members`),
  /** @param {number} count */
  more: (count) => `Show ${count} more`,
  routes: "Routes of the app",
  socket: {
    label: "WebSocket",
    open: (/** @type {string} */ protocol) =>
      protocol ? `Open, with the subprotocol ${protocol}.` : "Open.",
    openButton: "Open",
    closeButton: "Close",
    connecting: "Connecting…",
    protocols: "Subprotocols",
    protocolsHint: "Subprotocols, such as graphql-ws",
    messages: "Messages",
    message: "Message",
    send: "Send message",
    sendHint: "Ctrl+Enter sends the message.",
    opened: "open",
    sent: "sent",
    received: "received",
    /** @param {number} size */
    receivedBytes: (size) => `received ${size} bytes`,
    /** @param {number} status */
    refused: (status) => `The app answered ${status}, and opened no WebSocket.`,
    /** @param {number} code @param {string} reason @param {boolean} wasClean */
    closed: (code, reason, wasClean) =>
      `Closed ${wasClean ? "with" : "without a goodbye:"} ${code}${reason ? ` (${reason})` : ""}.`,
  },
  wrong: {
    /** @param {string} name */
    parameter: (name) => `Write a value in place of ${name}.`,
    /** @param {string} method */
    method: (method) => `“${method}” is no method such as GET.`,
    /** @param {string} method */
    forbidden: (method) => `Browsers do not let a page send ${method}.`,
    /** @param {string} path */
    host: (path) => `Requests go to the block’s app, so write the path of ${path} only.`,
    /** @param {string} path */
    path: (path) => `A path starts with one “/”, not “${path}”.`,
    /** @param {number} line @param {string} text */
    header: (line, text) => `Headers, line ${line}: “${text}” is no header such as “Accept: text/html”.`,
    /** @param {number} line @param {string} text */
    characters: (line, text) =>
      `Headers, line ${line}: “${text}” has characters that no header can hold; the last one is U+00FF.`,
  },
};

await translate(texts, "request-pane");
