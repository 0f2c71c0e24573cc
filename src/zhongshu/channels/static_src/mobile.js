// What a telephone adds to the officers' pages: where it is, a map of that, photos sent as they are taken, voice notes, the way of
// a patrol, and all of it without network.
import { prepareActs } from "./mobile/acts.js";
import { follow, look } from "./mobile/network.js";
import { sendAsTaken } from "./mobile/photos.js";
import { followPosition } from "./mobile/position.js";
import { followWay } from "./mobile/track.js";
import { offerRecording } from "./mobile/voice.js";
import { showWaiting } from "./mobile/waiting.js";

const { stand, photos, worker, home, waitingPage } = document.querySelector("script[data-stand]").dataset;
const { points } = document.querySelector(".bars").dataset;
const MOST_KEPT = 30;

prepareActs();
for (const input of document.querySelectorAll("input[data-photos]")) sendAsTaken(input, photos);
for (const place of document.querySelectorAll("[data-recorder]")) offerRecording(place);
if (document.getElementById("acts")) showWaiting();
follow();

const needed = [...document.querySelectorAll("[data-needed] a, nav.masthead-nav a")].map((link) => new URL(link.href));
const addresses = [home, waitingPage, ...needed.filter((one) => one.pathname.startsWith(home)).map((one) => one.pathname)];
look(worker, [...new Set(addresses)].slice(0, MOST_KEPT));

followPosition(stand);
if (points) followWay(points);

const around = document.querySelector("[data-around]");
if (around) {
  // Without network the map may not be there; all it shows is said in words.
  import("./mobile/around.js").then(({ drawAround }) => drawAround(around), () => {});
}

// Signing out takes the pages kept for reading along.
document.querySelector("form[action$='/sign-out/']")?.addEventListener("submit", () => {
  caches?.keys().then((names) => names.filter((name) => name.startsWith("pages:")).forEach((name) => caches.delete(name)));
});

// A second tap on a button that is already on its way changes nothing; coming back to the page frees it.
const busy = new Set();
addEventListener("pageshow", () => busy.clear());
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (busy.has(event.target)) event.preventDefault();
  busy.add(event.target);
  event.target.setAttribute("aria-busy", "true");
});
