// Writes data into a page that was written from the same data, in place: an update makes no element that was there before.
//
//   data-text   the words          data-href    the address of a link       data-value   the value of a meter
//   data-tone   how it looks       data-moment  as of when                  data-each    a list, of `template[data-row]`s
//   data-when   shown where there is one            data-unless  shown where there is none
// The value of each is a path into the data ("figures.today.opened"), in a list into its row.

const at = (data, path) => path.split(".").reduce((part, name) => part?.[name], data);

const WRITE = {
  text: (place, value) => place.textContent !== value && (place.textContent = value),
  href: (place, value) => place.getAttribute("href") !== value && place.setAttribute("href", value),
  value: (place, value) => (place.value = Number(value)),
  tone: (place, value) => place.dataset.toned !== value && (place.dataset.toned = value),
  moment: (place, value) => value && (place.dataset.fresh = value),
};

/** Fills what lies under `root`. */
export function fill(root, data) {
  const whole = root instanceof Document;
  const places = (name) => [...root.querySelectorAll(`[data-${name}]`)].filter((place) => !whole || !place.closest("[data-each] > *"));
  for (const list of places("each")) rows(list, at(data, list.dataset.each) ?? []);
  for (const [name, write] of Object.entries(WRITE)) {
    for (const place of places(name)) write(place, String(at(data, place.dataset[name]) ?? ""));
  }
  for (const place of places("when")) place.hidden = !at(data, place.dataset.when);
  for (const place of places("unless")) place.hidden = Boolean(at(data, place.dataset.unless));
}

const address = (line) => line.querySelector("[data-href]")?.getAttribute("href");

function rows(list, found) {
  const { content } = document.querySelector(`template[data-row="${list.dataset.each}"]`);
  const before = new Set([...list.children].map(address));
  while (list.children.length > found.length) list.lastElementChild.remove();
  while (list.children.length < found.length) list.append(content.firstElementChild.cloneNode(true));
  found.forEach((row, index) => {
    const line = list.children[index];
    fill(line, row);
    if (before.size && !before.has(address(line))) line.classList.add("is-new");
  });
}

document.addEventListener("animationend", ({ target }) => target.classList.remove("is-new"));
