// @ts-check
/** What a reader who takes the app home reads. */

import { translate } from "../languages.js";

export const texts = {
  share: "Copy a link to this code",
  download: "Download the app",
  copied: "The link is in the clipboard; whoever opens it sees your code here.",
  notCopied: "The browser does not let pages write to the clipboard. Copy the link here:",
  link: "Link to this code",
  unchanged: "The link leads to the author's code, as you have not changed it.",
  saved: "The app runs on your machine by “uv run serve.py”; its README tells more.",
  fromLink:
    "This code came with the link that you followed, and not from the author of the page. Read it before you run it.",
  otherThanYours:
    "The link that you followed brought other code than what you have edited here. Yours is kept until you choose.",
  takeLinks: "Show the link's code",
  keepMine: "Keep mine",
  noBlock: "The link that you followed is about code which this page does not have any more.",
  damaged: "The link that you followed is damaged, so that its code cannot be shown.",
};

await translate(texts, "take-home");
