// A form that is sent: to the platform if it can be reached, else into the queue; behind what waits before it.
import { uuid7 } from "../../mobile/ids.js";
import { acts, drop, keep } from "../../mobile/queue.js";
import { form, sendAll } from "./sending.js";

const KEPT = "/mobile/waiting/?kept=1";
const PATIENCE = 30_000;
const RESTING = new Set([502, 503, 504]);

/** What the page told the queue alone, under `queue-…`; the rest is the platform's. */
function read(address, sent) {
  const entries = [...sent.entries()];
  const own = Object.fromEntries(entries.filter(([name]) => name.startsWith("queue-")).map(([name, value]) => [name.slice(6), value]));
  return {
    id: sent.get("act-key") || uuid7(),
    account: own.account ?? "",
    address: new URL(address).pathname,
    about: own.about ?? "",
    page: own.page ?? "",
    title: own.title ?? "",
    typed: JSON.parse(own.typed ?? "[]"),
    instead: own.instead,
    at: Date.now(),
    entries: entries.filter(([name, value]) => !name.startsWith("queue-") && !(value instanceof File && !value.size)),
  };
}

async function waits(act) {
  return (await acts(act.account)).some((other) => other.about === act.about && other.id !== act.id);
}

async function kept(act) {
  await keep(act);
  await registration.sync?.register("street").catch(() => {});
  return Response.redirect(KEPT, 303);
}

/** Takes a form that a page sends; answers what the platform answers, or that it is kept. */
export async function take(request) {
  const { instead, ...act } = read(request.url, await request.formData());
  if (instead) await drop(instead);
  if (await waits(act)) {
    await sendAll();
    if (await waits(act)) return kept(act);
  }
  try {
    const asked = { method: "POST", body: form(act), redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(act.address, asked);
    return RESTING.has(answer.status) ? kept(act) : answer;
  } catch {
    return kept(act);
  }
}
