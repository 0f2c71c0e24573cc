// Saves a form as it is typed, so that nothing typed is lost: not with the page, the session, the network or another page of it.
import { changes, collected, put } from "./collected.js";
import { askWhich, say, sayEnded } from "./saying.js";

const QUIET = 2_000;
const RETRY = 15_000;
const MOST_LEAVING = 60_000;

/** @param {HTMLElement} drafts what the form carries of its draft (`partials/keep.html`) */
export function keeping(drafts) {
  const form = drafts.closest("form");
  const state = { known: collected(form), whole: true, chosen: new Map(), timer: 0, busy: false, over: false, sent: false, lost: false, go: null };
  if (Number(form.elements["draft-base"].value)) goesOnAt(drafts.dataset.draft, form);

  const later = (wait) => {
    clearTimeout(state.timer);
    if (!state.over) state.timer = setTimeout(() => save(), wait);
  };

  async function save(leaving = false) {
    clearTimeout(state.timer);
    if (state.over || state.sent) return;
    if (state.busy) return later(QUIET);
    const now = collected(form);
    const typed = changes(state.known, now);
    if (!Object.keys(typed).length && !state.chosen.size) return;
    // The page may have come with what was never saved: answers offered, or sent and found wrong.
    if (state.whole) Object.assign(typed, now);
    for (const [path, mine] of state.chosen) if (mine) typed[path] = now[path] ?? null;
    state.busy = true;
    const answer = await send(form, drafts, typed, [...state.chosen.keys()], leaving);
    state.busy = false;
    await heard(answer, typed);
    state.go?.();
  }

  async function heard(answer, typed) {
    const told = answer && !answer.redirected ? await answer.json().catch(() => null) : null;
    if (!answer || answer.status >= 500 || answer.status === 429) {
      state.lost = true;
      say(drafts, drafts.dataset.offline);
      return later(RETRY);
    }
    if (answer.status === 401 || answer.redirected) {
      state.over = true;
      return sayEnded(drafts);
    }
    if (!told?.revision) return say(drafts, told?.error ?? drafts.dataset.offline);
    took(told, typed);
  }

  function took(told, typed) {
    Object.assign(state, { chosen: new Map(), lost: false, whole: false });
    Object.assign(state.known, typed);
    form.elements["draft-base"].value = told.revision;
    goesOnAt(drafts.dataset.draft, form);
    const missed = Object.entries(told.news).filter(([path, value]) => !take(path, value));
    say(drafts, missed.length ? drafts.dataset.again : `${drafts.dataset.saved} ${told.saved.slice(11, 16)}`);
    askWhich(drafts, told.disputes ?? [], decide);
  }

  /** The page shows what another one has typed; false where it cannot (rows, files). */
  function take(path, value) {
    if (!put(form, path, value)) return false;
    state.known[path] = value ?? null;
    return true;
  }

  function decide({ path, theirs }, mine) {
    state.chosen.set(path, mine);
    if (!mine && !take(path, theirs)) say(drafts, drafts.dataset.again);
    save();
  }

  for (const kind of ["input", "change", "rows"]) form.addEventListener(kind, () => later(QUIET));
  form.addEventListener("uploaded", () => save());
  // What is sent is kept by being sent: saving it beside that would be a second page of the draft.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    state.sent = !state.busy;
    if (state.sent) return form.elements["report-step"] && goesOnAt(drafts.dataset.draft, form);
    // Sent while a save is under way, the page would be behind itself: it waits for the answer.
    event.preventDefault();
    const { submitter } = event;
    state.go = () => {
      state.go = null;
      form.requestSubmit(submitter);
    };
  });
  addEventListener("pageshow", ({ persisted }) => {
    state.sent = false;
    if (persisted && form.elements["report-step"]) location.reload(); // the draft has gone on since
  });
  addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  addEventListener("beforeunload", (event) => {
    if (state.lost && !state.sent && Object.keys(changes(state.known, collected(form))).length) event.preventDefault();
  });
}

function send(form, drafts, answers, chosen, leaving) {
  const { elements } = form;
  const step = elements["report-step"]?.value ?? "";
  const told = { page: elements["draft-page"].value, base: elements["draft-base"].value, step, answers, chosen };
  const body = JSON.stringify(told);
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": elements.csrfmiddlewaretoken.value };
  return fetch(drafts.dataset.draft, { method: "POST", body, headers, keepalive: leaving && body.length < MOST_LEAVING }).catch(() => null);
}

/** The page's address names its draft and step, so that they are there again when the page is loaded anew or come back to;
 * what a form has sent to get here is not sent again by that.
 */
function goesOnAt(address, form) {
  const here = new URL(location.href);
  here.searchParams.set("draft", address.split("/").at(-2));
  const step = form.elements["report-step"]?.value;
  if (step) here.searchParams.set("step", step);
  history.replaceState(history.state, "", here);
}
