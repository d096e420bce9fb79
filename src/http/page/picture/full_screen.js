/**
 * The picture over the whole screen, or, where a browser gives none to a page,
 * over the whole window.
 *
 * @module
 */

/** Time without a movement after which the controls make room. */
const REST_MILLISECONDS = 3000;

/**
 * What Safari calls it before version 16.4.
 *
 * @typedef {object} PrefixedElement
 * @property {() => void} [webkitRequestFullscreen]
 *
 * @typedef {object} PrefixedDocument
 * @property {Element | null} [webkitFullscreenElement]
 * @property {() => void} [webkitExitFullscreen]
 */

/** An element that can fill the screen; it has the class `full` then. */
export class FullScreen {
  #element;
  #onChange;
  #restTimer = 0;

  /**
   * @param {HTMLElement} element
   * @param {(isFull: boolean) => void} onChange
   */
  constructor(element, onChange) {
    this.#element = element;
    this.#onChange = onChange;
    const look = () => this.#show(fullElement() === element);
    document.addEventListener("fullscreenchange", look);
    document.addEventListener("webkitfullscreenchange", look);
    const wake = () => this.#wake();
    for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) {
      document.addEventListener(event, wake, { passive: true });
    }
  }

  /** True while it fills the screen, or the window. */
  get isFull() {
    return this.#element.classList.contains("full");
  }

  /** Fills the screen, or no longer. */
  toggle() {
    if (this.isFull) this.leave();
    else this.#enter();
  }

  /** Fills the screen no longer. */
  leave() {
    if (fullElement() !== this.#element) return this.#show(false);
    /** @type {Document & PrefixedDocument} */
    const { webkitExitFullscreen } = document;
    if ("exitFullscreen" in document) document.exitFullscreen();
    else if (webkitExitFullscreen) webkitExitFullscreen.call(document);
  }

  async #enter() {
    const element = this.#element;
    /** @type {PrefixedElement} */
    const { webkitRequestFullscreen } = /** @type {any} */ (element);
    try {
      if ("requestFullscreen" in element) await element.requestFullscreen();
      else if (webkitRequestFullscreen) webkitRequestFullscreen.call(element);
      else this.#show(true);
    } catch {
      // A frame that may not, or a browser that is told not to.
      this.#show(true);
    }
  }

  /** @param {boolean} isFull */
  #show(isFull) {
    if (isFull === this.isFull) return;
    this.#element.classList.toggle("full", isFull);
    this.#wake();
    this.#onChange(isFull);
  }

  #wake() {
    clearTimeout(this.#restTimer);
    this.#element.classList.remove("resting");
    if (!this.isFull) return;
    this.#restTimer = setTimeout(
      () => this.#element.classList.add("resting"),
      REST_MILLISECONDS,
    );
  }
}

function fullElement() {
  /** @type {Document & PrefixedDocument} */
  const { webkitFullscreenElement } = document;
  return "fullscreenElement" in document
    ? document.fullscreenElement
    : webkitFullscreenElement;
}
