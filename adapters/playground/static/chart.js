// Draws a line chart, as either platform does: lines with points over their labels, and a legend.
// `lines` are [{ name, values }], each with a number for each label, from 0 to `top`.

import { el, svg } from "./dom.js";

const WIDE = 340;
const HIGH = 140;
const LEFT = 28;
const RIGHT = 14;
const OVER = 10;
const UNDER = 24;
const LETTER = 7; // about so wide is one of a label

export function lineChart({ title, labels, lines, top }) {
  const said = lines.map((line) => `${line.name}: ${labels.map((label, at) => `${label} ${line.values[at]}`).join(", ")}`).join("; ");
  const drawn = svg("svg", { class: "chart-lines", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": `${title}. ${said}` });
  const across = (at) => LEFT + (labels.length > 1 ? (at * (WIDE - LEFT - RIGHT)) / (labels.length - 1) : 0);
  const up = (value) => HIGH - UNDER - (value * (HIGH - OVER - UNDER)) / top;
  for (const value of [0, top / 2, top]) {
    drawn.append(svg("line", { class: "chart-grid", x1: LEFT, x2: WIDE - RIGHT, y1: up(value), y2: up(value) }));
    drawn.append(svg("text", { class: "chart-label", x: LEFT - 8, y: up(value) + 4, "text-anchor": "end" }, String(value)));
  }
  drawn.append(...below(labels, across));
  lines.forEach((line, number) => drawn.append(...drawnLine(line, number, across, up)));
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

function drawnLine(line, number, across, up) {
  const points = line.values.map((value, at) => `${across(at)},${up(value)}`).join(" ");
  const dots = line.values.map((value, at) => svg("circle", { cx: across(at), cy: up(value), r: 3.2 }));
  return [svg("g", { class: `chart-line chart-${number % 4}` }, svg("polyline", { points }), dots)];
}
