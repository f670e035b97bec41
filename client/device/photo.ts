// Reads a QR code out of a photo, for phones whose camera a page may not open.
import jsQR from "jsqr";

const LONG_SIDE_PIXELS = 1600; // enough for version 12; a phone's full photo only costs memory

export async function readQrFromPhoto(file: Blob): Promise<string | null> {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, LONG_SIDE_PIXELS / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(pixels.data, pixels.width, pixels.height)?.data ?? null;
}
