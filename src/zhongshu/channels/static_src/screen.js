// The wall: brings the page up to date from its data when something has happened, at most every 2 s, at least every minute,
// and once more when it has been quiet for a while: figures are counted a moment after what they count.
import "./live.js";
import { chart } from "./screen/chart.js";
import { fill } from "./screen/fill.js";
import { map } from "./screen/map.js";

const OFTENEST = 2_000;
const RAREST = 60_000;
const QUIET = 5_000;

const wall = document.querySelector("[data-wall]");
const show = { chart: chart(document.querySelector("[data-chart]")), map: map(document.querySelector("[data-wall-map]")) };
let asked = 0;
let due = null;
let quiet = null;

function paint(board) {
  fill(document, board);
  show.map(board.points);
  if (board.figures) show.chart(board.figures.days);
}

async function renew() {
  asked = Date.now();
  due = null;
  try {
    const answer = await fetch(wall.dataset.source, { headers: { Accept: "application/json" } });
    if (answer.status === 401) location.reload(); // signed out: the page says so
    if (answer.ok) paint(await answer.json());
  } catch {
    // The connection's state is shown; the next turn tries again.
  }
}

function soon() {
  due ??= setTimeout(renew, Math.max(0, asked + OFTENEST - Date.now()));
}

document.addEventListener("zhongshu:entry", () => {
  soon();
  clearTimeout(quiet);
  quiet = setTimeout(soon, QUIET);
});
document.addEventListener("zhongshu:refresh", soon);
setInterval(() => Date.now() - asked >= RAREST && soon(), 5_000);
document.querySelector("[data-submits]")?.addEventListener("change", ({ target }) => target.form.submit());
paint(JSON.parse(document.getElementById("board").textContent));
