// Rows of a repeating group come and go without a round to the server; without scripts the same buttons ask it.
import { rowsOf } from "./typed.js";

/** @param {HTMLElement} questions @param {() => void} changed called after a row came or went */
export function rows(questions, changed) {
  questions.addEventListener("click", (event) => {
    const button = event.target.closest?.('button[name="form-add"], button[name="form-drop"]');
    if (!button) return;
    event.preventDefault();
    const group = button.closest(".form-rows");
    const adds = button.name === "form-add";
    if (adds) add(group);
    else drop(group, button.closest("[data-row]"));
    number(group);
    say(group, adds ? "added" : "dropped");
    changed();
  });
}

function add(group) {
  const list = group.querySelector("[data-rows]");
  const numbers = rowsOf(list).map((row) => Number(row.dataset.row));
  const fresh = group.querySelector(":scope > template").content.cloneNode(true);
  const row = fresh.querySelector("[data-row]");
  const next = String(Math.max(-1, ...numbers) + 1);
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes("__n__")) part.setAttribute(name, value.replaceAll("__n__", next));
    }
  }
  list.append(fresh);
  row.querySelector(":scope [data-question]:not([hidden]) :is(input:not([type=hidden]), select, textarea)")?.focus();
}

function drop(group, row) {
  const near = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (near?.querySelector('button[name="form-drop"]') ?? group.querySelector('button[name="form-add"]')).focus();
}

/** Numbers the rows anew as people see them, and offers another one only while there may be more. */
function number(group) {
  const list = group.querySelector("[data-rows]");
  const all = rowsOf(list);
  for (const [place, row] of all.entries()) {
    row.setAttribute("aria-label", `${list.dataset.title} ${place + 1}`);
    for (const part of row.querySelectorAll("[data-place]")) part.textContent = place + 1;
  }
  group.querySelector('button[name="form-add"]').hidden = all.length >= Number(list.dataset.most);
}

/** How many there are now: words that differ each time are read out each time. */
function say(group, what) {
  const status = group.querySelector("[data-row-said]");
  status.textContent = status.dataset[what].replace("{n}", rowsOf(group.querySelector("[data-rows]")).length);
}
