// For every page: what htmx is waiting for is said to be busy, a request that failed is told, chosen files are named.
import { nameFiles } from "./frame/files.js";

// Pages kept for reading without network are one account's: whoever comes after finds none of them.
if ("caches" in window) {
  const own = `pages:${document.body.dataset.account}`;
  caches.keys().then((names) => names.filter((name) => name.startsWith("pages:") && name !== own).forEach((name) => caches.delete(name)), () => {});
}

const trouble = document.getElementById("trouble");

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  trouble.hidden = true;
  detail.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.target.removeAttribute("aria-busy"));
for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failed, () => {
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  });
}

document.addEventListener("change", ({ target }) => target.matches("input[type=file]") && nameFiles(target));
addEventListener("pageshow", () => document.querySelectorAll("input[type=file]").forEach(nameFiles));
