// The wall: keeps itself up to date for as long as it hangs. What is asked for is told on the page as `zhongshu:board`,
// `zhongshu:trends` and `zhongshu:points`; what happens in the city makes it ask sooner, and once more when it has been
// quiet for a while: figures are counted a moment after what they count.
import "./live.js";
import { chart } from "./screen/chart.js";
import { fill } from "./screen/fill.js";
import { heard } from "./screen/fresh.js";
import { map } from "./screen/map.js";
import { moments } from "./screen/moment.js";
import { follow } from "./screen/source.js";

const QUIET = 5_000;

const { board, trends } = document.querySelector("[data-wall]").dataset;
const drawMap = map(document.querySelector("[data-wall-map]"));
const drawDay = chart(document.querySelector("[data-chart]"));
const written = (id) => JSON.parse(document.getElementById(id).textContent);
const known = { ...written("board"), trends: written("trends"), map: null };

/** Takes in the newest of something and writes the page from all that is known. */
function take(fresh) {
  Object.assign(known, fresh);
  fill(document, known);
  if (fresh.trends) drawDay(fresh.trends.day);
  if (fresh.moment) heard(fresh.moment);
}

const time = moments(document.querySelector("[data-time]"), known.hours, (shown) => {
  drawMap(shown.points);
  take({ map: { ...shown, points: null } });
});
const renew = follow("board", board, { oftenest: 2_000, rarest: 60_000 });
const renewTrends = trends && follow("trends", trends, { oftenest: 60_000, rarest: 60_000 });

document.addEventListener("zhongshu:board", ({ detail }) => {
  take(detail);
  time.shift(detail.hours);
});
document.addEventListener("zhongshu:trends", ({ detail }) => take(detail));

let quiet = null;
function soon() {
  renew();
  time.renew();
}
document.addEventListener("zhongshu:entry", () => {
  soon();
  clearTimeout(quiet);
  quiet = setTimeout(soon, QUIET);
});
document.addEventListener("zhongshu:refresh", () => {
  soon();
  renewTrends?.();
});

document.querySelector("[data-submits]")?.addEventListener("change", ({ target }) => target.form.submit());
for (const button of document.querySelectorAll("[data-swap]")) {
  button.addEventListener("click", () => {
    const other = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", other);
    button.closest(".panel").classList.toggle("is-swapped", other);
  });
}
take(known);
