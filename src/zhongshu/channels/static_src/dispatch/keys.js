// One key for each thing: letters move the focus to a control, Enter does it. They can be switched off (WCAG 2.1.4).
import { rows, selected } from "./places.js";

const KEPT = "zhongshu:keys";
const help = document.getElementById("keys");
const using = document.getElementById("keys-on");

function move(by) {
  const all = rows();
  if (!all.length) return;
  const from = all.indexOf(document.activeElement);
  const current = from >= 0 ? from : all.findIndex((row) => row.dataset.number === selected());
  const next = all[Math.min(Math.max(current + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function back() {
  const row = rows().find(({ dataset }) => dataset.number === selected()) ?? rows()[0];
  if (row?.checkVisibility()) row.focus();
  else document.querySelector(".pane-back a")?.focus();
}

/** Moves the focus to a verb's control: its button, or the first thing to fill in of its form. */
function reach(key) {
  const verb = document.querySelector(`#pane [data-key="${key}"]`);
  if (!verb) return false;
  if (verb.matches("details")) verb.open = true;
  const inside = verb.matches("details") && verb.querySelector("form :is(select, textarea, input:not([type=hidden]), button)");
  (inside || verb).focus();
  return true;
}

const DOES = {
  j: () => move(1),
  k: () => move(-1),
  "?": () => help.showModal(),
  m: () => document.querySelector("[data-dispatch-map] canvas")?.focus(),
};

function single(key) {
  if (DOES[key]) DOES[key]();
  else if (/^[1-5]$/.test(key)) document.querySelectorAll("#queue .tabs a")[key - 1]?.click();
  else return /^[a-z]$/.test(key) && reach(key);
  return true;
}

function pressed(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || help.open) return;
  const inRow = target.matches("#queue [data-number]");
  if (inRow && (key === "ArrowDown" || key === "ArrowUp")) move(key === "ArrowDown" ? 1 : -1);
  else if (key === "Escape") back();
  else if (!using.checked || target.matches("input, select, textarea") || !single(key)) return;
  event.preventDefault();
}

/** Listens; whether letters are used is kept in this browser. */
export function keys() {
  using.checked = localStorage.getItem(KEPT) !== "off";
  document.body.classList.toggle("without-keys", !using.checked);
  using.addEventListener("change", () => {
    localStorage.setItem(KEPT, using.checked ? "on" : "off");
    document.body.classList.toggle("without-keys", !using.checked);
  });
  document.querySelector("[data-keys-open]").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", pressed);
}
