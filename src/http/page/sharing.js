/**
 * The links and texts to take along: the newest picture, the last seconds, the
 * lines for other pages.
 *
 * @module
 */

import { element, write } from "./elements.js";
import { SHARE } from "./words.js";

/** What each way of embedding is good for. */
const ABOUT = {
  element: SHARE.aboutElement,
  frame: SHARE.aboutFrame,
  img: SHARE.aboutImg,
};

let channel = "";
/** @type {{ width: number, height: number } | undefined} */
let size;

/**
 * Points everything at a channel.
 *
 * @param {string} name
 */
export function offer(name) {
  channel = name;
  setAddress("snapshot", name + "/snapshot.png");
  setAddress("clip", name + "/clip.gif?seconds=10");
  setAddress("only", name + ".gif");
  showCode();
}

/**
 * Takes note of the picture's size.
 *
 * @param {{ width: number, height: number }} now
 */
export function noteSize(now) {
  size = now;
  showCode();
}

function showCode() {
  const kind = /** @type {keyof typeof ABOUT} */ (select().value);
  const absolute = (/** @type {string} */ path) =>
    new URL(path, location.href).href;
  const gif = absolute(channel + ".gif");
  const codes = {
    img: '<img src="' + gif + '">',
    frame: '<iframe src="' + absolute(channel + "/embed") + '"' + shape() +
      ' style="border:0"></iframe>',
    element: '<script src="' + absolute("embed.js") + '" async></script>' +
      '<gif-stream src="' + gif + '"></gif-stream>',
  };
  const field = /** @type {HTMLInputElement} */ (element("embed"));
  if (field.value !== codes[kind]) field.value = codes[kind];
  write(element("kind-about"), ABOUT[kind]);
}

function shape() {
  if (size === undefined) return "";
  return ' width="' + size.width + '" height="' + size.height + '"';
}

function select() {
  return /** @type {HTMLSelectElement} */ (element("kind"));
}

/**
 * @param {string} id
 * @param {string} address
 */
function setAddress(id, address) {
  element(id).setAttribute("href", address);
}

/** Makes the buttons for sharing work. */
export function prepareSharing() {
  const field = /** @type {HTMLInputElement} */ (element("embed"));
  const panel = element("sharing");
  const share = element("share");
  share.onclick = () => {
    panel.hidden = !panel.hidden;
    share.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) field.focus();
  };
  select().onchange = showCode;
  field.onfocus = () => field.select();
  const copy = element("copy");
  copy.onclick = async () => {
    field.select();
    // The clipboard is there on secure pages only.
    if ("clipboard" in navigator) {
      await navigator.clipboard.writeText(field.value);
    } else document.execCommand("copy");
    copy.textContent = SHARE.copied;
    setTimeout(() => copy.textContent = SHARE.copy, 2000);
  };
}
