// Says how saving goes, on one quiet line that is read out when its words change; and asks which of two answers is right.

/** @param {HTMLElement} drafts */
export function say(drafts, words) {
  const line = drafts.querySelector("[role=status]");
  line.hidden = false;
  if (line.textContent !== words) line.textContent = words;
}

/** The session has ended; what was typed waits for who signs in. */
export function sayEnded(drafts) {
  say(drafts, `${drafts.dataset.ended} `);
  const link = Object.assign(document.createElement("a"), { href: drafts.dataset.signIn, textContent: drafts.dataset.enter });
  drafts.querySelector("[role=status]").append(link);
}

/** Asks of each answer that two pages have typed differently, in the server's words. @param {(dispute, mine: boolean) => void} decide */
export function askWhich(drafts, disputes, decide) {
  drafts.querySelector(".draft-disputes")?.remove();
  if (!disputes.length) return;
  const box = Object.assign(document.createElement("div"), { className: "draft-disputes notice" });
  box.setAttribute("role", "alert");
  for (const dispute of disputes) box.append(asked(drafts, dispute, decide));
  drafts.append(box);
}

function asked(drafts, dispute, decide) {
  const one = Object.assign(document.createElement("div"), { className: "draft-dispute" });
  one.append(Object.assign(document.createElement("p"), { textContent: dispute.words }));
  for (const [words, mine] of [[drafts.dataset.mine, true], [drafts.dataset.theirs, false]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-primary", textContent: words });
    button.setAttribute("aria-label", `${words}：${dispute.title}`);
    button.addEventListener("click", () => {
      const box = one.parentElement;
      one.remove();
      (box.querySelector("button") ?? document.getElementById(`field-${dispute.path}`))?.focus();
      if (!box.childElementCount) box.remove();
      decide(dispute, mine);
    });
    one.append(button);
  }
  return one;
}
