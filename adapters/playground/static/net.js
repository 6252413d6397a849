// Talks to the playground's own server.

async function read(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The playground answered ${response.status}.`);
  return answer;
}

export const get = (path) => fetch(path, { cache: "no-store" }).then(read);

export const post = (path, body = {}) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).then(read);

/** What one person does; the answer says whether the app answered as it should. */
export const act = (seat, intent) => post("/api/do", { seat, ...intent });

/** Calls `onChange({topic, platform, seat})` for everything that looks different now, `onOpen` after each (re)connection. */
export function follow({ onChange, onOpen, onLost }) {
  const source = new EventSource("/api/changes");
  source.addEventListener("message", (event) => onChange(JSON.parse(event.data)));
  source.addEventListener("open", onOpen);
  source.addEventListener("error", onLost);
}
