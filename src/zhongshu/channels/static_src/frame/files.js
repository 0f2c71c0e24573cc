// A control for files names what was chosen in the page's own words.

/** Says beside `input` which files it holds. */
export function nameFiles(input) {
  const names = input.closest(".file")?.querySelector(".file-names");
  if (names) names.textContent = [...input.files].map(({ name }) => name).join(" · ") || names.dataset.none;
}
