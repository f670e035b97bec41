// Makes the commitment of a candidate on the candidate's own device, as law/sealed_drawing.py does:
// SHA-256 over domain, drawing, party, salt and contribution, each behind its length in 8 bytes.
// SHA-256 is written out because WebCrypto is absent on pages without HTTPS; it is checked on the
// empty text before use. Nothing leaves the page but what the candidate sends with the form.
const DOMAIN = "pilkades/drawing/commitment/v1";
const SALT_BYTES = 32;
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const text = new TextEncoder();

const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
const fraction = (value) => Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0;
const K = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const H = primes(8).map((prime) => fraction(Math.sqrt(prime)));

function sha256(message) {
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor((message.length * 8) / 2 ** 32));
  view.setUint32(padded.length - 4, (message.length * 8) >>> 0);
  const state = [...H];
  for (let block = 0; block < blocks; block += 1) compress(state, view, block * 64);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

function compress(state, view, offset) {
  const rotate = (word, by) => (word >>> by) | (word << (32 - by));
  const w = new Array(64);
  for (let t = 0; t < 16; t += 1) w[t] = view.getUint32(offset + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) >>> 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) >>> 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] + word) >>> 0;
  });
}

function hashParts(parts) {
  const pieces = [];
  for (const part of parts) {
    const length = new DataView(new ArrayBuffer(8));
    length.setUint32(4, part.length);
    pieces.push(...new Uint8Array(length.buffer), ...part);
  }
  return sha256(Uint8Array.from(pieces));
}

export function makeCommitment(drawing, party, salt, contribution) {
  const parts = [text.encode(DOMAIN), text.encode(drawing), text.encode(party), salt, contribution];
  return toHex(hashParts(parts));
}

function start(maker) {
  const field = document.getElementById("id_commitment");
  if (!field || toHex(sha256(new Uint8Array())) !== EMPTY) return;
  maker.hidden = false;
  maker.querySelector("[data-make]").addEventListener("click", () => {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const words = maker.querySelector("input").value.trim();
    const contribution = words ? text.encode(words) : crypto.getRandomValues(new Uint8Array(32));
    field.value = makeCommitment(maker.dataset.drawing, maker.dataset.party, salt, contribution);
    maker.querySelector("[data-salt]").textContent = toHex(salt);
    maker.querySelector("[data-contribution]").textContent = toHex(contribution);
    maker.querySelector("[data-result]").hidden = false;
    const told = maker.querySelector("[data-told]");
    told.textContent = told.dataset.told;
  });
}

if (typeof document !== "undefined") document.querySelectorAll(".commitment-maker").forEach(start);
