// The quiet panel for those who build bots: the last requests, and ways to make a platform fail.

import { el, reconcile } from "./dom.js";
import { get, post } from "./net.js";
import { PLATFORMS } from "./people.js";

const KINDS = {
  rate_limited: "says: too many requests",
  server_error: "answers 500",
  drop: "hangs up before doing it",
  accept_then_drop: "does it, then hangs up",
  slow: "answers 5 seconds late",
};
const METHODS = {
  slack: ["chat.postMessage", "chat.update", "views.open", "views.push", "views.update", "views.publish", "response_url", "*"],
  teams: ["send", "update", "open", "token", "*"],
};

export function wirePanel(root) {
  const last = root.querySelector(".wire-last");
  const list = el("ol", { class: "exchanges" });
  const platform = el("select", { "aria-label": "Which platform" }, Object.entries(PLATFORMS).map(([value, name]) => el("option", { value }, name)));
  const method = el("select", { "aria-label": "Which call" });
  const kind = el("select", { "aria-label": "How it fails" }, Object.entries(KINDS).map(([value, words]) => el("option", { value }, words)));
  const said = el("span", { class: "armed", role: "status" });
  const fail = el("form", { class: "faults" }, el("span", {}, "Next time,"), platform, el("span", {}, "on"), method, kind, el("button", { class: "button" }, "Arrange it"), said);
  root.querySelector(".wire-body").append(fail, list);

  const offer = () => method.replaceChildren(...METHODS[platform.value].map((name) => el("option", { value: name }, name === "*" ? "any call" : name)));
  platform.addEventListener("change", offer);
  offer();
  fail.addEventListener("submit", async (event) => {
    event.preventDefault();
    await post("/api/faults", { platform: platform.value, method: method.value, kind: kind.value });
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

const arrow = ({ direction, platform }) => (direction === "to_bot" ? `${PLATFORMS[platform]} → OneOnOne` : `OneOnOne → ${PLATFORMS[platform]}`);
const way = ({ direction, platform }) => {
  const bot = el("span", { class: "long" }, "OneOnOne");
  return direction === "to_bot" ? [`${PLATFORMS[platform]} → `, bot] : [bot, ` → ${PLATFORMS[platform]}`];
};
const said = (each) => (typeof each.answer?.error === "string" ? each.answer.error : status(each));
const status = (each) => (each.status === 0 ? "no answer" : String(each.status));
const sentence = (each) => `${arrow(each)}  ${each.method}  ${status(each)}  ${each.ms} ms`;

function row(each) {
  const ok = each.status >= 200 && each.status < 300 && each.answer?.ok !== false;
  const line = el("summary", {},
    el("span", { class: `way ${each.direction}` }, way(each)),
    el("code", {}, each.method),
    el("span", { class: ok ? "status" : "status bad" }, said(each)),
    el("span", { class: "ms" }, `${each.ms} ms`));
  const details = el("details", {}, line);
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("pre")) return;
    const json = (value) => el("pre", { tabindex: "0" }, JSON.stringify(value, null, 2));
    details.append(el("div", { class: "bodies" }, el("div", {}, el("h4", {}, "sent"), json(each.body)), el("div", {}, el("h4", {}, "answered"), json(each.answer))));
  });
  return el("li", {}, details);
}
