// Words on a card: runs, which are literal, and text blocks, where a few signs of Markdown mean something.

import { el, link } from "../dom.js";

const TOKENS = [
  [/\*\*(\S(?:.*?\S)?)\*\*/, (hit) => el("strong", {}, markdown(hit[1]))],
  [/(?<![\p{L}\p{N}_])_(\S(?:.*?\S)?)_(?![\p{L}\p{N}_])/u, (hit) => el("em", {}, markdown(hit[1]))],
  [/\[([^\]\n]+)\]\(([^)\s]+)\)/, (hit) => link(hit[2], hit[1])],
];

/** A text block's words, as a client reads them: bold, italic and links, nothing else. */
export function markdown(text) {
  const found = TOKENS.map(([pattern, make]) => ({ hit: pattern.exec(text), make })).filter(({ hit }) => hit);
  if (!found.length) return [document.createTextNode(text)];
  const { hit, make } = found.reduce((one, other) => (other.hit.index < one.hit.index ? other : one));
  const before = text.slice(0, hit.index);
  const rest = text.slice(hit.index + hit[0].length);
  return [...(before ? [document.createTextNode(before)] : []), make(hit), ...(rest ? markdown(rest) : [])];
}

/** The runs of a rich text block: literal, each with its look. */
export function runs(inlines) {
  return inlines.map((inline) => (typeof inline === "string" ? document.createTextNode(inline) : run(inline)));
}

function run(part) {
  const styles = { italic: "em", strikethrough: "s", underline: "u", highlight: "mark" };
  const wanted = Object.entries(styles).filter(([name]) => part[name]);
  const url = part.selectAction?.type === "Action.OpenUrl" ? part.selectAction.url : null;
  const words = url ? link(url, part.text) : document.createTextNode(part.text);
  return el("span", { class: look("ac-run", part) }, wanted.reduce((node, [, tag]) => el(tag, {}, node), words));
}

/** The classes that say how words look. */
export function look(base, part, { clips = false } = {}) {
  const said = { size: part.size, weight: part.weight, color: part.color, align: part.horizontalAlignment, font: part.fontType };
  const named = Object.entries(said).filter(([, value]) => value && value !== "default").map(([name, value]) => `ac-${name}-${value}`);
  return [base, ...named, part.isSubtle ? "ac-subtle" : "", clips ? "ac-clips" : ""].filter(Boolean).join(" ");
}
