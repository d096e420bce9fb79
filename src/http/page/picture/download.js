/**
 * Files that the server makes, or the page itself: fetched with their progress,
 * shown, and saved.
 *
 * @module
 */

import { element, write } from "../elements.js";
import { filled, PICTURE } from "../words.js";

/** Time for which a file is shown that nobody closes. */
const SHOW_MILLISECONDS = 20_000;
/** Bytes in a kB. */
const KILO = 1000;

/** The fetch that goes on. @type {AbortController | undefined} */
let running;
let hideTimer = 0;
let shownAddress = "";

/**
 * Fetches a file, shows it, and saves it.
 *
 * @param {string} address
 */
export async function saveFrom(address) {
  const abort = begin();
  try {
    const response = await fetch(address, {
      cache: "no-store",
      signal: abort.signal,
    });
    if (!response.ok) throw new Error(await response.text());
    const named = response.headers.get("content-disposition") ?? "";
    const [, name = address.replace(/\?.*|.*\//g, "")] =
      named.match(/filename="([^"]+)"/) ?? [];
    const blob = await withProgress(response);
    if (abort === running) show(blob, name);
  } catch (error) {
    if (abort === running) fail(/** @type {Error} */ (error).message);
  }
}

/**
 * Saves what the page shows, as PNG.
 *
 * @param {HTMLCanvasElement | HTMLImageElement} picture
 * @param {string} name Of the channel.
 */
export async function savePicture(picture, name) {
  const abort = begin();
  const canvas = "getContext" in picture ? picture : canvasOf(picture);
  const blob = /** @type {Blob | null} */ (
    await new Promise((resolve) => canvas.toBlob(resolve))
  );
  if (abort !== running) return;
  if (blob === null) return fail("");
  const time = new Date().toISOString().slice(0, 19).replace(/:/g, "-");
  show(blob, name + "-" + time + ".png");
}

/** Makes the card of files work. */
export function prepareDownloads() {
  element("close-file").onclick = closeFile;
}

/** Closes the card; true if there was one. */
export function closeFile() {
  const card = element("file");
  if (card.hidden) return false;
  running?.abort();
  running = undefined;
  clearTimeout(hideTimer);
  card.hidden = true;
  image().removeAttribute("src");
  URL.revokeObjectURL(shownAddress);
  return true;
}

function begin() {
  closeFile();
  const abort = running = new AbortController();
  element("file").hidden = false;
  element("file-picture").hidden = true;
  element("save").hidden = true;
  progress().hidden = false;
  progress().removeAttribute("value");
  write(element("file-about"), PICTURE.making);
  return abort;
}

/** @param {Response} response */
async function withProgress(response) {
  const length = Number(response.headers.get("content-length"));
  const type = response.headers.get("content-type") ?? "";
  if (response.body === null) return await response.blob();
  const reader = response.body.getReader();
  const chunks = /** @type {Uint8Array<ArrayBuffer>[]} */ ([]);
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks, { type });
    chunks.push(value);
    bytes += value.length;
    if (length > 0) progress().value = bytes / length;
    write(element("file-about"), filled(PICTURE.fetching, kilobytes(bytes)));
  }
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function show(blob, name) {
  shownAddress = URL.createObjectURL(blob);
  const link = /** @type {HTMLAnchorElement} */ (element("save"));
  link.href = shownAddress;
  link.download = name;
  link.hidden = false;
  link.click();
  image().src = shownAddress;
  element("file-picture").hidden = false;
  progress().hidden = true;
  const text = filled(PICTURE.saved, { name, ...kilobytes(blob.size) });
  write(element("file-about"), text);
  hideTimer = setTimeout(closeFile, SHOW_MILLISECONDS);
}

/** @param {string} message */
function fail(message) {
  running = undefined;
  progress().hidden = true;
  write(element("file-about"), filled(PICTURE.failed, { message }));
}

/** @param {HTMLImageElement} picture */
function canvasOf(picture) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  return canvas;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return { kilobytes: Math.ceil(bytes / KILO) };
}

function image() {
  return /** @type {HTMLImageElement} */ (element("file-picture"));
}

function progress() {
  return /** @type {HTMLProgressElement} */ (element("progress"));
}
