// A link that leads to a confirmation page opens the same question as a dialog instead.

export function openDialogsInPlace(root: Document): void {
  root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opener = target?.closest<HTMLElement>("[data-dialog]");
    if (opener) {
      const dialog = root.getElementById(opener.dataset.dialog ?? "");
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const dialog = target?.closest("[data-close]")?.closest("dialog");
    if (dialog) {
      event.preventDefault();
      dialog.close();
    }
  });
}
