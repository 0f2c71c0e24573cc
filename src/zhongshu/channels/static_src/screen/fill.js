// Writes data into a page that was written from the same data: `data-text`, `data-href`, lists by `data-each`.

const at = (data, path) => path.split(".").reduce((part, name) => part?.[name], data);

/** Fills what lies under `root`; names are paths into `data` ("figures.today.opened"). */
export function fill(root, data) {
  for (const list of root.querySelectorAll("[data-each]")) rows(list, at(data, list.dataset.each));
  for (const place of root.querySelectorAll("[data-text]")) {
    if (place.closest("[data-each]") && root instanceof Document) continue;
    const text = String(at(data, place.dataset.text) ?? "");
    if (place.textContent !== text) place.textContent = text;
  }
  for (const place of root.querySelectorAll("[data-unless]")) place.hidden = Boolean(at(data, place.dataset.unless));
}

function rows(list, found) {
  const template = document.querySelector(`template[data-row="${list.dataset.each}"]`);
  const shown = new Set([...list.querySelectorAll("[data-href]")].map((link) => link.getAttribute("href")));
  list.replaceChildren(
    ...found.map((row) => {
      const line = template.content.cloneNode(true);
      fill(line, row);
      const link = line.querySelector("[data-href]");
      link.href = row[link.dataset.href];
      if (shown.size && !shown.has(link.getAttribute("href"))) line.firstElementChild.classList.add("is-new");
      return line;
    }),
  );
}
