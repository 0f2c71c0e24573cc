// The worker that looks after these pages, and what is said of the network and the queue at their head.
import { acts } from "./queue.js";
import { say } from "./words.js";

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" };
const { account, kept } = document.body.dataset;
const [SOONEST, LATEST] = [3_000, 60_000];

let leaving = false;

export const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, CLOCK);

/** Whether the pages have a worker: without one (an old browser, an address without https) they need the network. */
export const looked = () => Boolean(navigator.serviceWorker?.controller);

/** Asks the worker for something; it may still be on its way. */
export async function ask(wish) {
  if (!navigator.serviceWorker) return;
  (await navigator.serviceWorker.ready).active?.postMessage(wish);
}

/** Counts what waits, and tells the page of it. */
export async function count() {
  const waiting = await acts(account);
  const place = document.querySelector("[data-waiting]");
  place.hidden = !waiting.length;
  place.querySelector("[data-count]").textContent = waiting.length || "";
  document.dispatchEvent(new CustomEvent("queue", { detail: waiting }));
}

function tell() {
  const bar = document.getElementById("offline");
  const away = Boolean(kept) || !navigator.onLine;
  bar.hidden = !away;
  bar.textContent = away ? (kept ? say("asOf", { time: clock(kept) }) : say("offline")) : "";
}

/** The network is back: a page that is only read is read anew, unless it is being left; what is being filled in stays. */
function back() {
  if (leaving) return;
  if (kept && !document.querySelector("form[data-act]")) location.reload();
  else if (kept) document.getElementById("offline").textContent = say("back", { time: clock(kept) });
  else tell();
}

/** What may be sent: nothing of what it belongs to was refused. */
function sendable(queue) {
  const held = new Set(queue.filter((act) => act.state === "refused").map((act) => act.about));
  return queue.some((act) => act.state === "waiting" && !held.has(act.about));
}

/** Tries again while something waits, less and less often: a network that is said to be back may not be, nor the platform. */
function keepTrying() {
  let pause = SOONEST;
  let timer;
  const again = () => {
    [timer, pause] = [undefined, Math.min(2 * pause, LATEST)];
    if (navigator.onLine) ask({ go: "send" });
    count();
  };
  document.addEventListener("queue", ({ detail }) => {
    if (!sendable(detail)) pause = SOONEST;
    else timer ??= setTimeout(again, pause);
  });
}

/** Says how it stands with the network and the queue, now and whenever it changes. */
export function follow() {
  keepTrying();
  tell();
  count();
  addEventListener("online", back);
  addEventListener("offline", tell);
  addEventListener("beforeunload", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
}

/** Starts the worker, lets it send what waits, and keep the pages that may be needed. */
export async function look(worker, addresses) {
  if (!("serviceWorker" in navigator) || !("locks" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.said === "queue" && count());
  try {
    await navigator.serviceWorker.register(worker);
  } catch {
    return;
  }
  ask({ go: "send" });
  if (!kept) ask({ go: "keep", addresses });
  addEventListener("online", () => ask({ go: "send" }));
}
