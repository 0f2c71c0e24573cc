// A way on a map: where somebody walked, from a green point to a red one.
import { LngLatBounds } from "maplibre-gl";

const COLOURS = ["match", ["get", "end"], "first", "#1d7a3d", "#a8200f"];

function ends(lines) {
  const place = (end, coordinates) => ({ type: "Feature", properties: { end }, geometry: { type: "Point", coordinates } });
  return { type: "FeatureCollection", features: [place("first", lines[0][0]), place("last", lines.at(-1).at(-1))] };
}

/** Shows a GeoJSON MultiLineString and fits the map to it. */
export function showWay(map, way) {
  const bounds = new LngLatBounds();
  for (const line of way.coordinates) for (const point of line) bounds.extend(point);
  map.fitBounds(bounds, { padding: 40, maxZoom: 16, animate: false });
  const show = () => {
    map.addSource("way", { type: "geojson", data: way });
    map.addSource("way-ends", { type: "geojson", data: ends(way.coordinates) });
    map.addLayer({ id: "way", type: "line", source: "way", layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": "#0b5cab", "line-width": 4 } });
    map.addLayer({ id: "way-ends", type: "circle", source: "way-ends", paint: { "circle-radius": 6, "circle-color": COLOURS, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
  };
  if (map.loaded()) show();
  else map.once("load", show);
}
