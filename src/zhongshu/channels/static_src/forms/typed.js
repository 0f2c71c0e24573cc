// What stands in a form now: a text by question, a list where several may be chosen, rows in the order they stand.

/** @param {HTMLElement} questions @returns {Record<string, any>} */
export function typed(questions) {
  const found = {};
  for (const list of questions.querySelectorAll("[data-rows]")) found[list.dataset.rows] = rowsOf(list).map(inRow);
  for (const control of controls(questions)) {
    if (!control.closest("[data-row]") && !(control.name in found && control.type === "hidden")) put(found, control.name, control);
  }
  return found;
}

/** The rows of a group that are shown, in order. @param {HTMLElement} list @returns {HTMLElement[]} */
export const rowsOf = (list) => [...list.querySelectorAll(":scope > [data-row]")];

function inRow(row) {
  const found = {};
  for (const control of controls(row)) put(found, control.name.split(".")[2], control);
  return found;
}

const controls = (part) =>
  [...part.querySelectorAll("[data-question] :is(input, select, textarea)[name]")].filter(
    ({ type }) => type !== "file" && type !== "search",
  );

function put(found, name, control) {
  if (name === undefined) return;
  if (control.type === "radio") {
    if (control.checked) found[name] = control.value;
  } else if (control.type === "checkbox") {
    if (name !== "photo-drop") found[name] = [...(found[name] ?? []), ...(control.checked ? [control.value] : [])];
  } else if (control.type === "hidden") found[name] = [...(found[name] ?? []), control.value]; // files sent before
  else found[name] = control.value;
}
