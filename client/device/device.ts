// The page "Periksa HP": tries each ability for real and writes what it found, in words.
import { isWorkingKey, makeDeviceKey } from "./keys";
import { readQrFromPhoto } from "./photo";

type Outcome = "yes" | "no" | "other";

const CHECKS: Record<string, () => Promise<Outcome>> = {
  secure: async () => (window.isSecureContext ? "yes" : "no"),
  worker: async () => ("serviceWorker" in navigator ? "yes" : "no"),
  keys: async () => {
    const key = await makeDeviceKey();
    if (!(await isWorkingKey(key))) return "no";
    return key.by === "browser" ? "yes" : "other";
  },
  camera: async () => ("mediaDevices" in navigator ? "yes" : "other"),
  passkey: async () => (window.isSecureContext && "PublicKeyCredential" in window ? "yes" : "no"),
};

async function showChecks(list: HTMLElement): Promise<void> {
  for (const item of list.querySelectorAll<HTMLElement>("[data-check]")) {
    const answer = item.querySelector("span");
    const check = CHECKS[item.dataset.check ?? ""];
    if (!answer || !check) continue;
    answer.textContent = list.dataset.waiting ?? "";
    const outcome = await check().catch((): Outcome => "no");
    item.dataset.outcome = outcome;
    answer.textContent = list.dataset[outcome] ?? "";
  }
}

function offerPhoto(input: HTMLInputElement, output: HTMLElement): void {
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    const text = await readQrFromPhoto(file).catch(() => null);
    output.textContent = text ?? output.dataset.none ?? "";
  });
}

const list = document.querySelector<HTMLElement>("[data-device-check]");
if (list) void showChecks(list);
const input = document.querySelector<HTMLInputElement>("[data-qr-photo]");
const output = document.querySelector<HTMLElement>("[data-qr-text]");
if (input && output) offerPhoto(input, output);
