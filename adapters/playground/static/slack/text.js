// Slack's two ways to write words: rich_text, where words are literal, and mrkdwn, where some signs mean something.

import { el, link, unknown } from "../dom.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

const plain = (text) => text.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]);

function mention(names, id) {
  return el("span", { class: "mention" }, `@${names.get(id) ?? id}`);
}

/** A text object of Block Kit. */
export function textObject(object, names) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, names) : [document.createTextNode(object.text)];
}

const CODE_BLOCK = /```([\s\S]+?)```/;
const TOKENS = [
  [/`([^`\n]+)`/, (hit) => el("code", {}, plain(hit[1]))],
  [/<([^<>\n]+)>/, (hit, names) => reference(hit[1], names)],
  [/(?<![\p{L}\p{N}*])\*([^*\n]+)\*(?![\p{L}\p{N}*])/u, (hit, names) => el("strong", {}, spans(hit[1], names))],
  [/(?<![\p{L}\p{N}_])_([^_\n]+)_(?![\p{L}\p{N}_])/u, (hit, names) => el("em", {}, spans(hit[1], names))],
  [/(?<![\p{L}\p{N}~])~([^~\n]+)~(?![\p{L}\p{N}~])/u, (hit, names) => el("s", {}, spans(hit[1], names))],
];

export function mrkdwn(text, names) {
  const code = CODE_BLOCK.exec(text);
  if (code) {
    const after = text.slice(code.index + code[0].length);
    return [...quoted(text.slice(0, code.index), names), el("pre", {}, plain(code[1])), ...quoted(after, names)];
  }
  return quoted(text, names);
}

function quoted(text, names) {
  const parts = [];
  for (const line of text.split("\n")) {
    const words = line.match(/^&gt;\s?(.*)$/);
    const last = parts.at(-1);
    if (words && last?.quote) last.lines.push(words[1]);
    else if (words) parts.push({ quote: true, lines: [words[1]] });
    else if (last && !last.quote) last.lines.push(line);
    else parts.push({ quote: false, lines: [line] });
  }
  return parts.flatMap(({ quote, lines }) => {
    const inner = spans(lines.join("\n"), names);
    return quote ? [el("blockquote", {}, inner)] : inner;
  });
}

function spans(text, names) {
  const found = TOKENS.map(([pattern, make]) => ({ hit: pattern.exec(text), make })).filter(({ hit }) => hit);
  if (!found.length) return [document.createTextNode(plain(text))];
  const first = found.reduce((one, other) => (other.hit.index < one.hit.index ? other : one));
  const { hit, make } = first;
  const before = text.slice(0, hit.index);
  const rest = text.slice(hit.index + hit[0].length);
  return [...(before ? spans(before, names) : []), make(hit, names), ...(rest ? spans(rest, names) : [])];
}

function reference(inside, names) {
  const [target, label] = inside.split("|");
  if (target.startsWith("@")) return mention(names, target.slice(1));
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${plain(label || target.slice(1))}`);
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${plain(label || target.slice(1)).replace(/^@/, "")}`);
  return link(plain(target), plain(label || ""));
}

export function richText(block, names) {
  return block.elements.map((element) => richElement(element, names));
}

function richElement(element, names) {
  const inner = () => element.elements.map((span) => richSpan(span, names));
  switch (element.type) {
    case "rich_text_section":
      return el("p", {}, inner());
    case "rich_text_quote":
      return el("blockquote", {}, inner());
    case "rich_text_preformatted":
      return el("pre", {}, inner());
    case "rich_text_list": {
      const items = element.elements.map((item) => el("li", {}, item.elements.map((span) => richSpan(span, names))));
      return el(element.style === "ordered" ? "ol" : "ul", {}, items);
    }
    default:
      return unknown(element.type);
  }
}

function richSpan(span, names) {
  const styles = Object.entries(span.style ?? {}).filter(([name, on]) => on && STYLES[name]);
  return styles.reduce((node, [name]) => el(STYLES[name], {}, node), bare(span, names));
}

function bare(span, names) {
  switch (span.type) {
    case "text":
      return document.createTextNode(span.text);
    case "link":
      return link(span.url, span.text);
    case "user":
      return mention(names, span.user_id);
    case "channel":
      return el("span", { class: "mention" }, `#${span.channel_id}`);
    case "broadcast":
      return el("span", { class: "mention" }, `@${span.range}`);
    case "emoji":
      return document.createTextNode(span.unicode ? String.fromCodePoint(...span.unicode.split("-").map((code) => parseInt(code, 16))) : `:${span.name}:`);
    case "date":
      return document.createTextNode(span.fallback ?? new Date(span.timestamp * 1000).toLocaleString());
    default:
      return unknown(span.type);
  }
}
