// Every `[data-map]` of the page becomes a map of the city's own lines: no tiles, nothing from another host.
import { draw } from "./maps/city.js";
import { markPoint, pickPoint, showPoints } from "./maps/points.js";
import { showWay } from "./maps/way.js";

for (const place of document.querySelectorAll("[data-map]")) {
  const map = draw(place);
  if (place.dataset.pick) pickPoint(map, place, document.getElementById(place.dataset.pick));
  else if (place.dataset.lon) markPoint(map, place);
  if (place.dataset.points) showPoints(map, place);
  if (place.dataset.way) showWay(map, JSON.parse(document.getElementById(place.dataset.way).textContent));
}
