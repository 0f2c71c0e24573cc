// A canvas in `place` for the process in the text area `data-drawing` names: what is drawn stands in the area at once,
// so that the form around it sends it as any other text. Without scripts the canvas stays hidden; the table remains.
import Modeler from "bpmn-js/lib/Modeler";

import { dialect, lost } from "./dialect.js";
import { drawable } from "./drawable.js";
import { show } from "./findings.js";
import { named } from "./named.js";
import { words } from "./words.js";

const STEP = { in: 1, out: -1 }, MARGIN = 20;

export async function open(place) {
  const area = document.getElementById(place.dataset.drawing);
  const container = place.querySelector(".canvas");
  place.hidden = false;
  const additionalModules = [words(document.documentElement.lang), drawable, named];
  const modeler = new Modeler({ container, additionalModules, moddleExtensions: dialect });
  try {
    const { warnings } = await modeler.importXML(area.value);
    if (lost(warnings).length) throw new Error(lost(warnings).join("; "));
  } catch (trouble) {
    modeler.destroy();
    complain(place, area, trouble.message);
    return;
  }
  const drawn = container.querySelector("svg[tabindex]");
  drawn.setAttribute("role", "application");
  drawn.setAttribute("aria-label", place.getAttribute("aria-label"));
  whole(modeler);
  show(modeler, place);
  keep(modeler, area);
  for (const button of place.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => look(modeler, button.dataset.view));
  }
}

/** Write every change into the area; a form is sent only when the last one stands there. */
function keep(modeler, area) {
  let drawn = 0, written = 0, writing = Promise.resolve();
  const write = async () => {
    if (written === drawn) return;
    const now = drawn;
    const { xml } = await modeler.saveXML({ format: true });
    area.value = xml;
    written = now;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  modeler.on("commandStack.changed", () => {
    drawn += 1;
    writing = writing.then(write);
  });
  area.form?.addEventListener("submit", (event) => {
    modeler.get("directEditing").complete();
    if (written === drawn) return;
    event.preventDefault();
    writing.then(() => area.form.requestSubmit(event.submitter));
  });
}

function look(modeler, view) {
  if (view === "whole") whole(modeler);
  else modeler.get("zoomScroll").stepZoom(STEP[view]);
}

/** All of the drawing beside the palette, no larger than it was drawn. */
function whole(modeler) {
  const canvas = modeler.get("canvas"), { inner, outer } = canvas.viewbox();
  const palette = canvas.getContainer().querySelector(".djs-palette");
  const left = MARGIN + (palette?.offsetWidth ? palette.offsetLeft + palette.offsetWidth : 0);
  const scale = Math.min(1, (outer.width - left - MARGIN) / inner.width, (outer.height - 2 * MARGIN) / inner.height);
  const width = outer.width / scale, height = outer.height / scale;
  canvas.viewbox({ x: inner.x - left / scale, y: inner.y - (height - inner.height) / 2, width, height });
}

/** The file cannot be drawn, or not without losing something: say so, and show the text it is. */
function complain(place, area, reason) {
  place.querySelector(".canvas").remove();
  const said = place.querySelector(".trouble");
  said.textContent = `${said.dataset.said} ${reason}`;
  said.hidden = false;
  area.closest("details")?.setAttribute("open", "");
}
