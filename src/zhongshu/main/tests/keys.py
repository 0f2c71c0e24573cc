"""Somebody who has a keyboard alone: goes by Tab, and sees where they are."""

from typing import Any

MOST = 150
"""Steps after which a place counts as one that cannot be reached."""
_HERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
  return {
    name: label.replace(/\\s+/g, " ").replace(/ ?（(必填|选填)）/, "").trim(), tag: one.tagName,
    marked: style.outlineStyle !== "none" || style.boxShadow !== "none",
    seen: box.bottom > 0 && box.top < innerHeight,
  };
}"""
_OPTION = "label => [...document.activeElement.options].findIndex(({ text }) => text.trim() === label)"


class Keys:
    """A page worked by keys; `at` is the name of what has the focus."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @property
    def at(self) -> str:
        """What one would hear that has the focus."""
        return str(self.page.evaluate(_HERE)["name"])

    def open(self, address: str) -> None:
        """A page by its address."""
        self.page.goto(address)

    def go(self, name: str) -> None:
        """On to the control of that name, past the head of the page by its link; it is marked, and in sight."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(_HERE)
            if here["name"] == "跳到正文":
                self.page.keyboard.press("Enter")
            elif here["name"] == name and here["tag"] != "BODY":
                assert here["marked"] and here["seen"], f"{name} has the focus, and nobody sees it"
                return
        raise AssertionError(f"{name} is not reached by Tab")

    def press(self, name: str) -> None:
        """A link or button that leads to another page."""
        self.go(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, name: str) -> None:
        """Something folded away."""
        self.go(name)
        self.page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        """A box, or one of several choices."""
        self.go(name)
        self.page.keyboard.press("Space")

    def write(self, text: str) -> None:
        """In place of what stands in the input one is at."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def fill(self, name: str, text: str) -> None:
        """The input of that name."""
        self.go(name)
        self.write(text)

    def choose(self, name: str, label: str) -> None:
        """One of a list, by arrows."""
        self.go(name)
        steps = self.page.evaluate(_OPTION, label) - self.page.evaluate("document.activeElement.selectedIndex")
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
