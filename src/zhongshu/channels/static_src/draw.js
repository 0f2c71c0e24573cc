/*! With bpmn-js, copyright (c) 2014-present Camunda Services GmbH, https://bpmn.io/license: free to use and change, but
the mark of bpmn.io on a drawing must stay as it is, fully visible, with nothing lying over it. */
// Every `[data-drawing]` of the page becomes a canvas for the process that stands in its text area.
import { open } from "./drawing/canvas.js";

for (const place of document.querySelectorAll("[data-drawing]")) open(place);
