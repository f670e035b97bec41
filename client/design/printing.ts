// Shows the buttons that print, and lets them print.

export function offerPrinting(root: Document): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
