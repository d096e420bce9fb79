/**
 * The list of the channels: each a link with a still, which is a picture that
 * ends and takes no connection for long.
 *
 * @module
 */

import { loadImage, textIn, write } from "./elements.js";
import { sourceState } from "./status.js";
import { filled, LIST, PAGE } from "./words.js";
/** @import { Status } from "./status.js" */

const STILL = "/snapshot.jpg?width=240&";
/** Most age of a still. */
const STILL_MILLISECONDS = 4000;
/**
 * The same where nobody watches: longer than a source that runs on demand
 * outlives who asked for a picture, so that stills do not keep it running.
 */
const UNWATCHED_STILL_MILLISECONDS = 20000;
/** Of six connections that a browser opens to a host, some are for others. */
const MAX_LOADING_STILLS = 2;

/** Shows which channels there are, and lets the person choose one. */
export class ChannelList {
  #nav;
  #list;
  #onChoose;
  /** By name. @type {Map<string, ChannelItem>} */
  #items = new Map();
  #loading = 0;
  #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const item = this.#items.get(
        /** @type {HTMLElement} */ (target).dataset.name ?? "",
      );
      if (item !== undefined) item.seen = isIntersecting;
    }
    this.#loadStills();
  });

  /**
   * @param {HTMLElement} nav Has a list; hidden unless there is a choice.
   * @param {(name: string) => void} onChoose Called when one is chosen.
   */
  constructor(nav, onChoose) {
    this.#nav = nav;
    this.#list = /** @type {HTMLElement} */ (nav.querySelector("ul"));
    this.#onChoose = onChoose;
  }

  /**
   * @param {Status[]} channels
   * @param {string} current The name of the one that is open.
   */
  update(channels, current) {
    const names = new Set(channels.map(({ name }) => name));
    for (const [name, item] of this.#items) {
      if (!names.has(name)) this.#remove(name, item);
    }
    channels.forEach((status, index) => {
      const item = this.#items.get(status.name) ?? this.#add(status.name);
      item.show(status, status.name === current);
      const there = this.#list.children[index] ?? null;
      // Moving what is in its place would take the focus away from it.
      if (there !== item.element) this.#list.insertBefore(item.element, there);
    });
    this.#nav.hidden = channels.every(({ name }) => name === current);
    document.body.classList.toggle("several", !this.#nav.hidden);
    this.#loadStills();
  }

  /** @param {string} name */
  #add(name) {
    const item = new ChannelItem(name, this.#onChoose);
    this.#items.set(name, item);
    this.#observer.observe(item.element);
    return item;
  }

  /**
   * @param {string} name
   * @param {ChannelItem} item
   */
  #remove(name, item) {
    this.#items.delete(name);
    this.#observer.unobserve(item.element);
    const focused = item.element.contains(document.activeElement);
    item.element.remove();
    if (focused) this.#list.querySelector("a")?.focus();
  }

  #loadStills() {
    if (document.hidden) return;
    const due = [...this.#items.values()].filter((item) => item.isDue());
    due.sort((a, b) => a.loadedMilliseconds - b.loadedMilliseconds);
    for (const item of due.slice(0, MAX_LOADING_STILLS - this.#loading)) {
      this.#loading++;
      item.loadStill(() => {
        this.#loading--;
        this.#loadStills();
      });
    }
  }
}

/** A channel in the list. */
class ChannelItem {
  element = document.createElement("li");
  /** True while it is in view. */
  seen = false;
  /** The time of the last request for a still, by performance.now(). */
  loadedMilliseconds = -Infinity;
  #name;
  #link = document.createElement("a");
  /** @type {HTMLElement} */
  #still = textIn("still");
  #title = textIn("title");
  #about = textIn("about");
  /** @type {Status | undefined} */
  #status;
  #framesOfStill = 0;
  #loading = false;

  /**
   * @param {string} name
   * @param {(name: string) => void} onChoose
   */
  constructor(name, onChoose) {
    this.#name = name;
    this.element.dataset.name = name;
    this.#link.href = name;
    this.#link.append(this.#still, this.#title, this.#about);
    this.element.append(this.#link);
    this.#link.onclick = (event) => {
      // As with any link, these open another tab or window.
      const { ctrlKey, metaKey, shiftKey, altKey } = event;
      if (ctrlKey || metaKey || shiftKey || altKey) return;
      event.preventDefault();
      onChoose(name);
    };
  }

  /**
   * @param {Status} status
   * @param {boolean} current Whether it is the one that is open.
   */
  show(status, current) {
    const { title, viewers } = status;
    this.#status = status;
    const state = sourceState(status);
    this.element.dataset.state = state;
    write(this.#title, title);
    const watching = viewers > 0
      ? " · " + filled(PAGE.watching, { count: viewers })
      : "";
    write(this.#about, LIST[state] + watching);
    if (current) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }

  /** True if it is in view and shows an old picture. */
  isDue() {
    if (!this.seen || this.#loading || this.#status === undefined) return false;
    const { frames, viewers, source } = this.#status;
    // Asking for the picture of an idle source would start it.
    if (frames === this.#framesOfStill || source.state === "idle") return false;
    const age = performance.now() - this.loadedMilliseconds;
    return age >=
      (viewers > 0 ? STILL_MILLISECONDS : UNWATCHED_STILL_MILLISECONDS);
  }

  /** @param {() => void} onDone Called when it is there, or cannot be had. */
  loadStill(onDone) {
    this.#loading = true;
    this.loadedMilliseconds = performance.now();
    const frames = this.#status?.frames ?? 0;
    loadImage(this.#name + STILL + Date.now(), (image) => {
      this.#loading = false;
      if (image !== undefined) {
        this.#framesOfStill = frames;
        image.className = "still";
        this.#still.replaceWith(image);
        this.#still = image;
      }
      onDone();
    });
  }
}
