/**
 * The links and texts to take along: the newest picture, the last seconds, the
 * line for other pages.
 *
 * @module
 */

import { element } from "./elements.js";

/**
 * Points everything at a channel.
 *
 * @param {string} name
 */
export function offer(name) {
  const gif = name + ".gif";
  setAddress("snapshot", name + "/snapshot.png");
  setAddress("clip", name + "/clip.gif?seconds=10");
  setAddress("only", gif);
  const address = new URL(gif, location.href).href;
  const field = /** @type {HTMLInputElement} */ (element("embed"));
  field.value = '<img src="' + address + '">';
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
  field.onfocus = () => field.select();
  const copy = element("copy");
  copy.onclick = async () => {
    field.select();
    // The clipboard is there on secure pages only.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    copy.textContent = "Copied";
    setTimeout(() => copy.textContent = "Copy", 2000);
  };
}
