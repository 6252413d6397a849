// Draws Adaptive Cards. `surface` keeps what is entered and presses buttons:
// { name, form, press(index, node) }; a button is known by its place among the card's buttons, from top to bottom.

import { drawnChart } from "../chart.js";
import { el, isSafeLink, unknown } from "../dom.js";
import { menu } from "../menu.js";
import { icon } from "../icons.js";
import { input, isInput } from "./inputs.js";
import { look, markdown, runs } from "./words.js";

const MOST_BESIDE = 6; // buttons of one set; the rest go into a menu
const DRAW = {
  TextBlock: textBlock,
  RichTextBlock: richText,
  Container: container,
  ColumnSet: columns,
  FactSet: facts,
  "Chart.Line": chart,
  "Chart.VerticalBar.Grouped": chart,
  ActionSet: (part, at) => actions(part.actions, at),
  Image: (part) => el("span", { class: "ac-image" }, part.altText ?? ""),
};
const STYLES = new Set(["emphasis", "accent", "good", "warning", "attention"]);
const PRESSED = new Set(["Action.Execute", "Action.Submit"]);

/** The card as its reader sees it. */
export function adaptiveCard(card, surface) {
  const at = { surface, count: 0 };
  const body = el("div", { class: "ac-stack" }, stack(card.body ?? [], at));
  const foot = card.actions?.length ? el("div", { class: "ac-foot" }, actions(card.actions, at)) : null;
  return el("div", { class: "ac", dir: card.rtl ? "rtl" : null }, body, foot);
}

function stack(parts, at) {
  return parts.filter((part) => part.isVisible !== false).map((part, index) => element(part, at, index === 0));
}

function element(part, at, isFirst) {
  const node = drawn(part, at);
  if (!node || isFirst) return node;
  node.classList.add(`ac-space-${part.spacing ?? "default"}`);
  if (part.separator) node.classList.add("ac-separator");
  return node;
}

function drawn(part, at) {
  if (isInput(part)) return input(part, at.surface);
  if (DRAW[part.type]) return DRAW[part.type](part, at);
  if (part.fallback === "drop") return null;
  return part.fallback ? drawn(part.fallback, at) : el("div", {}, unknown(part.type));
}

function textBlock(part) {
  const isHeading = part.style === "heading";
  const tag = isHeading ? "h3" : "p";
  return el(tag, { class: look("ac-text", part, { clips: !part.wrap }), dir: "auto" }, markdown(part.text));
}

function richText(part) {
  return el("p", { class: look("ac-text", part), dir: "auto" }, runs(part.inlines ?? []));
}

function container(part, at) {
  const node = el("div", { class: "ac-container ac-stack", dir: part.rtl ? "rtl" : null }, stack(part.items ?? [], at));
  if (STYLES.has(part.style)) node.classList.add("ac-filled", `ac-${part.style}`);
  return node;
}

function columns(part, at) {
  const wanted = (part.columns ?? []).filter((column) => column.isVisible !== false);
  const drawnColumns = wanted.map((column, index) => {
    const node = container(column, at);
    node.classList.add("ac-column", `ac-vertical-${column.verticalContentAlignment ?? part.verticalContentAlignment ?? "top"}`);
    if (index > 0) node.classList.add(`ac-gap-${column.spacing ?? "default"}`);
    wide(node, column.width ?? "stretch");
    return node;
  });
  const node = el("div", { class: "ac-columns" }, drawnColumns);
  if (STYLES.has(part.style)) node.classList.add("ac-filled", `ac-${part.style}`);
  return node;
}

/** A column takes what its content needs, a share of what is left, or so many pixels. */
function wide(node, width) {
  const share = Number(width);
  if (width === "auto") node.style.flex = "0 0 auto";
  else if (/^\d+px$/.test(width)) node.style.flex = `0 0 ${width}`;
  else node.style.flex = `${share > 0 ? share : 1} 1 ${share > 0 ? "0" : "3rem"}`;
}

function facts(part) {
  const rows = (part.facts ?? []).map((fact) => [el("dt", { dir: "auto" }, fact.title), el("dd", { dir: "auto" }, markdown(fact.value))]);
  return el("dl", { class: "ac-facts" }, rows);
}

/** Categories along the axis, in the order in which they come; the title is shown only where the card says so. */
function chart(part) {
  const labels = [...new Set(part.data.flatMap((line) => line.values.map((point) => point.x)))];
  const lines = part.data.map((line) => ({ name: line.legend, values: labels.map((label) => line.values.find((point) => point.x === label).y) }));
  const kind = part.type === "Chart.Line" ? "line" : "bar";
  return drawnChart({ kind, title: part.showTitle ? part.title : "", labels, lines, top: part.yMax ?? 10 });
}

function actions(list, at) {
  const shown = list.filter((action) => action.isVisible !== false);
  const first = shown.filter((action) => action.mode !== "secondary").slice(0, MOST_BESIDE);
  const numbers = new Map(shown.map((action) => [action, at.count++]));
  const rest = shown.filter((action) => !first.includes(action));
  const more = rest.length ? menu({ label: "More actions", title: "More actions", kind: "ac-more", face: icon("more"), items: rest.map((action) => item(action, at, numbers)) }) : null;
  return el("div", { class: "ac-actions" }, first.map((action) => button(action, at, numbers)), more);
}

function button(action, at, numbers) {
  if (action.type === "Action.OpenUrl") return opens(action);
  if (!PRESSED.has(action.type)) return unknown(action.type);
  const index = numbers.get(action);
  const press = (event) => at.surface.press(index, event.currentTarget);
  const props = { type: "button", class: `button ${kind(action)}`, "data-name": `${at.surface.name} action ${index}`, title: action.tooltip, dir: "auto", onclick: press };
  return el("button", { ...props, disabled: action.isEnabled === false, "data-opens": action.data?.msteams?.type === "task/fetch" }, action.title);
}

function kind({ style }) {
  return { positive: "primary", destructive: "danger" }[style] ?? "";
}

function opens(action) {
  if (!isSafeLink(action.url)) return el("span", {}, action.title);
  return el("a", { class: "button", href: action.url, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, action.title);
}

function item(action, at, numbers) {
  const index = numbers.get(action);
  const run = (node) => (!PRESSED.has(action.type) ? window.open(action.url, "_blank", "noopener") : at.surface.press(index, node));
  return { label: action.title, run };
}
