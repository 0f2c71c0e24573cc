// Cases on the city's own lines, coloured by urgency, gathered where they lie close: a group is as pressing as its worst.
import { draw } from "../maps/city.js";
import { rem } from "./rem.js";

const GROUND = { ground: ["background-color", "#0b1622"], land: ["fill-color", "#122234"] };
const LINES = { "street-edge": "#27405a", "district-edge": "#4b6c8c", road: "#1d3249" };
const LABELS = { "road-name": 12, "street-name": 12, "district-name": 15 };
const GATHERED = ["has", "point_count"];

function darken(map) {
  for (const [layer, [property, colour]] of Object.entries(GROUND)) map.setPaintProperty(layer, property, colour);
  for (const [layer, colour] of Object.entries(LINES)) map.setPaintProperty(layer, "line-color", colour);
  for (const layer of Object.keys(LABELS)) {
    map.setPaintProperty(layer, "text-color", "#a9bed2");
    map.setPaintProperty(layer, "text-halo-color", "#0b1622");
  }
}

function layers(map, colour) {
  const is = (urgency) => ["case", ["==", ["get", "urgency"], urgency], 1, 0];
  const worst = (late, soon) => ["case", [">", late, 0], colour("--late"), [">", soon, 0], colour("--soon"), colour("--calm")];
  const clusterProperties = { late: ["+", is("late")], soon: ["+", is("soon")] };
  map.addSource("cases", { type: "geojson", data: collection([]), cluster: true, clusterRadius: rem(36), clusterMaxZoom: 14, clusterProperties });
  map.addLayer({ id: "gathered", type: "circle", source: "cases", filter: GATHERED, paint: { "circle-color": worst(["get", "late"], ["get", "soon"]), "circle-opacity": 0.9, "circle-stroke-color": "#0b1622", "circle-stroke-width": 2 } });
  const font = map.getLayoutProperty("district-name", "text-font");
  map.addLayer({ id: "count", type: "symbol", source: "cases", filter: GATHERED, layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": font, "text-allow-overlap": true }, paint: { "text-color": "#08111b" } });
  map.addLayer({ id: "case", type: "circle", source: "cases", filter: ["!", GATHERED], paint: { "circle-color": worst(is("late"), is("soon")), "circle-stroke-color": "#0b1622", "circle-stroke-width": 1.5 } });
}

/** Letters and dots as large as the wall's. */
function scale(map) {
  for (const [layer, size] of Object.entries(LABELS)) map.setLayoutProperty(layer, "text-size", rem(size));
  map.setLayoutProperty("count", "text-size", rem(13));
  map.setPaintProperty("gathered", "circle-radius", ["interpolate", ["linear"], ["get", "point_count"], 2, rem(12), 50, rem(21), 500, rem(33)]);
  map.setPaintProperty("case", "circle-radius", rem(6));
}

function collection(points) {
  const feature = ([lon, lat, urgency, number]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { urgency, number } });
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

/** A function that shows points ([lon, lat, urgency, number]) on the map in `place`. */
export function map(place) {
  const city = draw(place);
  const style = getComputedStyle(place);
  let waiting = [];
  city.once("style.load", () => {
    darken(city);
    layers(city, (name) => style.getPropertyValue(name).trim());
    scale(city);
    lead(city, place);
    city.on("resize", () => scale(city));
    city.getSource("cases").setData(collection(waiting));
  });
  return (points) => {
    waiting = points;
    city.getSource("cases")?.setData(collection(points));
  };
}
