// What waits in this telephone: shown, sent again, mended, or given up.
import { clock, count, ask } from "./network.js";
import { drop, keep } from "./queue.js";
import { say } from "./words.js";

const list = document.getElementById("acts");
const model = document.getElementById("act");

function state(act, held) {
  if (act.state === "refused") return say("refused");
  return say(held ? "waitsBefore" : "waits");
}

function what(act) {
  if (act.points) return say("trackAct", { n: act.points.length });
  return act.title || say("photoAct");
}

function happened(place, lines) {
  place.hidden = !lines.length;
  place.querySelector("ul").append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

function filled(place, typed) {
  place.hidden = !typed.length;
  for (const [question, answer] of typed) {
    const [name, text] = [document.createElement("dt"), document.createElement("dd")];
    [name.textContent, text.textContent, text.className] = [question, answer, "typed"];
    place.querySelector("dl").append(name, text);
  }
}

function shown(act, held) {
  const item = model.content.cloneNode(true).firstElementChild;
  const find = (name) => item.querySelector(`[data-${name}]`);
  const refused = act.state === "refused";
  find("what").textContent = what(act);
  find("state").textContent = state(act, held);
  find("state").classList.add(refused ? "state-waiting" : "state-busy");
  find("when").textContent = say("doneAt", { time: clock(act.at) });
  find("when").dateTime = new Date(act.at).toISOString();
  find("sentence").hidden = !refused;
  if (refused) find("sentence").textContent = act.sentence || say("unexplained");
  happened(find("happened"), act.happened ?? []);
  filled(find("typed"), act.typed);
  find("retry").hidden = !refused;
  find("retry").addEventListener("click", () => again(act));
  find("mend").hidden = !refused || !act.page;
  find("mend").href = `${act.page}#mend=${act.id}`;
  find("drop").querySelector("button").addEventListener("click", () => drop(act.id).then(count));
  return item;
}

async function again(act) {
  await keep({ ...act, state: "waiting", sentence: "", happened: [] });
  await count();
  ask({ go: "send" });
}

function fill(waiting) {
  const held = new Set();
  const items = waiting.map((act) => {
    const behind = held.has(act.about);
    if (act.state === "refused") held.add(act.about);
    return shown(act, behind);
  });
  list.replaceChildren(...items);
  list.removeAttribute("aria-busy");
  document.getElementById("no-acts").hidden = items.length > 0;
  document.getElementById("send-now").hidden = !items.length;
}

/** Fills the page in, and again whenever the queue changes. */
export function showWaiting() {
  document.addEventListener("queue", ({ detail }) => fill(detail));
  document.getElementById("send-now").addEventListener("click", () => ask({ go: "send" }));
  const asked = new URLSearchParams(location.search);
  const notice = document.getElementById("kept-notice");
  const words = ["kept", "missing"].find((name) => asked.has(name));
  notice.hidden = !words;
  if (words) notice.textContent = say(words === "kept" ? "keptHere" : "missing");
}
