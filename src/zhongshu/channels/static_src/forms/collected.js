// What stands in a form, by the names of its inputs as it would send them: a text, several, or null for what is left empty.
const OURS = /^(csrfmiddlewaretoken|act-key|act-ago|photo-drop|drop|revision|case-revision|own-key|own-go|(draft|report|form|queue|position)-.*)$/;
const NEVER = new Set(["file", "submit", "button", "reset", "fieldset", "output"]);

/** @param {HTMLFormElement} form @returns {Record<string, any>} */
export function collected(form) {
  const found = {};
  const dropped = new Set([...form.querySelectorAll("[name='photo-drop']:checked")].map(({ value }) => value));
  for (const { name, type, value, checked } of form.elements) {
    if (!name || OURS.test(name) || NEVER.has(type)) continue;
    const left = dropped.has(value) || (/^(radio|checkbox)$/.test(type) && !checked);
    if (left) found[name] ??= null;
    else found[name] = found[name] === undefined || found[name] === null ? value : [found[name], value].flat();
  }
  return found;
}

/** What is otherwise now than it was; what is not there any more is null. */
export function changes(before, now) {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const other = [...names].filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(now[name] ?? null));
  return Object.fromEntries(other.map((name) => [name, now[name] ?? null]));
}

/** Shows another answer in the form; false where that needs more than one input: rows, files. */
export function put(form, name, value) {
  const controls = [...form.elements].filter((control) => control.name === name);
  if (!controls.length || controls.some(({ type }) => type === "hidden" || type === "file")) return false;
  const values = [value].flat().map((one) => String(one ?? ""));
  for (const control of controls) {
    if (/^(radio|checkbox)$/.test(control.type)) control.checked = values.includes(control.value);
    else control.value = values[0];
  }
  controls[0].dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
