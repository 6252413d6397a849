// Draws a chart, as either platform does: lines with points over their labels or bars side by side, and a legend.
// `kind` is "line" or "bar", `lines` are [{ name, values }], each with a number for each label, from 0 to `top`.

import { el, svg } from "./dom.js";

const WIDE = 340;
const HIGH = 140;
const LEFT = 34;
const RIGHT = 14;
const OVER = 10;
const UNDER = 24;
const LETTER = 7; // about so wide is one of a label

export function drawnChart({ kind, title, labels, lines, top }) {
  const said = lines.map((line) => `${line.name}: ${labels.map((label, at) => `${label} ${line.values[at]}`).join(", ")}`).join("; ");
  const drawn = svg("svg", { class: "chart-lines", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": `${title}. ${said}` });
  const slot = (WIDE - LEFT - RIGHT) / labels.length;
  const along = (at) => LEFT + (labels.length > 1 ? (at * (WIDE - LEFT - RIGHT)) / (labels.length - 1) : 0);
  const amid = (at) => LEFT + (at + 0.5) * slot;
  const up = (value) => HIGH - UNDER - (value * (HIGH - OVER - UNDER)) / top;
  for (const value of [0, top / 2, top]) {
    drawn.append(svg("line", { class: "chart-grid", x1: LEFT, x2: WIDE - RIGHT, y1: up(value), y2: up(value) }));
    drawn.append(svg("text", { class: "chart-label", x: LEFT - 8, y: up(value) + 4, "text-anchor": "end" }, String(value)));
  }
  if (kind === "line") {
    drawn.append(...below(labels, along));
    lines.forEach((line, number) => drawn.append(drawnLine(line, number, along, up)));
  } else {
    drawn.append(...under(labels, amid, slot));
    lines.forEach((line, number) => drawn.append(drawnBars(line, number, lines.length, amid, up, slot)));
  }
  const legend = lines.map((line, number) => el("li", { class: `chart-${number % 4}`, dir: "auto" }, line.name));
  return el("div", { class: "chart" }, title ? el("p", { class: "chart-title", dir: "auto" }, title) : null, drawn, el("ul", { class: "chart-legend" }, legend));
}

/** The labels, as many as find room side by side; the last one is among them. */
function below(labels, across) {
  const longest = Math.max(...labels.map((label) => label.length)) * LETTER + 10;
  const each = Math.max(1, Math.ceil((longest * labels.length) / (WIDE - LEFT - RIGHT)));
  const shown = labels.map((label, at) => ({ label, at })).filter(({ at }) => (labels.length - 1 - at) % each === 0);
  return shown.map(({ label, at }) => {
    const edge = at === 0 ? "start" : at === labels.length - 1 ? "end" : "middle";
    const x = edge === "start" ? LEFT - 4 : edge === "end" ? WIDE - RIGHT + 4 : across(at);
    return svg("text", { class: "chart-label", x, y: HIGH - 6, "text-anchor": edge }, label);
  });
}

/** Each label, as much of it as its bars are wide. */
function under(labels, across, slot) {
  const most = Math.max(1, Math.floor((slot - 6) / LETTER));
  const short = (label) => (label.length > most ? `${label.slice(0, most - 1)}…` : label);
  return labels.map((label, at) => svg("text", { class: "chart-label", x: across(at), y: HIGH - 6, "text-anchor": "middle" }, short(label)));
}

function drawnBars(line, number, many, across, up, slot) {
  const width = Math.min(18, (slot * 0.8) / many);
  const bars = line.values.map((value, at) => {
    const x = across(at) + (number - many / 2) * width;
    return svg("rect", { x, y: up(value), width: width - 1, height: Math.max(1, up(0) - up(value)) });
  });
  return svg("g", { class: `chart-bars chart-${number % 4}` }, bars);
}

function drawnLine(line, number, across, up) {
  const points = line.values.map((value, at) => `${across(at)},${up(value)}`).join(" ");
  const dots = line.values.map((value, at) => svg("circle", { cx: across(at), cy: up(value), r: 3.2 }));
  return svg("g", { class: `chart-line chart-${number % 4}` }, svg("polyline", { points }), dots);
}
