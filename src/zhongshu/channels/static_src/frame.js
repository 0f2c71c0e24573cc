// For every page: what htmx is waiting for is said to be busy, and a request that failed is told.
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
