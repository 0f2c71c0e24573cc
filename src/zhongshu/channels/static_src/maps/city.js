// The base map: districts, streets and roads from `data-base`, a GeoJSON of our own.
import { Map, NavigationControl, setWorkerUrl } from "maplibre-gl";

const worker = new URL("map-worker.js", import.meta.url);
worker.search = new URL(import.meta.url).search;
setWorkerUrl(worker.href);

const FONT = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"];

const CHINESE = {
  "Map.Title": "地图",
  "Marker.Title": "地图上的标记",
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
};

const is = (layer) => ["==", ["get", "layer"], layer];

function style(base, language) {
  const name = ["get", language === "en" ? "name_en" : "name"];
  const text = { "text-field": name, "text-font": FONT };
  const halo = { "text-halo-color": "#fff", "text-halo-width": 1.5 };
  return {
    version: 8,
    sources: { city: { type: "geojson", data: base } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#eef2f5" } },
      { id: "land", type: "fill", source: "city", filter: is("district"), paint: { "fill-color": "#fbfcfd" } },
      { id: "street-edge", type: "line", source: "city", filter: is("street"), minzoom: 11, paint: { "line-color": "#c3ccd6", "line-dasharray": [3, 2] } },
      { id: "district-edge", type: "line", source: "city", filter: is("district"), paint: { "line-color": "#8795a4", "line-width": 1.5 } },
      { id: "road", type: "line", source: "city", filter: is("road"), minzoom: 10, paint: { "line-color": "#b9c4cf", "line-opacity": ["interpolate", ["linear"], ["zoom"], 10, 0.3, 13, 1], "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.6, 16, 6] } },
      { id: "road-name", type: "symbol", source: "city", filter: is("road"), minzoom: 14, layout: { ...text, "symbol-placement": "line", "text-size": 12 }, paint: { ...halo, "text-color": "#4d5968" } },
      { id: "street-name", type: "symbol", source: "city", filter: is("street-name"), minzoom: 12, layout: { ...text, "text-size": 12 }, paint: { ...halo, "text-color": "#4d5968" } },
      { id: "district-name", type: "symbol", source: "city", filter: is("district-name"), maxzoom: 13, layout: { ...text, "text-size": 15 }, paint: { ...halo, "text-color": "#1c2530" } },
    ],
  };
}

/** A map in `place`, showing the point it names or the whole city. */
export function draw(place) {
  const { base, language, lon, lat, bounds } = place.dataset;
  const box = bounds ? JSON.parse(bounds) : undefined;
  const view = lon ? { center: [Number(lon), Number(lat)], zoom: 15 } : { bounds: box, fitBoundsOptions: { padding: 16 } };
  const map = new Map({
    container: place,
    style: style(new URL(base, location.href).href, language),
    locale: language === "en" ? {} : CHINESE,
    attributionControl: false,
    cooperativeGestures: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
    ...view,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  return map;
}
