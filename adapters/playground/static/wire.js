// The quiet panel for those who build bots: the last requests, and ways to make Slack fail.

import { el, reconcile } from "./dom.js";
import { get, post } from "./net.js";

const KINDS = {
  rate_limited: "says: too many requests",
  server_error: "answers 500",
  drop: "hangs up before doing it",
  accept_then_drop: "does it, then hangs up",
  slow: "answers 5 seconds late",
};
const METHODS = ["chat.postMessage", "chat.update", "views.open", "views.push", "views.update", "views.publish", "response_url", "*"];

export function wirePanel(root) {
  const last = root.querySelector(".wire-last");
  const list = el("ol", { class: "exchanges" });
  const method = el("select", { "aria-label": "Which call" }, METHODS.map((name) => el("option", { value: name }, name === "*" ? "any call" : name)));
  const kind = el("select", { "aria-label": "How it fails" }, Object.entries(KINDS).map(([value, words]) => el("option", { value }, words)));
  const said = el("span", { class: "armed", role: "status" });
  const fail = el("form", { class: "faults" }, el("span", {}, "Next time, Slack on"), method, kind, el("button", { class: "button" }, "Arrange it"), said);
  root.querySelector(".wire-body").append(fail, list);

  fail.addEventListener("submit", async (event) => {
    event.preventDefault();
    await post("/api/faults", { method: method.value, kind: kind.value });
    said.textContent = "Arranged for one call.";
  });

  const draw = ({ exchanges, waiting }) => {
    const newest = exchanges[0];
    last.textContent = newest ? sentence(newest) : "nothing yet";
    if (!waiting) said.textContent = "";
    if (!root.open) return;
    reconcile(list, exchanges.map((each) => ({ key: String(each.n), print: "", make: () => row(each) })));
  };

  const refresh = async () => draw(await get("/api/wire"));
  root.addEventListener("toggle", () => root.open && refresh());
  return { refresh };
}

const arrow = (each) => (each.direction === "to_bot" ? "Slack → OneOnOne" : "OneOnOne → Slack");
const status = (each) => (each.status === 0 ? "no answer" : String(each.status));
const sentence = (each) => `${arrow(each)}  ${each.method}  ${status(each)}  ${each.ms} ms`;

function row(each) {
  const ok = each.status === 200 && each.answer?.ok !== false;
  const line = el("summary", {},
    el("span", { class: `way ${each.direction}` }, each.direction === "to_bot" ? "→ bot" : "← bot"),
    el("code", {}, each.method),
    el("span", { class: ok ? "status" : "status bad" }, each.answer?.error ?? status(each)),
    el("span", { class: "ms" }, `${each.ms} ms`));
  const details = el("details", {}, line);
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("pre")) return;
    const json = (value) => el("pre", { tabindex: "0" }, JSON.stringify(value, null, 2));
    details.append(el("div", { class: "bodies" }, el("div", {}, el("h4", {}, "sent"), json(each.body)), el("div", {}, el("h4", {}, "answered"), json(each.answer))));
  });
  return el("li", {}, details);
}
