// A round of a form: which questions are asked, which must be answered, what works out to what.
//
// With a plan the page settles by itself and asks the server only for what a browser cannot do; without one it asks
// always. Without network nobody decides: then all questions are shown, as without scripts.
import { settle } from "../feel/logic.js";
import { rowsOf, typed } from "./typed.js";

/** @param {HTMLElement} questions @returns {(local: boolean) => void} what settles anew */
export function rounds(questions) {
  let latest = 0;
  const plan = planned(questions);
  return async (local) => {
    const turn = ++latest;
    const known = await plan;
    const found = known && settle(known, typed(questions));
    if (turn === latest && found && !found.ask.length) return apply(questions, found);
    if (local && known) return;
    const answer = await ask(questions);
    if (turn === latest && answer !== undefined) apply(questions, answer);
  };
}

async function planned(questions) {
  if (!questions.dataset.plan) return null;
  const answer = await fetch(questions.dataset.plan).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** What the server says of what is typed; null without network, undefined if it does not take the question. */
async function ask(questions) {
  const all = new FormData(questions.closest("form"));
  for (const [name, value] of [...all]) if (value instanceof File) all.delete(name);
  const answer = await fetch(questions.dataset.asked, { method: "POST", body: all }).catch(() => null);
  if (!answer) return null;
  if (!answer.ok) return undefined;
  const { asked, required, computed } = await answer.json();
  return { shown: new Set(asked), required: new Set(required), computed };
}

function apply(questions, found) {
  const more = [];
  for (const [path, question] of byPath(questions)) {
    const hidden = found !== null && !found.shown.has(path);
    if (question.hidden && !hidden) more.push(question);
    question.hidden = hidden;
    if (found) mark(question, found.required.has(path), found.computed[path]);
  }
  for (const part of questions.querySelectorAll("[data-step-live], [data-step-live] .form-group")) {
    part.hidden = ![...part.querySelectorAll("[data-question]")].some((question) => !question.hidden);
  }
  sayMore(questions, more);
}

/** What has come to be asked is read out: it may stand before where one is. */
function sayMore(questions, more) {
  const line = questions.querySelector(":scope > [data-more]");
  const here = more.filter((question) => !question.closest("[hidden]"));
  const titles = here.map((question) => question.querySelector("label, legend").firstChild.textContent.trim());
  if (line && titles.length) line.textContent = line.dataset.more + titles.join(" · ");
}

/** The questions by the paths a round speaks of: rows by their order. A row nothing stands in yet stays as it is. */
function* byPath(questions) {
  for (const question of questions.querySelectorAll("[data-question]")) {
    const row = question.closest("[data-row]");
    if (!row) yield [question.dataset.question, question];
  }
  for (const list of questions.querySelectorAll("[data-rows]")) {
    for (const [place, row] of rowsOf(list).entries()) {
      if (!filled(row)) continue;
      for (const question of row.querySelectorAll("[data-question]")) {
        yield [`${list.dataset.rows}.${place}.${question.dataset.question.split(".")[2]}`, question];
      }
    }
  }
}

function filled(row) {
  const controls = [...row.querySelectorAll(":scope [data-question] :is(input, select, textarea)")];
  return controls.some(({ type, checked, value }) => (type === "radio" || type === "checkbox" ? checked : value.trim()));
}

function mark(question, required, computed) {
  const needed = question.querySelector(":scope > .field > :is(label, legend) .needed");
  const words = needed && (required ? needed.dataset.needed : needed.dataset.free);
  if (needed && needed.textContent !== words) needed.textContent = words;
  const control = question.querySelector(":scope > .field > .form-control, :scope > .field > .form-select");
  if (required) control?.setAttribute("aria-required", "true");
  else control?.removeAttribute("aria-required");
  const output = question.querySelector(":scope > .field > output[data-computed]");
  const worked = computed === undefined || computed === null ? output?.dataset.empty : said(computed, output);
  if (output && output.textContent !== worked) output.textContent = worked;
  output?.classList.toggle("is-blank", worked === output.dataset.empty);
}

const said = (value, output) => (typeof value === "boolean" ? output?.dataset[value ? "yes" : "no"] : String(value));
