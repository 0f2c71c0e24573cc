// What the engine has to say of the process, beside the element it is about: `data-findings` names a JSON list of
// `{element, severity, sentence}`. What is about no element of the drawing stands in the list of the page alone.

export function show(modeler, place) {
  const told = document.getElementById(place.dataset.findings ?? "");
  if (!told) return;
  const elements = modeler.get("elementRegistry"), canvas = modeler.get("canvas"), overlays = modeler.get("overlays");
  for (const [id, findings] of grouped(JSON.parse(told.textContent))) {
    if (!elements.get(id)) continue;
    const worst = findings.some((each) => each.severity === "error") ? "error" : "warning";
    canvas.addMarker(id, `found-${worst}`);
    overlays.add(id, "finding", { position: { top: -14, right: 10 }, html: badge(worst, findings) });
  }
}

function grouped(findings) {
  const found = new Map();
  for (const each of findings) found.set(each.element, [...(found.get(each.element) ?? []), each]);
  return found;
}

function badge(worst, findings) {
  const made = document.createElement("div");
  const said = findings.map((each) => each.sentence).join("\n");
  made.className = `found is-${worst}`;
  made.textContent = "!";
  made.title = said;
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", said);
  return made;
}
