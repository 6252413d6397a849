// One person's screen as the server has it, what they entered and have not sent, and what they do.

import { act, get } from "./net.js";

const LATE = "OneOnOne did not respond in time. Nothing you typed is lost: try again.";
const WRONG = "OneOnOne did not respond as it should. Try again.";
const FAILED = {
  operation_timeout: LATE,
  unable_to_reach_app: LATE,
  dispatch_failed: WRONG,
  something_went_wrong: WRONG,
  invalid_answer: "The app would not have shown what OneOnOne answered.",
};

/** `draw(state)` is called for each new screen, `toast(words)` for what went wrong. */
export function session(seat, { draw, toast }) {
  let state = null;
  let running = null;
  let again = false;
  let ended = false;
  let settled = Promise.resolve();

  /** Asks for the screen; when asked again meanwhile, once more, so that what is drawn is never older than the wish. */
  function refresh() {
    again = running !== null;
    running ??= ask().finally(() => {
      running = null;
    });
    return running;
  }

  async function ask() {
    do {
      again = false;
      const fresh = await get(`/api/state?seat=${encodeURIComponent(seat)}`);
      if (ended) return;
      state = fresh;
      draw(state);
    } while (again);
  }

  /** Does it, and shows what came of it; what was chosen arrives before the form that it belongs to. */
  async function hand(intent) {
    await settled;
    const done = carryOut(intent);
    if (intent.do === "fill") settled = done;
    return done;
  }

  async function carryOut(intent) {
    let answer = {};
    try {
      answer = await act(seat, intent);
      if (answer.failure) toast(failed(answer));
    } catch (error) {
      toast(error.message);
    }
    await refresh();
    if (intent.do === "press" && state?.notice && !ended) toast(state.notice);
    return answer;
  }

  const end = () => {
    ended = true;
  };
  return { seat, refresh, hand, end, get state() { return state; } };
}

function failed({ failure, problems }) {
  const why = problems?.length ? ` (${problems[0]})` : "";
  return `${FAILED[failure] ?? "Something went wrong."}${why}`;
}

/** What was typed or chosen and the app does not know yet, by surface and by the path of the field in it. */
export function enteredValues() {
  const values = new Map();
  const key = (surface, path) => `${surface}\n${path}`;
  return {
    has: (surface, path) => values.has(key(surface, path)),
    get: (surface, path) => values.get(key(surface, path)),
    set: (surface, path, value) => values.set(key(surface, path), value),
    of: (surface) => [...values].filter(([each]) => each.startsWith(`${surface}\n`)).map(([each, value]) => [each.slice(surface.length + 1), value]),
    forget: (surface) => {
      for (const each of [...values.keys()]) if (each.startsWith(`${surface}\n`)) values.delete(each);
    },
  };
}

/** Which messages were looked at; `at(message)` orders them, `author(message)` says whose they are. */
export function readMarks({ at, author, me }) {
  const read = new Map();
  return (place, isLooking) => {
    const last = place.messages.at(-1);
    if (!read.has(place.id) || isLooking) {
      read.set(place.id, last ? at(last) : 0);
      return 0;
    }
    return place.messages.filter((message) => at(message) > read.get(place.id) && author(message) !== me).length;
  };
}
