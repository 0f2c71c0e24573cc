// A control for files names what was chosen in the page's own words.

/** Says beside `input` which files it holds; nothing where others are there already. */
export function nameFiles(input) {
  const names = input.closest(".file")?.querySelector(".file-names");
  if (!names) return;
  const none = input.closest(".field")?.querySelector("[data-kept] li") ? "" : names.dataset.none;
  names.textContent = [...input.files].map(({ name }) => name).join(" · ") || none;
}
