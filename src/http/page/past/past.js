/**
 * The last seconds: a strip to look back along, a piece of it to save.
 *
 * Nothing is asked for until somebody opens it.
 *
 * @module
 */

import { element, loadImage, write } from "../elements.js";
import { showButton } from "../picture/controls.js";
import { saveFrom } from "../picture/download.js";
import { filled, PAST } from "../words.js";
import { Strip, timeAt } from "./strip.js";

const REFRESH_MILLISECONDS = 1000;
const MOST_TIMES = 600;
/** Length of a clip that nobody has chosen. */
const CLIP_SECONDS = 10;
const MIN_CLIP_SECONDS = 0.1;
/** A channel that has given nothing for so long has no present. */
const QUIET_MILLISECONDS = 5000;

/** @typedef {{ nowMilliseconds: number, keptSeconds: number, times: number[] }} PastAnswer */

/** The panel under the picture. */
export class Past {
  #stage;
  #onChange;
  #channel = "";
  #strip = new Strip(element("stills"));
  #panel = element("past");
  #moment = /** @type {HTMLInputElement} */ (element("moment"));
  #length = /** @type {HTMLInputElement} */ (element("length"));
  /** @type {PastAnswer | undefined} */
  #answer;
  /** What is looked at; undefined: the present. @type {number | undefined} */
  #time;
  /** Where the clip begins and ends; undefined: as long as chosen, now. */
  #from = /** @type {number | undefined} */ (undefined);
  #to = /** @type {number | undefined} */ (undefined);
  #timer = 0;
  #loading = false;
  #loaded = 0;

  /**
   * @param {HTMLElement} stage Takes the picture of the past.
   * @param {() => void} onChange Called when something else is looked at.
   */
  constructor(stage, onChange) {
    this.#stage = stage;
    this.#onChange = onChange;
    this.#moment.addEventListener("input", () => this.#choose());
    element("rail").addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      element("rail").setPointerCapture(event.pointerId);
      this.#point(event);
      this.#moment.focus();
      event.preventDefault();
    });
    element("rail").addEventListener("pointermove", (event) => {
      if (event.buttons & 1) this.#point(event);
    });
    element("clip-from").onclick = () => this.#mark("from");
    element("clip-to").onclick = () => this.#mark("to");
    element("clip").onclick = () => this.#save();
    element("present").onclick = () => this.#look(undefined);
    this.#length.value = String(CLIP_SECONDS);
    this.#length.addEventListener("change", () => this.#changeLength());
    document.addEventListener("visibilitychange", () => {
      if (this.isOpen) this.#refresh();
    });
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  /** The time of the picture that is looked at; undefined: the present. */
  get time() {
    return this.#time;
  }

  /** The picture that is looked at, once it is there. */
  get picture() {
    return /** @type {HTMLImageElement | null} */ (
      this.#stage.querySelector(".then")
    );
  }

  /** Opens or closes the panel. */
  toggle() {
    this.#panel.hidden = this.isOpen;
    showButton("past", "aria-expanded", this.isOpen);
    element("screen").classList.toggle("looking-back", this.isOpen);
    if (this.isOpen) this.#refresh();
    else {
      clearTimeout(this.#timer);
      this.#strip.clear();
      this.#look(undefined);
    }
  }

  /** @param {string} name Of another channel. */
  change(name) {
    if (name === this.#channel) return;
    this.#channel = name;
    this.#answer = this.#from = this.#to = undefined;
    this.#strip.clear();
    this.#look(undefined);
    if (this.isOpen) this.#refresh();
  }

  async #refresh() {
    clearTimeout(this.#timer);
    if (document.hidden || this.#channel === "") return;
    const channel = this.#channel;
    try {
      const response = await fetch(channel + "/past?most=" + MOST_TIMES, {
        cache: "no-store",
      });
      /** @type {PastAnswer} */
      const answer = response.ok
        ? await response.json()
        : { nowMilliseconds: Date.now(), keptSeconds: 0, times: [] };
      if (channel === this.#channel) this.#answer = answer;
    } catch {
      // The state says that the server is away; the strip stays as it is.
    }
    if (!this.isOpen) return;
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), REFRESH_MILLISECONDS);
  }

  /** Begin and end of what is kept; nothing if that is nothing. */
  get #range() {
    const { nowMilliseconds: now, times } = this.#answer ?? {
      nowMilliseconds: 0,
      times: [],
    };
    if (times.length < 2) return undefined;
    const last = times[times.length - 1];
    const end = now - last > QUIET_MILLISECONDS ? last : Math.max(now, last);
    return { start: times[0], end, times };
  }

  #show() {
    const range = this.#range;
    element("past-tools").hidden = element("rail").hidden = range === undefined;
    if (range === undefined) {
      const { keptSeconds = 1 } = this.#answer ?? {};
      write(element("when"), keptSeconds > 0 ? PAST.none : PAST.notKept);
      return;
    }
    const { start, end } = range;
    this.#strip.show(this.#channel, range);
    // What has gone meanwhile cannot be looked at any longer.
    if (this.#time !== undefined && this.#time < start) this.#look(start);
    this.#moment.min = String(start);
    this.#moment.max = String(end);
    this.#moment.value = String(this.#time ?? end);
    const now = this.#answer?.nowMilliseconds ?? end;
    const text = this.#time === undefined
      ? end < now ? about(end, now) : PAST.present
      : about(this.#time, now);
    write(element("when"), text);
    this.#moment.setAttribute("aria-valuetext", text);
    element("present").hidden = this.#time === undefined;
    const cursor = element("cursor").style;
    cursor.left = this.#percent(this.#time ?? end) + "%";
    this.#showPiece(range);
  }

  /** @param {{ start: number, end: number }} range */
  #showPiece({ start, end }) {
    const { from, to } = this.#piece(start, end),
      piece = element("piece").style;
    piece.left = this.#percent(from) + "%";
    piece.width = this.#percent(to) - this.#percent(from) + "%";
    const text = filled(PAST.piece, {
      from: clock(from),
      to: this.#to === undefined && this.#isLive(end) ? PAST.now : clock(to),
    });
    write(element("piece-about"), text);
  }

  /** @param {number} end */
  #isLive(end) {
    return end >= (this.#answer?.nowMilliseconds ?? Infinity);
  }

  /**
   * The piece that a clip has.
   *
   * @param {number} start Of what is kept.
   * @param {number} end
   */
  #piece(start, end) {
    const to = Math.max(start, Math.min(this.#to ?? end, end));
    const from = this.#from ?? to - 1000 * Number(this.#length.value);
    return { from: Math.max(start, Math.min(from, to)), to };
  }

  /** @param {number} time */
  #percent(time) {
    const { start, end } = this.#range ?? { start: 0, end: 1 };
    return Math.min(100, Math.max(0, 100 * (time - start) / (end - start)));
  }

  /** @param {PointerEvent} event */
  #point({ clientX }) {
    const range = this.#range;
    if (range === undefined) return;
    const { left, width } = element("rail").getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / width));
    this.#lookAt(range.start + share * (range.end - range.start));
  }

  #choose() {
    this.#lookAt(Number(this.#moment.value));
  }

  /** @param {number} time The right end is the present. */
  #lookAt(time) {
    const range = this.#range;
    if (range === undefined) return;
    const isPresent = time >= range.end - (range.end - range.start) / 200;
    this.#look(isPresent && this.#isLive(range.end) ? undefined : time);
  }

  /** @param {number | undefined} time */
  #look(time) {
    const wasTime = this.#time;
    this.#time = time;
    if (time === undefined) {
      this.picture?.remove();
      this.#loaded = 0;
    } else this.#load();
    if (this.isOpen) this.#show();
    if ((wasTime === undefined) !== (time === undefined)) this.#onChange();
  }

  /** Loads the picture of the time that was chosen last, one at a time. */
  #load() {
    const { times = [] } = this.#answer ?? {};
    if (this.#loading || this.#time === undefined) return;
    const time = timeAt(times, this.#time), channel = this.#channel;
    if (time === undefined || time === this.#loaded) return;
    this.#loading = true;
    loadImage(channel + "/snapshot.gif?at=" + time / 1000, (image) => {
      this.#loading = false;
      if (channel !== this.#channel || this.#time === undefined) return;
      this.#loaded = time;
      if (image !== undefined) {
        image.className = "then";
        const old = this.picture;
        this.#stage.append(image);
        old?.remove();
        this.#onChange();
      }
      this.#load();
    });
  }

  /** @param {"from" | "to"} end */
  #mark(end) {
    const range = this.#range;
    if (range === undefined) return;
    const time = this.#time ?? range.end;
    if (end === "from") {
      this.#from = time;
      if (this.#to !== undefined && this.#to <= time) this.#to = undefined;
    } else {
      // The length that was chosen goes with the end.
      this.#to = time;
      if (this.#from !== undefined && this.#from >= time) {
        this.#from = undefined;
      }
    }
    const { from, to } = this.#piece(range.start, range.end);
    this.#length.value = secondsOf(from, to).toFixed(1);
    this.#show();
  }

  #changeLength() {
    const seconds = Number(this.#length.value);
    if (!(seconds >= MIN_CLIP_SECONDS)) {
      this.#length.value = String(CLIP_SECONDS);
    }
    this.#from = undefined;
    this.#show();
  }

  #save() {
    const range = this.#range;
    if (range === undefined) return;
    const { from, to } = this.#piece(range.start, range.end);
    // Up to the very moment, if no end was marked.
    const at = this.#to === undefined && this.#isLive(range.end)
      ? ""
      : "&at=" + to / 1000;
    const seconds = secondsOf(from, to).toFixed(2);
    saveFrom(this.#channel + "/clip.gif?seconds=" + seconds + at);
  }
}

/**
 * @param {number} from
 * @param {number} to
 */
function secondsOf(from, to) {
  return Math.max(MIN_CLIP_SECONDS, (to - from) / 1000);
}

/**
 * A time of the past, for people.
 *
 * @param {number} time
 * @param {number} now
 */
function about(time, now) {
  const seconds = Math.max(0, now - time) / 1000;
  return filled(PAST.ago, {
    ago: seconds < 100
      ? filled(PAST.seconds, { seconds: seconds.toFixed(1) })
      : filled(PAST.minutes, { minutes: Math.round(seconds / 60) }),
    time: clock(time),
  });
}

/** @param {number} time */
function clock(time) {
  return new Date(time).toLocaleTimeString();
}
