// Draws Block Kit. `surface` knows who the people are, keeps what is entered, and presses buttons:
// { names, form, press(block, element, node), choose(block, element, value) }

import { drawnChart } from "../chart.js";
import { el, freshId, unknown } from "../dom.js";
import { field, holdsValue } from "./fields.js";
import { richText, textObject } from "./text.js";

const DRAW = { header, section, rich_text: rich, context, actions, divider, input, data_visualization: chart };

export function blocks(list, surface) {
  return list.map((block) => (DRAW[block.type] ?? strange)(block, surface));
}

function header(block) {
  return el("h3", { class: "block header", dir: "auto" }, block.text.text);
}

function section(block, surface) {
  const text = block.text ? el("div", { class: "section-text", dir: "auto" }, textObject(block.text, surface.names)) : null;
  const facts = (block.fields ?? []).map((fact) => el("div", { dir: "auto" }, textObject(fact, surface.names)));
  const body = el("div", { class: "section-body" }, text, facts.length ? el("div", { class: "facts" }, facts) : null);
  const beside = block.accessory ? el("div", { class: "accessory" }, element(block, block.accessory, surface)) : null;
  return el("div", { class: "block section" }, body, beside);
}

function rich(block, surface) {
  return el("div", { class: "block rich", dir: "auto" }, richText(block, surface.names));
}

function context(block, surface) {
  const parts = block.elements.map((part) =>
    part.type === "image" ? el("span", {}, part.alt_text) : el("span", { dir: "auto" }, textObject(part, surface.names)),
  );
  return el("div", { class: "block context" }, parts);
}

function actions(block, surface) {
  return el("div", { class: "block actions" }, block.elements.map((each) => element(block, each, surface)));
}

function divider() {
  return el("hr", { class: "block" });
}

function chart(block) {
  const kind = block.chart.type;
  if (kind !== "line" && kind !== "bar") return strange(block);
  const labels = block.chart.axis_config.categories;
  const lines = block.chart.series.map(({ name, data }) => ({ name, values: labels.map((label) => data.find((point) => point.label === label).value) }));
  return el("div", { class: "block" }, drawnChart({ kind, title: block.title, labels, lines, top: roundTop(lines) }));
}

/** Slack chooses the top of the axis by itself. */
function roundTop(lines) {
  const highest = Math.max(...lines.flatMap((line) => line.values));
  return highest <= 10 ? 10 : Math.ceil(highest / 10) * 10;
}

function strange(block) {
  return el("div", { class: "block" }, unknown(block.type));
}

function input(block, surface) {
  const about = freshId("about");
  const drawn = holdsValue(block.element) ? field(block, block.element, surface.form, about) : { node: unknown(block.element.type) };
  const optional = block.optional ? el("span", { class: "optional" }, " (optional)") : null;
  const label = el("label", { class: "label", for: drawn.id }, block.label.text, optional);
  const hint = block.hint ? el("p", { class: "hint" }, block.hint.text) : null;
  const error = el("p", { class: "error", role: "alert", hidden: true });
  return el("div", { class: "block input", "data-block": block.block_id }, label, drawn.node, el("div", { id: about }, error, hint));
}

/** Shows what is wrong under the inputs of a form, and takes away what no longer is. */
export function showErrors(root, errors) {
  for (const node of root.querySelectorAll(".block.input")) {
    const says = errors[node.dataset.block];
    const line = node.querySelector(".error");
    line.hidden = !says;
    if (line.textContent !== (says ?? "")) line.textContent = says ?? "";
    node.classList.toggle("wrong", Boolean(says));
    for (const control of node.querySelectorAll("input, textarea, select")) {
      says ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
    }
  }
}

function element(block, part, surface) {
  if (part.type === "button") return button(block, part, surface);
  if (part.type === "overflow") return overflow(block, part, surface);
  return holdsValue(part) ? loose(block, part, surface) : unknown(part.type);
}

function button(block, part, surface) {
  const press = (event) => {
    if (part.url) window.open(part.url, "_blank", "noopener");
    surface.press(block, part, event.currentTarget);
  };
  const name = `${block.block_id}/${part.action_id}`;
  const label = part.accessibility_label;
  return el("button", { type: "button", class: `button ${part.style ?? ""}`, "data-name": name, "aria-label": label, dir: "auto", onclick: press }, part.text.text);
}

function overflow(block, part, surface) {
  const pick = (event) => {
    if (event.target.value) surface.choose(block, part, event.target.value);
    event.target.value = "";
  };
  const rows = part.options.map((option) => el("option", { value: option.value }, option.text.text));
  return el("select", { class: "overflow", "aria-label": "More", onchange: pick }, el("option", { value: "" }, "⋯"), rows);
}

/** A menu outside an input block tells the app at once. */
function loose(block, part, surface) {
  const form = {
    ...surface.form,
    set: (_block, _part, value) => {
      surface.form.set(block, part, value);
      surface.choose(block, part, value);
    },
  };
  const drawn = field(block, part, form, null);
  const label = part.placeholder?.text ?? "Choose";
  const control = drawn.node.matches("select, input") ? drawn.node : drawn.node.querySelector("select, input, textarea");
  if (!["radio", "checkbox"].includes(control?.type)) control?.setAttribute("aria-label", label);
  return drawn.node;
}
