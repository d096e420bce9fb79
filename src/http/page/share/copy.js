/**
 * Copying, where the browser lets a page do so, and saying what came of it.
 *
 * @module
 */

import { SHARE } from "../words.js";

const TOLD_MILLISECONDS = 4000;

/**
 * A button that copies what a field holds.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} label What it copies, for screen readers.
 */
export function copyButton(field, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = SHARE.copy;
  button.setAttribute("aria-label", SHARE.copy + ": " + label);
  const told = document.createElement("span");
  told.className = "told";
  told.setAttribute("role", "status");
  let timer = 0;
  button.onclick = async () => {
    const isCopied = await copy(field);
    told.textContent = isCopied ? SHARE.copied : SHARE.notCopied;
    clearTimeout(timer);
    // What went wrong stays: there is something to do.
    if (!isCopied) return;
    timer = setTimeout(() => told.textContent = "", TOLD_MILLISECONDS);
  };
  return { button, told };
}

/**
 * True if it was copied; otherwise the text is selected.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
async function copy(field) {
  const focused = document.activeElement;
  try {
    // It is there on secure pages only, and may be refused, as in a frame.
    if ("clipboard" in navigator) {
      await navigator.clipboard.writeText(field.value);
      return true;
    }
  } catch {
    // The old way may do.
  }
  field.focus();
  field.select();
  let heard = false;
  const hear = () => heard = true;
  field.addEventListener("copy", hear);
  const isDone = document.execCommand("copy");
  field.removeEventListener("copy", hear);
  if (!isDone || !heard) return false;
  if (focused instanceof HTMLElement) focused.focus();
  return true;
}
