// The inputs of an Adaptive Card: text, choices, ticks, people who are searched while one types.
//
// `form` keeps what was entered: value(part), label(part), set(part, value), search(part, query). A value is a string;
// several choices are joined by commas, as Teams does.

import { combo } from "../combo.js";
import { el, freshId } from "../dom.js";

const KINDS = {
  "Input.Text": words,
  "Input.ChoiceSet": choices,
  "Input.Toggle": toggle,
  "Input.Date": (at) => native(at, "date"),
  "Input.Time": (at) => native(at, "time"),
  "Input.Number": (at) => native(at, "number"),
};
const SMALL = 4; // rows of a field for many lines, at least
const TALL = 10;

export const isInput = (part) => part.type in KINDS;

/** An input with its label above and what is wrong with it below. */
export function input(part, { name: surface, form }) {
  const at = { part, form, name: `${surface} field ${part.id}`, id: freshId("input"), about: freshId("about") };
  const star = part.isRequired ? el("span", { class: "required", title: "required" }, " *") : null;
  const props = { class: "label", id: freshId("label"), for: at.id, dir: "auto" };
  const label = part.label && part.type !== "Input.Toggle" ? el("label", props, part.label, star) : null;
  at.labelledBy = label ? props.id : null;
  const error = el("p", { class: "error", role: "alert", id: at.about, hidden: true });
  return el("div", { class: "ac-input input", "data-input": part.id }, label, KINDS[part.type](at), error);
}

/** Shows what is wrong under the inputs of a card, and takes away what no longer is. */
export function showErrors(root, errors) {
  for (const node of root.querySelectorAll(".ac-input")) {
    const says = errors?.[node.dataset.input] ?? "";
    const line = node.querySelector(".error");
    line.hidden = !says;
    if (line.textContent !== says) line.textContent = says;
    node.classList.toggle("wrong", Boolean(says));
    for (const control of node.querySelectorAll("input, textarea, select")) {
      says ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
    }
  }
}

const common = ({ part, name, id, about }) => ({ id, "data-name": name, "aria-describedby": about, "aria-required": part.isRequired ? "true" : null });

function words(at) {
  const { part, form } = at;
  const value = form.value(part);
  const enter = (event) => form.set(part, event.target.value);
  const props = { ...common(at), placeholder: part.placeholder, maxlength: part.maxLength, dir: "auto", autocomplete: "off", oninput: enter };
  if (!part.isMultiline) return el("input", { ...props, type: "text", value });
  const rows = Math.min(TALL, Math.max(SMALL, value.split("\n").length + 1));
  return el("textarea", { ...props, rows, value });
}

function native(at, type) {
  const { part, form } = at;
  const limits = { min: part.min, max: part.max };
  return el("input", { ...common(at), ...limits, type, value: form.value(part), onchange: (event) => form.set(part, event.target.value) });
}

function toggle(at) {
  const { part, form } = at;
  const [on, off] = [part.valueOn ?? "true", part.valueOff ?? "false"];
  const box = { ...common(at), type: "checkbox", checked: form.value(part) === on, onchange: (event) => form.set(part, event.target.checked ? on : off) };
  return el("label", { class: "option" }, el("input", box), el("span", { dir: "auto" }, part.title));
}

function choices(at) {
  if (at.part["choices.data"]) return people(at);
  if (at.part.isMultiSelect) return ticks(at);
  return at.part.style === "expanded" ? radios(at) : select(at);
}

function select(at) {
  const { part, form } = at;
  const value = form.value(part);
  const nothing = el("option", { value: "", hidden: value !== "" && part.isRequired }, part.placeholder ?? "Choose one");
  const options = part.choices.map((choice) => el("option", { value: choice.value }, choice.title));
  const control = el("select", { ...common(at), onchange: (event) => form.set(part, event.target.value) }, nothing, options);
  control.value = value;
  return control;
}

function radios(at) {
  const { part, form } = at;
  const group = freshId("group");
  const chosen = form.value(part);
  return options(at, "radiogroup", (choice) => ({
    type: "radio",
    name: group,
    checked: choice.value === chosen,
    onchange: () => form.set(part, choice.value),
  }));
}

function ticks(at) {
  const { part, form } = at;
  const chosen = new Set(form.value(part).split(",").filter(Boolean));
  const turn = (choice) => (event) => {
    event.target.checked ? chosen.add(choice.value) : chosen.delete(choice.value);
    form.set(part, part.choices.map((each) => each.value).filter((each) => chosen.has(each)).join(","));
  };
  return options(at, "group", (choice) => ({ type: "checkbox", checked: chosen.has(choice.value), onchange: turn(choice) }));
}

function options(at, role, props) {
  const { part, id, about, labelledBy } = at;
  const rows = part.choices.map((choice, index) => {
    const box = el("input", { id: index === 0 ? id : null, "data-name": `${at.name} ${choice.value}`, ...props(choice) });
    return el("label", { class: "option" }, box, el("span", { dir: "auto" }, choice.title));
  });
  return el("div", { class: "options", role, "aria-labelledby": labelledBy, "aria-describedby": about }, rows);
}

function people(at) {
  const { part, form } = at;
  const value = form.value(part);
  return combo({ ...common(at), placeholder: part.placeholder ?? "Type to search" }, {
    chosen: value ? { value, label: form.label(part) } : null,
    search: async (query) => (await form.search(part, query)).map(({ title, value: found }) => ({ label: title, value: found })),
    onChoose: (option) => form.choose(part, option),
  });
}
