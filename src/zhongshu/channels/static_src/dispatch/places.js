// Where the visitor is: which case is open, which row or control has the focus, and that parts made anew do not lose it.

export const rows = () => [...document.querySelectorAll("#queue [data-number]")];
let index = 0;

/** The number of the open case; undefined when none is. */
export function selected() {
  return document.getElementById("pane").dataset.case;
}

/** Marks the row of the open case. */
export function mark() {
  for (const row of rows()) row.toggleAttribute("aria-current", row.dataset.number === selected());
  document.querySelector("#queue [data-number][aria-current]")?.setAttribute("aria-current", "true");
}

/** A request for the queue says which case is open by now, and remembers the row that has the focus. */
export function keepPlace({ detail }) {
  if (detail.target.id !== "queue") return;
  index = rows().indexOf(document.activeElement);
  const address = new URL(detail.path, location.href);
  if (selected()) address.searchParams.set("case", selected());
  else address.searchParams.delete("case");
  detail.path = address.pathname + address.search;
}

/** After a part was made anew: the row is marked, the focus stands where work goes on. */
export function opened({ target, requestConfig }) {
  mark();
  const lost = document.activeElement === document.body || document.activeElement === null;
  if (target.id === "queue" && index >= 0 && lost) (rows()[index] ?? rows().at(-1))?.focus();
  const acted = requestConfig.elt.closest?.("#queue, #pane form, #pane a") || requestConfig.verb === "post";
  if (target.id === "pane" && acted) announce();
}

/** What was said of an act, else the title of the case, gets the focus: a screen reader reads on from there. */
function announce() {
  const wrong = document.querySelector("#pane [aria-invalid], #pane .summary a");
  const title = document.getElementById("pane-title");
  (wrong ?? title).focus({ preventScroll: !wrong });
  document.getElementById("pane").scrollTop = 0;
  if (matchMedia("(max-width: 64rem)").matches) title.scrollIntoView({ block: "nearest" });
}
