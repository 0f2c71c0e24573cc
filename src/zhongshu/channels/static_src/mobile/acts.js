// Forms that can wait: each gets a key made here, and tells the queue what it is about.
import { uuid7 } from "./ids.js";
import { act as keptAct } from "./queue.js";
import { say } from "./words.js";

const { account } = document.body.dataset;
const here = location.pathname;
const forms = [...document.querySelectorAll("form[data-act]")];
const STEPS = { accept: "accept", arrive: "arrive" };

function set(form, name, value) {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

/** What must be sent in order: the steps of one task, or one report with its photos. */
export function about(form) {
  const task = here.match(/^\/mobile\/cases\/[^/]+\/tasks\/\d+\//);
  return task ? task[0] : `report:${form.elements["act-key"].value}`;
}

function said(control) {
  if (control.type === "file") return [...control.files].map((file) => file.name).join(" ");
  if (control.matches("select")) return control.selectedOptions[0]?.value ? control.selectedOptions[0].textContent : "";
  if (/^(radio|checkbox)$/.test(control.type)) return control.checked ? control.labels[0]?.textContent.trim() : "";
  return control.value.trim();
}

function label(control) {
  const set = /^(radio|checkbox)$/.test(control.type) && control.closest("fieldset")?.querySelector("legend");
  const named = set || control.labels?.[0];
  return (named?.firstChild?.textContent ?? "").trim();
}

/** What was filled in, as questions and answers. */
function typed(form) {
  const controls = [...form.elements].filter((control) => control.type !== "hidden" && control.name && control.name !== "photo-drop");
  return controls.map((control) => [label(control), said(control)]).filter(([, text]) => text);
}

function title(form) {
  const number = document.querySelector(".task-line .number")?.textContent ?? "";
  return [document.querySelector("h1").textContent, number, form.dataset.act].filter(Boolean).join(" · ");
}

function prepare(form) {
  // A report has the key of its draft; on a page kept from before that may have been sent already.
  if (!form.elements["act-key"] || document.body.dataset.kept) set(form, "act-key", uuid7());
  set(form, "queue-account", account);
  set(form, "queue-about", about(form));
  set(form, "queue-title", title(form));
  form.addEventListener("submit", () => {
    const draft = new URLSearchParams(location.search).get("draft");
    set(form, "queue-page", draft ? `${here}?draft=${encodeURIComponent(draft)}` : here);
    set(form, "queue-typed", JSON.stringify(typed(form)));
  });
}

function fill(form, entries) {
  const files = new Map();
  for (const [name, value] of entries) {
    const control = form.elements[name];
    if (value instanceof File) files.set(name, [...(files.get(name) ?? []), value]);
    else if (control instanceof RadioNodeList) for (const one of control) one.checked = one.value === value;
    else if (control?.type === "checkbox") control.checked = true;
    else if (control?.type === "file") set(form, name, value);
    else if (control && !/^(csrfmiddlewaretoken|act-|queue-|draft-|position-|case-revision)/.test(name)) control.value = value;
  }
  for (const [name, chosen] of files) {
    const held = new DataTransfer();
    for (const file of chosen) held.items.add(file);
    form.elements[name].files = held.files;
    form.elements[name].dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Fills a form again with what was refused, to be mended; sending it takes the place of that. */
async function mend(id) {
  const refused = await keptAct(id);
  const form = refused && forms.find((one) => new URL(one.action).pathname === refused.address);
  if (!form) return;
  form.closest("details")?.setAttribute("open", "");
  fill(form, refused.entries);
  set(form, "queue-instead", id);
  if (refused.sentence) {
    const words = Object.assign(document.createElement("p"), { className: "wrong", textContent: refused.sentence });
    words.setAttribute("role", "alert");
    form.prepend(words);
  }
  form.scrollIntoView();
}

/** A step that waits in the telephone counts here already: the next one can be taken. */
function show(waiting) {
  const own = waiting.filter((act) => act.about === here);
  const steps = new Set(own.map((act) => STEPS[act.address.slice(here.length).replace("/", "")] ?? (act.address === here ? "finish" : "")));
  for (const place of document.querySelectorAll("[data-until]")) if (steps.has(place.dataset.until)) place.hidden = true;
  for (const place of document.querySelectorAll("[data-after]")) if (steps.has(place.dataset.after)) place.hidden = false;
  const bar = document.getElementById("kept-step");
  if (!bar) return;
  bar.hidden = !own.length;
  bar.textContent = own.length ? say(own.some((act) => act.state === "refused") ? "stepRefused" : "stepKept") : "";
}

/** Prepares every form that can wait, and shows what waits of this page. */
export function prepareActs() {
  forms.forEach(prepare);
  document.addEventListener("queue", ({ detail }) => show(detail));
  const mending = location.hash.match(/^#mend=([0-9a-f-]{36})$/);
  if (mending) mend(mending[1]);
}
