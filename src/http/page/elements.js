/**
 * Finding, making and filling elements of the page.
 *
 * @module
 */

/**
 * An element that the page always has.
 *
 * @param {string} id
 */
export function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * Loads an image that is not in the page yet.
 *
 * @param {string} address
 * @param {(image: HTMLImageElement | undefined) => void} onDone Gets the
 * image once it can be shown, or nothing if it cannot.
 */
export function loadImage(address, onDone) {
  const image = new Image();
  image.alt = "";
  image.decoding = "sync";
  image.onload = () => onDone(image);
  image.onerror = () => onDone(undefined);
  image.src = address;
}

/**
 * An empty element for text in a line.
 *
 * @param {string} className
 */
export function textIn(className) {
  const output = document.createElement("span");
  output.className = className;
  return output;
}

/**
 * Replaces the text of an element.
 *
 * @param {HTMLElement} output
 * @param {string} text
 */
export function write(output, text) {
  // Writing what is there already would make screen readers say it again.
  if (output.textContent !== text) output.textContent = text;
}
