// The officer's way while on shift and agreed to: a point every 30 s or 30 m, kept here, sent some minutes' worth at a time.
import { uuid7 } from "./ids.js";
import { ask, count } from "./network.js";
import { metres } from "./position.js";
import { bundle, keepPoint, points } from "./queue.js";

const EVERY = 30_000;
const APART = 30;
const BATCH = 20;
const OLDEST = 180_000;
const MOST = 400;

let last;

function due({ lon, lat, at }) {
  return !last || at - last.at >= EVERY || metres(last.lon, last.lat, lon, lat) >= APART;
}

function parcels(all) {
  const shifts = new Map();
  for (const point of all) {
    const name = `${point.account} ${point.address}`;
    shifts.set(name, [...(shifts.get(name) ?? []), point]);
  }
  return [...shifts.values()].flatMap((some) => Array.from({ length: Math.ceil(some.length / MOST) }, (_, part) => some.slice(part * MOST, (part + 1) * MOST)));
}

/** Hands the points kept so far to the queue. */
async function handOver() {
  await bundle((all) =>
    parcels(all).map((some) => ({
      id: uuid7(), account: some[0].account, address: some[0].address, about: some[0].address, at: some.at(-1).at,
      points: some.map(({ at, lon, lat, accuracy }) => [at, lon, lat, accuracy]),
    })),
  );
  await count();
  ask({ go: "send" });
}

/** Follows the officer of the running shift; `address` takes the points. */
export function followWay(address) {
  if (!("geolocation" in navigator) || !("serviceWorker" in navigator)) return;
  const { account } = document.body.dataset;
  const took = async ({ coords, timestamp: at }) => {
    const point = { account, address, at, lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy };
    if (!due(point)) return;
    last = point;
    await keepPoint(point);
    const held = await points();
    if (held.length >= BATCH || at - held[0].at > OLDEST) handOver();
  };
  navigator.geolocation.watchPosition(took, () => {}, { enableHighAccuracy: true, maximumAge: 10_000 });
}
