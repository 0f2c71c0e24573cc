// MapLibre's background thread as a file of our own host, so that pages need no `blob:` in their policy.
// `export`, since the package declares the file free of effects and a bare import would be left out.
export { default } from "maplibre-gl/dist/maplibre-gl-worker.mjs";
