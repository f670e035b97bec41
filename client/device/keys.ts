// A device's Ed25519 key: by the browser where it can, by noble where it cannot.
// Older phones lack Ed25519 in WebCrypto, and an open page (plain HTTP) has no WebCrypto at all.
import { ed25519 } from "@noble/curves/ed25519";

export type DeviceKey = {
  by: "browser" | "library";
  publicKey: Uint8Array; // 32 bytes, RFC 8032
  sign(message: Uint8Array): Promise<Uint8Array>; // 64 bytes
};

export async function makeDeviceKey(): Promise<DeviceKey> {
  return (await makeBrowserKey()) ?? makeLibraryKey();
}

async function makeBrowserKey(): Promise<DeviceKey | null> {
  if (!globalThis.crypto?.subtle) return null;
  try {
    // Not extractable: the private part never enters the page's memory.
    const pair = (await crypto.subtle.generateKey("Ed25519", false, [
      "sign",
      "verify",
    ])) as CryptoKeyPair;
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return {
      by: "browser",
      publicKey,
      sign: async (message) =>
        new Uint8Array(
          await crypto.subtle.sign("Ed25519", pair.privateKey, message as Uint8Array<ArrayBuffer>),
        ),
    };
  } catch {
    return null;
  }
}

function makeLibraryKey(): DeviceKey {
  // crypto.getRandomValues exists on plain HTTP too; only crypto.subtle does not.
  const secret = ed25519.utils.randomPrivateKey();
  return {
    by: "library",
    publicKey: ed25519.getPublicKey(secret),
    sign: async (message) => ed25519.sign(message, secret),
  };
}

export async function isWorkingKey(key: DeviceKey): Promise<boolean> {
  const message = new TextEncoder().encode("pilkades periksa HP");
  return ed25519.verify(await key.sign(message), message, key.publicKey);
}
