// Sending what waits, in the order it was done. What the platform refuses stays, with its reason; of what it belongs to, the rest waits.
import { acts, drop, keep } from "../../mobile/queue.js";

const ME = "/mobile/me/";
const PATIENCE = 60_000;
const JSON_ONLY = { Accept: "application/json" };
/** Answers that say nothing of the act itself: signed out, too often, and a platform that is resting. */
const LATER = new Set([401, 408, 429, 500, 502, 503, 504]);

/** Sends everything of whoever is signed in. Two at once are one. */
export function sendAll() {
  return navigator.locks.request("zhongshu:street", async () => {
    const me = await whoIs();
    if (!me) return;
    await sendInOrder(me);
    for (const client of await clients.matchAll({ type: "window" })) client.postMessage({ said: "queue" });
  });
}

async function whoIs() {
  try {
    const answer = await fetch(ME, { headers: JSON_ONLY });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

async function sendInOrder({ account, token }) {
  const held = new Set();
  for (const act of await acts(account)) {
    if (act.state === "refused") held.add(act.about);
    if (held.has(act.about)) continue;
    const outcome = await send(act, token);
    if (outcome === "later") return;
    if (outcome === "done") await drop(act.id);
    else {
      held.add(act.about);
      await keep({ ...act, state: "refused", ...outcome });
    }
  }
}

const ago = (at) => Math.max(0, Math.round((Date.now() - at) / 1000));

/** The form of an act as it is sent now: with today's token, and how long ago it was done. */
export function form(act, token) {
  const body = new FormData();
  for (const [name, value] of act.entries) body.append(name, value, ...(value instanceof File ? [value.name] : []));
  if (act.points) body.set("points", JSON.stringify(act.points.map(([at, ...place]) => [ago(at), ...place])));
  if (token) body.set("csrfmiddlewaretoken", token);
  body.set("act-key", act.id);
  body.set("act-ago", ago(act.at));
  return body;
}

async function send(act, token) {
  let answer;
  try {
    answer = await fetch(act.address, { method: "POST", body: form(act, token), headers: JSON_ONLY, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return "later";
  }
  if (answer.ok) return "done";
  if (LATER.has(answer.status)) return "later";
  const told = await answer.json().catch(() => ({}));
  return { sentence: told.error ?? "", happened: (told.happened ?? []).filter((line) => typeof line === "string") };
}
