// Points on a map: one to show, one to pick, or many that lead to their pages.
import { LngLatBounds, Marker } from "maplibre-gl";

function mark() {
  const element = document.createElement("div");
  element.className = "map-mark";
  return new Marker({ element });
}

/** Shows the place's own point. */
export function markPoint(map, place) {
  mark().setLngLat([Number(place.dataset.lon), Number(place.dataset.lat)]).addTo(map);
}

/**
 * Lets the visitor pick a point. `form` hears `point-picked` when the map is used and says `point-set` when the point
 * came from elsewhere (an address, the device's position); both carry {lon, lat}.
 */
export function pickPoint(map, place, form) {
  const marker = mark();
  const set = (lon, lat) => marker.setLngLat([lon, lat]).addTo(map);
  if (place.dataset.lon) set(Number(place.dataset.lon), Number(place.dataset.lat));
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", ({ lngLat }) => {
    set(lngLat.lng, lngLat.lat);
    form.dispatchEvent(new CustomEvent("point-picked", { detail: { lon: lngLat.lng, lat: lngLat.lat } }));
  });
  form.addEventListener("point-set", ({ detail }) => {
    set(detail.lon, detail.lat);
    map.easeTo({ center: [detail.lon, detail.lat], zoom: Math.max(map.getZoom(), 15) });
  });
}

/** Shows the FeatureCollection at `data-points`; a click on a point opens its `address`. */
export async function showPoints(map, place) {
  const answer = await fetch(place.dataset.points, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) return;
  const collection = await answer.json();
  const bounds = new LngLatBounds();
  for (const { geometry } of collection.features) bounds.extend(geometry.coordinates);
  const show = () => {
    map.addSource("points", { type: "geojson", data: collection });
    map.addLayer({ id: "points", type: "circle", source: "points", paint: { "circle-radius": 7, "circle-color": "#a8200f", "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
    map.on("click", "points", ({ features }) => features[0].properties.address && location.assign(features[0].properties.address));
    if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 40, maxZoom: 15, animate: false });
  };
  if (map.loaded()) show();
  else map.once("load", show);
}
