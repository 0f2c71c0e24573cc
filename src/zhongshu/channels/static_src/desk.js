// The desk by keyboard: arrows walk a list's rows, long drop-downs are searched by typing, nothing is sent twice.
const MANY = 20;
const words = document.querySelector("script[data-find]").dataset;

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest?.("[data-rows] tbody tr");
  if (!step || !row || event.target.matches("input, select, textarea")) return;
  const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  const link = next?.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}

function makeSearchable(select) {
  if (select.options.length <= MANY || select.dataset.searchable || select.multiple) return;
  select.dataset.searchable = "yes";
  const all = [...select.children].map((child) => child.cloneNode(true));
  const finder = document.createElement("input");
  finder.type = "search";
  finder.className = "form-control finder";
  finder.placeholder = words.find;
  finder.setAttribute("aria-label", `${words.find}${select.labels[0] ? `: ${select.labels[0].textContent.trim()}` : ""}`);
  finder.setAttribute("aria-controls", select.id);
  finder.autocomplete = "off";
  finder.addEventListener("input", (event) => { event.stopPropagation(); narrow(select, all, finder.value); });
  finder.addEventListener("change", (event) => event.stopPropagation());
  finder.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "ArrowDown") select.focus();
  });
  select.before(finder);
}

function narrow(select, all, text) {
  const wanted = text.trim().toLowerCase();
  const kept = select.value;
  const fits = (option) => option.value === "" || option.textContent.toLowerCase().includes(wanted);
  select.replaceChildren(...all.map((child) => {
    const copy = child.cloneNode(true);
    for (const option of copy.querySelectorAll("option")) if (!fits(option)) option.remove();
    return copy;
  }).filter((child) => child.matches("option") ? fits(child) : child.children.length));
  const first = [...select.options].find((option) => option.value !== "" && wanted);
  select.value = [...select.options].some((option) => option.value === kept && kept) ? kept : first ? first.value : "";
}

const ticks = () => [...document.querySelectorAll("tbody [name=pick][form=picks]")];

function showPicked() {
  const bar = document.querySelector("[data-picked]");
  if (!bar) return;
  const all = ticks(), n = all.filter((tick) => tick.checked).length;
  const count = bar.querySelector("[data-picked-count]");
  bar.hidden = !n;
  count.textContent = n ? count.dataset.words.replace("{n}", n) : "";
  const page = document.querySelector("[data-pick-all]");
  page.hidden = !all.length;
  page.checked = n > 0 && n === all.length;
  page.indeterminate = n > 0 && n < all.length;
}

function pick(event) {
  if (event.target.matches("[data-pick-all]")) for (const tick of ticks()) tick.checked = event.target.checked;
  if (event.target.matches("[data-pick-all], [name=pick]")) showPicked();
}

function sendOnce(event) {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
}

function prepare(root) {
  for (const select of root.querySelectorAll("select")) makeSearchable(select);
  showPicked();
}

/** After a page was sent and not taken: on to the one thing that is wrong, or to what is said of several. */
function goWhereWrong() {
  const summary = document.querySelector("#summary.summary");
  const links = summary?.querySelectorAll("a") ?? [];
  const wrong = links.length === 1 && document.getElementById(decodeURIComponent(links[0].hash.slice(1)));
  for (const place of [summary, wrong]) place?.focus?.();
}

document.addEventListener("keydown", walk);
document.addEventListener("submit", sendOnce);
document.addEventListener("change", pick);
document.body.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "inbox" && ticks().some((tick) => tick.checked)) event.preventDefault();  // what is ticked stays
});
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if ([403, 409, 413].includes(detail.xhr.status)) { detail.shouldSwap = true; detail.isError = false; }
});
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent; });
prepare(document);
addEventListener("load", goWhereWrong);  // not before: the address may name a place of its own
