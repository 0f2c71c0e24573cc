// The device's position: into every form that asks for it, said in words, and once to the platform.
import { length, say } from "./words.js";

const OPTIONS = { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 };
const EARTH_RADIUS = 6_371_008.8;
const DENIED = 1;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" };

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Metres between two points. */
export function metres(lon, lat, otherLon, otherLat) {
  const [tall, wide] = [Math.sin(radians(otherLat - lat) / 2), Math.sin(radians(otherLon - lon) / 2)];
  const chord = tall ** 2 + Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * wide ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
}

function fill(block, { lon, lat, at }) {
  block.querySelector("[name=position-lon]").value = lon.toFixed(6);
  block.querySelector("[name=position-lat]").value = lat.toFixed(6);
  block.querySelector("[name=position-at]").value = new Date(at).toISOString();
}

function told(block, spot) {
  const { lon, lat, near, language } = block.dataset;
  const time = new Date(spot.at).toLocaleTimeString(language, CLOCK);
  const known = { time, accuracy: length(spot.accuracy) };
  if (!lon) return say("here", known);
  const far = metres(Number(lon), Number(lat), spot.lon, spot.lat);
  if (near && far > Number(near)) return say("tooFar", { ...known, far: length(far), near: length(Number(near)) });
  return say("far", { ...known, far: length(far) });
}

const blocks = [...document.querySelectorAll("[data-position]")];
const words = (block) => block.querySelector("[data-words]");

let last;

/** Where the device was last, if it has been located on this page. */
export const here = () => last;

function located(spot) {
  last = spot;
  document.dispatchEvent(new CustomEvent("located", { detail: spot }));
  for (const block of blocks.filter((one) => !one.dataset.chosen)) {
    fill(block, spot);
    words(block).textContent = told(block, spot);
    if ("picked" in block.dataset) block.closest("form").dispatchEvent(new CustomEvent("point-set", { detail: spot }));
  }
}

function failed({ code }) {
  for (const block of blocks.filter((one) => !one.querySelector("[name=position-lon]").value)) {
    words(block).textContent = say(code === DENIED ? "denied" : "lost");
  }
}

function locate() {
  navigator.geolocation.getCurrentPosition(
    ({ coords, timestamp }) => located({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy, at: timestamp }),
    failed,
    OPTIONS,
  );
}

/** A point chosen on the map outweighs the device until it is located anew. */
function listenToMap(block) {
  block.closest("form").addEventListener("point-picked", ({ detail }) => {
    block.dataset.chosen = "";
    fill(block, { ...detail, at: Date.now() });
    words(block).textContent = say("picked");
  });
}

/** Tells the platform where the officer is; the list is then sorted anew. */
async function tell(address, { lon, lat, at }) {
  const body = new URLSearchParams({ "position-lon": lon, "position-lat": lat, "position-at": new Date(at).toISOString() });
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const answer = await fetch(address, { method: "POST", body, headers: { ...headers, Accept: "application/json" } }).catch(() => ({ ok: false }));
  const list = document.getElementById("errands");
  if (answer.ok && list) window.htmx.trigger(list, "stood");
}

/** Locates the device now and whenever it is asked to; `address` is told once. */
export function followPosition(address) {
  if (!("geolocation" in navigator)) return;
  for (const block of blocks) {
    if ("picked" in block.dataset) listenToMap(block);
    const again = block.querySelector("[data-locate]");
    again.hidden = false;
    again.addEventListener("click", () => {
      delete block.dataset.chosen;
      words(block).textContent = say("locating");
      locate();
    });
    if (!block.querySelector("[name=position-lon]").value) words(block).textContent = say("locating");
  }
  document.addEventListener("located", ({ detail }) => tell(address, detail), { once: true });
  locate();
}
