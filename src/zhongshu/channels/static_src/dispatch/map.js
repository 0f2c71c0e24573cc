// The desk's map: cases gathered where they lie close, officers where they last were, the open case ringed.
import { LngLatBounds, Popup } from "maplibre-gl";
import { draw } from "../maps/city.js";

const LATE = "#a8200f";
const SOON = "#b86e00";
const QUIET = "#17568c";
const OFFICER = "#17653a";
const gathered = ["has", "point_count"];
const late = ["+", ["case", ["==", ["get", "urgency"], "late"], 1, 0]];
const pressing = ["match", ["get", "urgency"], "late", LATE, "soon", SOON, QUIET];

function collection(found) {
  const feature = ({ lon, lat, ...properties }) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties });
  return { type: "FeatureCollection", features: found.map(feature) };
}

function layers(city) {
  const font = city.getLayoutProperty("district-name", "text-font");
  const text = (field, size) => ({ "text-field": ["to-string", ["get", field]], "text-font": font, "text-size": size, "text-allow-overlap": true });
  const source = (more) => ({ type: "geojson", data: collection([]), ...more });
  const seen = ["case", ["get", "fresh"], 1, 0.4];
  city.addSource("officers", source());
  city.addSource("cases", source({ cluster: true, clusterRadius: 40, clusterMaxZoom: 14, clusterProperties: { late } }));
  city.addSource("open", source());
  city.addLayer({ id: "officer", type: "circle", source: "officers", paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 4, 13, 10], "circle-color": "#fff", "circle-opacity": seen, "circle-stroke-color": OFFICER, "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 10, 1.5, 13, 3], "circle-stroke-opacity": seen } });
  city.addLayer({ id: "officer-load", type: "symbol", source: "officers", minzoom: 12, layout: text("load", 12), paint: { "text-color": OFFICER, "text-opacity": seen } });
  city.addLayer({ id: "officer-name", type: "symbol", source: "officers", minzoom: 13, layout: { ...text("name", 12), "text-offset": [0, 1.5], "text-allow-overlap": false }, paint: { "text-color": "#1c2530", "text-halo-color": "#fff", "text-halo-width": 1.5, "text-opacity": seen } });
  city.addLayer({ id: "open", type: "circle", source: "open", paint: { "circle-radius": 15, "circle-color": "transparent", "circle-stroke-color": "#e08a00", "circle-stroke-width": 4 } });
  city.addLayer({ id: "gathered", type: "circle", source: "cases", filter: gathered, paint: { "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 12, 50, 20, 500, 30], "circle-color": ["case", [">", ["get", "late"], 0], LATE, QUIET], "circle-opacity": 0.9, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
  city.addLayer({ id: "gathered-count", type: "symbol", source: "cases", filter: gathered, layout: text("point_count", 13), paint: { "text-color": "#fff" } });
  city.addLayer({ id: "case", type: "circle", source: "cases", filter: ["!", gathered], paint: { "circle-radius": 7, "circle-color": pressing, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
}

/** What is said of an officer beside the mark. */
function card(words, { name, body, load, seen, fresh }) {
  const box = document.createElement("div");
  const lines = [name, body, words.load.replace("{n}", load), (fresh ? words.seen : words.stale).replace("{time}", seen)];
  box.append(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  return box;
}

/** The map in `place`; `open(number)` is called for the case that is clicked. Data may come before the map is drawn. */
export function map(place, open) {
  const city = draw(place);
  const popup = new Popup({ closeButton: false, offset: 14, className: "officer-card" });
  const known = { cases: [], officers: [], open: [] };
  let drawn = false;
  let framed = false;

  const show = (name, found) => {
    known[name] = found;
    if (drawn) city.getSource(name).setData(collection(found));
    if (drawn && !framed && name === "cases") frame();
  };
  const frame = async () => {
    framed = true;
    if (known.open.length) return centre(known.open[0], false);
    const box = new LngLatBounds();
    for (const { lon, lat } of known.cases) box.extend([lon, lat]);
    city.fitBounds(box.isEmpty() ? await city.getSource("city").getBounds() : box, { padding: 40, maxZoom: 14, animate: false });
  };
  const centre = ({ lon, lat }, animate = true) => {
    city.easeTo({ center: [lon, lat], zoom: Math.max(city.getZoom(), 14), animate });
  };
  const tell = (officer) => popup.setLngLat([officer.lon, officer.lat]).setDOMContent(card(place.dataset, officer)).addTo(city);

  city.once("style.load", () => {
    layers(city);
    drawn = true;
    for (const name of Object.keys(known)) show(name, known[name]);
  });
  city.on("click", "case", ({ features }) => open(features[0].properties.number));
  city.on("click", "officer", ({ features }) => tell(known.officers.find(({ id }) => id === features[0].properties.id)));
  city.on("click", "gathered", async ({ features: [{ properties, geometry }] }) => {
    const zoom = await city.getSource("cases").getClusterExpansionZoom(properties.cluster_id);
    city.easeTo({ center: geometry.coordinates, zoom });
  });
  for (const layer of ["case", "gathered", "officer"]) {
    city.on("mouseenter", layer, () => (city.getCanvas().style.cursor = "pointer"));
    city.on("mouseleave", layer, () => (city.getCanvas().style.cursor = ""));
  }

  return {
    cases: (found) => show("cases", found),
    officers: (found) => show("officers", found),
    /** Rings the case of the pane, and brings it to the middle when it is another than before. */
    select({ case: number, lon, lat }) {
      const before = known.open[0]?.number;
      show("open", lon ? [{ number, lon: Number(lon), lat: Number(lat) }] : []);
      if (drawn && lon && number !== before) centre(known.open[0]);
    },
    /** Brings an officer who has said where they are to the middle. */
    showOfficer(id) {
      const officer = known.officers.find((one) => one.id === id);
      if (!officer) return;
      place.scrollIntoView({ block: "nearest" });
      centre(officer);
      tell(officer);
    },
  };
}
