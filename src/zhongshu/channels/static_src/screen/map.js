// Running cases on the city's own lines, coloured by phase, gathered where they lie close.
import { draw } from "../maps/city.js";

const GROUND = { ground: ["background-color", "#0b1622"], land: ["fill-color", "#122234"] };
const LINES = { "street-edge": "#27405a", "district-edge": "#4b6c8c", road: "#1d3249" };
const LABELS = ["road-name", "street-name", "district-name"];

function darken(map) {
  for (const [layer, [property, colour]] of Object.entries(GROUND)) map.setPaintProperty(layer, property, colour);
  for (const [layer, colour] of Object.entries(LINES)) map.setPaintProperty(layer, "line-color", colour);
  for (const layer of LABELS) {
    map.setPaintProperty(layer, "text-color", "#a9bed2");
    map.setPaintProperty(layer, "text-halo-color", "#0b1622");
  }
}

/** The colour of each phase, as the list of phases shows it. */
function colours() {
  const dots = [...document.querySelectorAll("[data-phase]")];
  const pairs = dots.flatMap((dot) => [dot.dataset.phase, getComputedStyle(dot).backgroundColor]);
  return pairs.length ? ["match", ["get", "phase"], ...pairs, "#8aa0b5"] : "#6fb1ea";
}

function layers(map) {
  const font = map.getLayoutProperty("district-name", "text-font");
  map.addSource("cases", { type: "geojson", data: collection([]), cluster: true, clusterRadius: 36, clusterMaxZoom: 14 });
  const gathered = ["has", "point_count"];
  const size = ["interpolate", ["linear"], ["get", "point_count"], 2, 11, 50, 20, 500, 32];
  map.addLayer({ id: "gathered", type: "circle", source: "cases", filter: gathered, paint: { "circle-radius": size, "circle-color": "#2f6ea8", "circle-opacity": 0.85, "circle-stroke-color": "#9cc7ee", "circle-stroke-width": 1 } });
  map.addLayer({ id: "count", type: "symbol", source: "cases", filter: gathered, layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": font, "text-size": 13, "text-allow-overlap": true }, paint: { "text-color": "#fff" } });
  map.addLayer({ id: "case", type: "circle", source: "cases", filter: ["!", gathered], paint: { "circle-radius": 6, "circle-color": colours(), "circle-stroke-color": "#0b1622", "circle-stroke-width": 1.5 } });
}

function collection(points) {
  const feature = ([lon, lat, phase, number]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { phase, number } });
  return { type: "FeatureCollection", features: points.map(feature) };
}

function lead(map, place) {
  map.on("click", "case", ({ features }) => location.assign(place.dataset.case.replace("NUMBER", features[0].properties.number)));
  map.on("click", "gathered", async ({ features: [{ properties, geometry }] }) => {
    const zoom = await map.getSource("cases").getClusterExpansionZoom(properties.cluster_id);
    map.easeTo({ center: geometry.coordinates, zoom });
  });
  for (const layer of ["case", "gathered"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

/** A function that shows points ([lon, lat, phase, number]) on the map in `place`. */
export function map(place) {
  const city = draw(place);
  let waiting = [];
  city.once("style.load", () => {
    darken(city);
    layers(city);
    lead(city, place);
    city.getSource("cases").setData(collection(waiting));
  });
  return (points) => {
    waiting = points;
    city.getSource("cases")?.setData(collection(points));
  };
}
