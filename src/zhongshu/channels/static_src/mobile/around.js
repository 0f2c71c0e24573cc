// A small map of the matter and the officer.
import { LngLatBounds, Marker } from "maplibre-gl";
import { draw } from "../maps/city.js";
import { here } from "./position.js";
import { say } from "./words.js";

function mark(className, title = "") {
  return new Marker({ element: Object.assign(document.createElement("div"), { className, title }) });
}

/** Draws the matter at the place's own point, and the officer as soon as the device is located. */
export function drawAround(place) {
  const map = draw(place);
  const there = [Number(place.dataset.lon), Number(place.dataset.lat)];
  mark("map-mark").setLngLat(there).addTo(map);
  const me = mark("map-me", say("me"));
  const show = (detail) => {
    const stand = [detail.lon, detail.lat];
    me.setLngLat(stand).addTo(map);
    map.fitBounds(new LngLatBounds(there, there).extend(stand), { padding: { top: 32, bottom: 32, left: 32, right: 64 }, maxZoom: 16, animate: false });
  };
  if (here()) show(here());
  document.addEventListener("located", ({ detail }) => show(detail));
}
