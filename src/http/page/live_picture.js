/**
 * The picture of an endless GIF: one `<img>`, or two for a moment while one
 * takes over from another.
 *
 * @module
 */

import { Backoff } from "./backoff.js";

/** Most time of a new image from its first bytes to its paint. */
const PAINT_MILLISECONDS = 500;
const LOOK_MILLISECONDS = 20;
/** Most time for which the old picture stays when another stream is wanted. */
const CHANGE_MILLISECONDS = 1000;
/** A stream that lasts this long has not failed at once. */
const SUCCESS_MILLISECONDS = 2000;
/** The server sends a picture again before. */
const SILENCE_MILLISECONDS = 12000;

/**
 * WebKit gets pictures that replace each other: each is an event of its own,
 * and only leaving the document of such an <img> closes its connection.
 */
const IS_MULTIPART = /AppleWebKit\//.test(navigator.userAgent) &&
  !/Chrom(e|ium)\//.test(navigator.userAgent);

/** @typedef {"connecting" | "live" | "reconnecting" | "paused"} PictureState */

/**
 * Shows the stream in an element whose children lie on top of each other.
 *
 * An <img> tells nothing of an endless GIF but its size, once, and its end.
 * So a new one is put above the old one, where it is transparent until it
 * has painted; only then the old one goes.
 */
export class LivePicture {
  /** @type {PictureState} */
  state = "paused";
  /** When the present stream was asked for, by performance.now(). */
  joinedMilliseconds = 0;
  #stage;
  #address;
  #onChange;
  #backoff = new Backoff();
  #joins = 0;
  /** The image whose stream is seen. @type {HTMLImageElement | undefined} */
  #shown;
  #shownEnded = false;
  /** The one that is to take over. @type {HTMLImageElement | undefined} */
  #coming;
  /** The one that was taken over from. @type {HTMLImageElement | undefined} */
  #leaving;
  #lookTimer = 0;
  #paintTimer = 0;
  #retryTimer = 0;
  #changeTimer = 0;
  #silenceTimer = 0;

  /**
   * @param {HTMLElement} stage Takes the images.
   * @param {string} name Of the channel.
   * @param {() => void} onChange Called when the state has changed.
   */
  constructor(stage, name, onChange) {
    this.#stage = stage;
    this.#address = name + ".gif";
    this.#onChange = onChange;
  }

  /** Width and height of the picture, once they are known. */
  get size() {
    const { naturalWidth: width = 0, naturalHeight: height = 0 } =
      this.#shown ?? {};
    return width > 0 ? { width, height } : undefined;
  }

  /** Shows the stream, from now on. */
  start() {
    if (this.state !== "paused") return;
    this.#setState("connecting");
    this.#join();
  }

  /** Lets go of the stream. */
  stop() {
    if (this.state === "paused") return;
    this.#clearTimers();
    clearTimeout(this.#changeTimer);
    for (const image of [this.#leaving, this.#shown, this.#coming]) {
      release(image);
    }
    this.#leaving = this.#shown = this.#coming = undefined;
    this.#backoff.reset();
    this.#setState("paused");
  }

  /**
   * Changes to another stream. The old one stays until that is seen, but not
   * for long: it is not what is asked for.
   *
   * @param {string} name Of the channel.
   */
  change(name) {
    const address = name + ".gif";
    if (address === this.#address) return;
    this.#address = address;
    if (this.state === "paused") return;
    this.#backoff.reset();
    this.#shownEnded = true;
    this.#join();
    clearTimeout(this.#changeTimer);
    this.#changeTimer = setTimeout(() => {
      release(this.#shown);
      this.#shown = undefined;
    }, CHANGE_MILLISECONDS);
    this.#setState("connecting");
  }

  /** Changes to a fresh stream; the old one stays until that is seen. */
  renew() {
    if (this.state !== "paused") this.#join();
  }

  #join() {
    this.#clearTimers();
    // Never more than two streams: of six that a browser opens to a host.
    release(this.#coming);
    release(this.#leaving);
    this.#leaving = undefined;
    const image = IS_MULTIPART ? framedImage(this.#stage) : new Image();
    this.#coming = image;
    image.alt = "";
    image.decoding = "sync";
    image.onerror = () => this.#end(image);
    image.onload = () =>
      IS_MULTIPART ? this.#expectMore(image) : this.#end(image);
    // The same address twice would be the same connection.
    const query = "?" + Date.now() + "-" + this.#joins++;
    image.src = new URL(this.#address + query, location.href).href;
    this.joinedMilliseconds = performance.now();
    if (!IS_MULTIPART) this.#stage.append(image);
    this.#look();
  }

  /**
   * No event tells that there are no more pictures.
   *
   * @param {HTMLImageElement} image
   */
  #expectMore(image) {
    if (image !== this.#coming && image !== this.#shown) return;
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(
      () => this.#end(image),
      SILENCE_MILLISECONDS,
    );
  }

  /** No event tells that the first bytes have come. */
  #look() {
    if (this.#coming === undefined) return;
    if (this.#coming.naturalWidth > 0) this.#takeOver();
    else this.#lookTimer = setTimeout(() => this.#look(), LOOK_MILLISECONDS);
  }

  #takeOver() {
    clearTimeout(this.#changeTimer);
    this.#leaving = this.#shown;
    this.#shown = this.#coming;
    this.#shownEnded = false;
    this.#coming = undefined;
    this.#paintTimer = setTimeout(() => {
      release(this.#leaving);
      this.#leaving = undefined;
    }, PAINT_MILLISECONDS);
    this.#setState("live");
  }

  /**
   * The stream of an image has ended, whichever the event was.
   *
   * @param {HTMLImageElement} image
   */
  #end(image) {
    if (image === this.#coming) {
      if (image.naturalWidth > 0) this.#takeOver();
      else {
        release(image);
        this.#coming = undefined;
      }
    }
    if (image === this.#shown) this.#shownEnded = true;
    // One that is to be replaced anyway may end.
    if (this.#coming !== undefined || image === this.#leaving) return;
    if (this.#shown === undefined || this.#shownEnded) {
      this.#setState("reconnecting");
    }
    this.#retryLater();
  }

  #retryLater() {
    const lasted = performance.now() - this.joinedMilliseconds;
    if (lasted > SUCCESS_MILLISECONDS) this.#backoff.reset();
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#join(), this.#backoff.next());
  }

  #clearTimers() {
    clearTimeout(this.#lookTimer);
    clearTimeout(this.#paintTimer);
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
  }

  /** @param {PictureState} state */
  #setState(state) {
    if (this.state === state) return;
    this.state = state;
    this.#onChange();
  }
}

/**
 * An image in a document of its own.
 *
 * @param {HTMLElement} stage Takes the document.
 */
function framedImage(stage) {
  const frame = document.createElement("iframe");
  stage.append(frame);
  const { body } = /** @type {Document} */ (frame.contentDocument);
  const image = /** @type {Document} */ (body.ownerDocument)
    .createElement("img");
  body.style.margin = "0";
  image.style.cssText =
    "display:block;width:100vw;height:100vh;object-fit:contain";
  body.append(image);
  return image;
}

/**
 * Removes an image and closes its connection, which removing alone does not.
 *
 * @param {HTMLImageElement | undefined} image
 */
function release(image) {
  if (image === undefined) return;
  image.onload = image.onerror = null;
  image.removeAttribute("src");
  const { defaultView } = image.ownerDocument;
  const frame = image.ownerDocument === document ? null : defaultView;
  if (frame !== null && frame.frameElement) frame.frameElement.remove();
  image.remove();
}
