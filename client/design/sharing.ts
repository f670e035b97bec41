// Copying and handing on a text. The text stands on the page anyway, ready to be selected by hand.

export function offerSharing(root: Document, device: Navigator): void {
  for (const block of root.querySelectorAll<HTMLElement>("[data-share]")) {
    const text = block.querySelector("textarea")?.value ?? "";
    const url = block.dataset.share ?? "";
    offer(block, "[data-copy]", "clipboard" in device, () => copy(block, device, text));
    offer(block, "[data-send]", "share" in device, () => send(device, text, url));
  }
}

function offer(block: HTMLElement, selector: string, can: boolean, act: () => Promise<void>): void {
  const button = block.querySelector<HTMLElement>(selector);
  if (!button || !can) return;
  button.hidden = false;
  button.addEventListener("click", () => void act());
}

async function copy(block: HTMLElement, device: Navigator, text: string): Promise<void> {
  await device.clipboard.writeText(text);
  const said = block.querySelector<HTMLElement>("[data-copied]");
  if (said) said.textContent = said.dataset.copied ?? "";
}

async function send(device: Navigator, text: string, url: string): Promise<void> {
  try {
    await device.share(url ? { text, url } : { text });
  } catch (error) {
    // Closing the share sheet is not a failure.
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
}
