// A form that answers as one types: questions come and go, sums are worked out, rows are added.
import { filter } from "./forms/filter.js";
import { keeping } from "./forms/keeping.js";
import { masks } from "./forms/masks.js";
import { rounds } from "./forms/rounds.js";
import { rows } from "./forms/rows.js";
import { unread } from "./forms/unread.js";
import { uploads } from "./forms/uploads.js";

for (const questions of document.querySelectorAll(".questions:not([data-live])")) {
  questions.dataset.live = "";
  masks(questions);
  filter(questions);
  unread(questions);
  const settle = questions.dataset.asked ? rounds(questions) : () => {};
  rows(questions, () => {
    settle(false);
    questions.dispatchEvent(new Event("rows", { bubbles: true }));
  });
  questions.addEventListener("change", () => settle(false));
  questions.addEventListener("input", () => settle(true));
  // What goes by a key of its own may have been sent already from a page that was kept to be read without network.
  const drafts = questions.closest("form")?.querySelector("[data-draft]");
  if (!drafts || drafts.dataset.live || (document.body.dataset.kept && drafts.closest("form").elements["act-key"])) continue;
  drafts.dataset.live = "yes";
  keeping(drafts);
  if (drafts.dataset.files) uploads(questions, drafts);
}
