/**
 * Words over a picture that does not move. They change every second, so that
 * screen readers are told the state only, which stands in the page's head.
 *
 * @module
 */

import { element, write } from "../elements.js";
import { copyButton } from "../share/copy.js";
import { filled, STATE, STATE_ABOUT } from "../words.js";
import { detailsOf } from "./details.js";
/** @import { Situation } from "./details.js" */

/** An interruption that is over sooner does not darken the picture. */
const SHORT_MILLISECONDS = 3000;

/** Words over the picture, and what can be done. */
export class Notice {
  #stage;
  #box = element("notice");
  #title = document.createElement("p");
  #lines = document.createElement("div");
  #help = document.createElement("div");
  /** The state, and when it began, by performance.now(). */
  #state = "";
  #begunAt = 0;
  /** The state that the help is for. */
  #helpFor = "";

  /** @param {HTMLElement} stage Has the picture. */
  constructor(stage) {
    this.#stage = stage;
    this.#title.className = "title";
    // The head says the same.
    this.#title.setAttribute("aria-hidden", "true");
    this.#box.append(this.#title, this.#lines, this.#help);
    addEventListener("resize", () => this.#fit());
  }

  /** Makes fields as high as their texts. */
  #fit() {
    for (const field of this.#help.querySelectorAll("textarea")) {
      const { style } = field;
      style.height = "0";
      style.height = field.scrollHeight + 2 + "px";
    }
  }

  /** @param {Situation} situation */
  show(situation) {
    const { state } = situation, now = performance.now();
    if (state !== this.#state) this.#begunAt = now;
    this.#state = state;
    const isShort = state === "reconnecting" &&
      now - this.#begunAt < SHORT_MILLISECONDS;
    const lines = isShort ? [] : detailsOf(situation);
    this.#stage.classList.toggle("dim", lines.length > 0);
    document.body.dataset.state = state;
    this.#box.hidden = lines.length === 0;
    if (lines.length === 0) return;
    write(this.#title, STATE[state]);
    const children = this.#lines.children;
    lines.forEach((line, index) => {
      const there = children[index] ??
        this.#lines.appendChild(document.createElement("p"));
      write(/** @type {HTMLElement} */ (there), line);
    });
    while (children.length > lines.length) children[lines.length].remove();
    this.#showHelp(state);
  }

  /** @param {string} state */
  #showHelp(state) {
    if (state === this.#helpFor) return;
    this.#helpFor = state;
    this.#help.textContent = "";
    if (state === "empty") {
      this.#help.append(...howToSend());
      this.#fit();
    }
    if (state === "locked") this.#help.append(reloadButton());
  }
}

function reloadButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = STATE_ABOUT.unlock;
  button.onclick = () => location.reload();
  return button;
}

/** The two commands that make a channel. */
function howToSend() {
  const address = new URL("camera/frames", location.href).href;
  return [
    [STATE_ABOUT.sendPicture, STATE_ABOUT.pictureCommand],
    [STATE_ABOUT.sendFilm, STATE_ABOUT.filmCommand],
  ].map(([label, command], index) => {
    const box = document.createElement("div");
    box.className = "way";
    const name = document.createElement("label");
    name.htmlFor = "send-" + index;
    name.textContent = label;
    const field = document.createElement("textarea");
    field.id = name.htmlFor;
    field.readOnly = true;
    field.spellcheck = false;
    field.value = filled(command, { address });
    const { button, told } = copyButton(field, label);
    box.append(name, field, button, told);
    return box;
  });
}
