// Take out of the built style sheet what our templates never use, above all what asks for pictures that we do not ship:
// sortable tables and search fields, and the variants of components for dark grounds, expanders, and older browsers.
import { readFileSync, writeFileSync } from "node:fs";

const UNUSED =
  /sort|search|--reverse|button--(login|brand|secondary-solid)|card--primary|content--primary|nhsuk-expander|frontend-supported|not-supported-hidden|input--code|input-wrapper|caption-xxl|link-image|conditional|table--(responsive|striped|compact|no-)/;

/** Split at a sign that stands outside of brackets and quotes. */
function split(text, sign) {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (const letter of text) {
    if (quote) quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else depth += "([".includes(letter) - ")]".includes(letter);
    if (letter === sign && depth === 0 && !quote) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

/** Read `head{body}` and `statement;` one after the other, and keep those that are used. */
function prune(css) {
  let kept = "";
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    const end = css.indexOf(";", at);
    if (open < 0 || (end >= 0 && end < open)) {
      const stop = end < 0 ? css.length : end + 1;
      kept += css.slice(at, stop);
      at = stop;
      continue;
    }
    let close = open + 1;
    for (let depth = 1; depth > 0; close += 1) depth += (css[close] === "{") - (css[close] === "}");
    kept += rule(css.slice(at, open), css.slice(open + 1, close - 1));
    at = close;
  }
  return kept;
}

function rule(head, body) {
  if (/^@(media|supports)/.test(head)) {
    const inner = head.includes("\\0") ? "" : prune(body);
    return inner && `${head}{${inner}}`;
  }
  if (head.startsWith("@")) return `${head}{${body}}`;
  const used = split(head, ",").filter((selector) => !UNUSED.test(selector));
  return used.length ? `${used.join(",")}{${body}}` : "";
}

const file = process.argv[2];
writeFileSync(file, `${prune(readFileSync(file, "utf8").trim())}\n`);
