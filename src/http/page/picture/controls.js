/**
 * What can be done with the picture, by button and by key.
 *
 * @module
 */

import { element } from "../elements.js";
import { PICTURE } from "../words.js";

/** By key, as `KeyboardEvent.key` has it; the first of each is shown. */
const KEYS = /** @type {Record<string, string>} */ ({
  " ": "hold",
  k: "hold",
  f: "full",
  ArrowLeft: "previous",
  ArrowRight: "next",
  "+": "closer",
  "=": "closer",
  "-": "farther",
  0: "whole",
  s: "snapshot",
  p: "past",
  i: "details",
  "?": "keys",
});

const PANS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/**
 * Makes buttons and keys work. A button with `data-does` does what it names.
 *
 * @param {Record<string, () => void>} actions By name.
 * @param {(x: number, y: number) => void} pan Moves what is seen.
 */
export function prepareControls(actions, pan) {
  /** @type {Record<string, (() => void) | undefined>} */
  const all = {
    ...actions,
    keys() {
      const isShown = toggleKeys(element("keys"), PICTURE.keys);
      showButton("keys", "aria-expanded", isShown);
    },
  };
  for (const button of document.querySelectorAll("[data-does]")) {
    const { does = "" } = /** @type {HTMLElement} */ (button).dataset;
    button.addEventListener("click", () => all[does]?.());
  }
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
    if (key === "Escape") return leave(actions.leave);
    // The wall has keys of its own.
    if (document.body.classList.contains("wall")) return;
    if (takesKeys(/** @type {Element} */ (target), key)) return;
    const step = PANS[key];
    if (shiftKey && step !== undefined) pan(...step);
    else if (
      shiftKey && key.startsWith("Arrow") || all[KEYS[key]] === undefined
    ) {
      return;
    } else all[KEYS[key]]?.();
    event.preventDefault();
  });
}

/**
 * Sets whether a button is pressed, or has opened what it controls.
 *
 * @param {string} does
 * @param {"aria-pressed" | "aria-expanded"} attribute
 * @param {boolean} is
 * @param {string} [label] Its new name, where that changes.
 */
export function showButton(does, attribute, is, label) {
  const buttons = document.querySelectorAll(`[data-does="${does}"]`);
  for (const button of buttons) {
    if (button.hasAttribute(attribute)) {
      button.setAttribute(attribute, String(is));
    }
    if (label === undefined || button.getAttribute("title") === label) continue;
    button.setAttribute("title", label);
    button.setAttribute("aria-label", label);
  }
}

/**
 * Closes the panel that is open, and goes back to its button.
 *
 * @param {() => void} otherwise Where none is.
 */
function leave(otherwise) {
  const opener = /** @type {HTMLElement | null} */ (
    document.querySelector('button[aria-expanded="true"]')
  );
  if (opener === null) return otherwise();
  opener.click();
  opener.focus();
}

/**
 * True if a key means something to what has the focus.
 *
 * @param {Element} target
 * @param {string} key
 */
export function takesKeys(target, key) {
  if (/^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  if (target.tagName === "INPUT") {
    // A slider takes arrows, and nothing that is typed.
    const { type } = /** @type {HTMLInputElement} */ (target);
    return type !== "range" || key.startsWith("Arrow");
  }
  return key === " " && target.closest("button, summary") !== null;
}

/**
 * Shows or hides a list of keys.
 *
 * @param {HTMLElement} panel
 * @param {string[][]} all Keys, and what they do.
 * @returns {boolean} Whether it is shown.
 */
export function toggleKeys(panel, all) {
  panel.hidden = !panel.hidden;
  if (panel.firstElementChild !== null) return !panel.hidden;
  for (const [keys, what] of all) {
    const term = document.createElement("dt");
    for (const key of keys.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap, " ");
    }
    const text = document.createElement("dd");
    text.textContent = what;
    panel.append(term, text);
  }
  return true;
}
