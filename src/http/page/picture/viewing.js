/**
 * What a person does with the picture that is open: holds it, goes closer,
 * fills the screen, looks back, takes it along.
 *
 * @module
 */

import { element } from "../elements.js";
import { Past } from "../past/past.js";
import { PICTURE } from "../words.js";
import { prepareControls, showButton } from "./controls.js";
import { Details } from "./details.js";
import {
  closeFile,
  prepareDownloads,
  saveFrom,
  savePicture,
} from "./download.js";
import { FullScreen } from "./full_screen.js";
import { Zoom } from "./zoom.js";

/**
 * @typedef {object} ViewingListener
 * @property {() => void} onHold It is held, or goes on.
 * @property {(step: 1 | -1) => void} onStep Another channel is wanted.
 * @property {() => void} onShape The picture has another size on the screen.
 * @property {() => void} onLook Another moment is looked at.
 * @property {() => HeldPicture} seen What is seen.
 *
 * @typedef {object} HeldPicture
 * @property {string} channel Its name.
 * @property {boolean} isPhotograph
 * @property {HTMLCanvasElement | HTMLImageElement} [still] If it is held.
 */

/** The person's view of the channel that is open. */
export class Viewing {
  /** True if pictures are to stay as they are. */
  held = matchMedia("(prefers-reduced-motion: reduce)").matches;
  details = new Details();
  /** @type {Past} */
  past;
  /** @type {Zoom} */
  #zoom;
  /** @type {FullScreen} */
  #full;
  #listener;

  /**
   * @param {HTMLElement} stage
   * @param {ViewingListener} listener
   */
  constructor(stage, listener) {
    this.#listener = listener;
    this.past = new Past(stage, listener.onLook);
    this.#zoom = new Zoom(stage, listener.onShape);
    this.#full = new FullScreen(element("screen"), (isFull) => {
      const label = isFull ? PICTURE.leaveFull : PICTURE.full;
      showButton("full", "aria-pressed", isFull, label);
      this.#zoom.reset();
    });
    stage.addEventListener("dblclick", () => this.#full.toggle());
    prepareDownloads();
    prepareControls({
      hold: () => this.#toggleHold(),
      full: () => this.#full.toggle(),
      previous: () => listener.onStep(-1),
      next: () => listener.onStep(1),
      closer: () => this.#zoom.closer(),
      farther: () => this.#zoom.farther(),
      whole: () => this.#zoom.reset(),
      snapshot: () => this.#takeSnapshot(),
      past: () => this.#togglePast(),
      details: () => {
        this.details.toggle();
        listener.onLook();
      },
      leave: () => {
        if (!closeFile()) this.#full.leave();
      },
    }, (x, y) => this.#zoom.pan(x, y));
    this.#showHold();
  }

  /** 1 for the whole picture. */
  get zoom() {
    return this.#zoom.scale;
  }

  /** @param {string} channel The name of another one. */
  change(channel) {
    this.#zoom.reset();
    this.past.change(channel);
  }

  /**
   * Sets if there is anything to take along.
   *
   * @param {boolean} has
   */
  showHasPicture(has) {
    for (const id of ["snapshot", "look-back"]) {
      const button = /** @type {HTMLButtonElement} */ (element(id));
      if (id === "look-back" && this.past.isOpen) continue;
      if (button.disabled === has) button.disabled = !has;
    }
  }

  #toggleHold() {
    this.held = !this.held;
    this.#showHold();
    this.#listener.onHold();
  }

  #showHold() {
    document.body.classList.toggle("held", this.held);
    const resume = element("resume"), hadFocus = document.activeElement;
    resume.hidden = !this.held;
    const label = this.held ? PICTURE.resume : PICTURE.hold;
    showButton("hold", "aria-pressed", this.held, label);
    // The focus does not vanish with the button.
    if (resume.hidden && hadFocus === resume) {
      const button = document.querySelector('#actions [data-does="hold"]');
      /** @type {HTMLElement} */ (button).focus();
    }
  }

  #togglePast() {
    if (!this.past.isOpen && this.#isInactive("look-back")) return;
    this.past.toggle();
  }

  /** Takes what is seen. */
  #takeSnapshot() {
    if (this.#isInactive("snapshot")) return;
    const { channel, isPhotograph, still } = this.#listener.seen();
    const { picture, time } = this.past;
    if (time !== undefined && picture !== null) savePicture(picture, channel);
    else if (still !== undefined) savePicture(still, channel);
    else saveFrom(channel + "/snapshot." + (isPhotograph ? "jpg" : "png"));
  }

  /** @param {string} id */
  #isInactive(id) {
    return /** @type {HTMLButtonElement} */ (element(id)).disabled;
  }
}
