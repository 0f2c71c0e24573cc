// The dispatch desk: its queue and its open case stay the newest, the map shows the same, everything goes by keyboard.
import "./live.js";
import { keys } from "./dispatch/keys.js";
import { map } from "./dispatch/map.js";
import { newest } from "./dispatch/newest.js";
import { keepPlace, mark, opened, selected } from "./dispatch/places.js";

const OFTENEST = 3_000;
const OFFICERS = 5_000;

const desk = document.querySelector("[data-dispatch]");
const city = map(document.querySelector("[data-dispatch-map]"), open);
const askPoints = newest(city.cases);
const askOfficers = newest(city.officers);
let asked = 0;
let due = null;

/** Opens a case in the pane, as a click on its row does; the address keeps it. */
async function open(number) {
  const address = new URL(location.href);
  for (const name of ["task", "result", "said", "done"]) address.searchParams.delete(name);
  address.searchParams.set("case", number);
  history.replaceState(null, "", address);
  await htmx.ajax("GET", address.pathname + address.search, { target: "#pane", swap: "outerHTML settle:0ms" });
}

function renew() {
  asked = Date.now();
  due = null;
  htmx.trigger("#queue", "refresh");
}

function soon() {
  due ??= setTimeout(renew, Math.max(0, asked + OFTENEST - Date.now()));
}

/** Shows the open case anew, unless somebody is at work in it: then it only says that it has changed. */
function changed(number) {
  const pane = document.getElementById("pane");
  if (selected() !== number) return;
  const busy = pane.contains(document.activeElement) && document.activeElement.id !== "pane-title";
  if (busy || pane.querySelector("details[open]")) pane.querySelector("[data-changed]").hidden = false;
  else open(number);
}

const points = () => askPoints(document.getElementById("queue").dataset.points).catch(() => {});

async function follow() {
  if (!document.hidden) await askOfficers(desk.dataset.officers).catch(() => {}); // the next turn tries again
  setTimeout(follow, OFFICERS);
}

document.addEventListener("zhongshu:entry", ({ detail }) => {
  soon();
  changed(detail.number);
});
document.addEventListener("zhongshu:refresh", soon);
document.body.addEventListener("desk:acted", soon);
document.body.addEventListener("htmx:configRequest", keepPlace);
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (elt.id === "pane" && elt.contains(document.activeElement)) event.preventDefault();
});
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  opened(detail);
  if (detail.target.id === "queue") points();
  city.select(document.getElementById("pane").dataset);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-officer]");
  if (button) city.showOfficer(button.dataset.officer);
});

keys();
mark();
city.select(document.getElementById("pane").dataset);
points();
follow();
