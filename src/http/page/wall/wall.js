/**
 * The channels: as a wall that fills the window, or as a list beside the
 * picture of the one that is open.
 *
 * @module
 */

import { element, write } from "../elements.js";
import { FullScreen } from "../picture/full_screen.js";
import { filled, WALL } from "../words.js";
import { firstChoices } from "./choices.js";
import { prepareControls, showKioskAddress } from "./controls.js";
import { commonAspect, GAP, gridOf } from "./grid.js";
import { inOrder, matches } from "./order.js";
import { followKeys, prepareKeys, setTabStop } from "./keys.js";
import { loadStills } from "./stills.js";
import { Tile } from "./tile.js";
import { WallConnection } from "./wall_connection.js";
/** @import { Status } from "../status.js" */

/** Scrolling past asks for nothing. */
const SETTLE_MILLISECONDS = 150;
/** Time between two looks for stills that are due, where there is no socket. */
const STILL_MILLISECONDS = 1000;
/** Pictures a second of each tile, by the most tiles for which they hold. */
const RATES = /** @type {const} */ ([[1, 10], [4, 5], [12, 3], [100, 2]]);
const LIST_RATE = 1;
/** The server takes no more at a time. */
const MOST_TILES = 100;

/**
 * @typedef {object} WallEvents
 * @property {(name: string) => void} onChoose A channel is to be opened.
 * @property {() => void} onWall The wall is to be opened.
 * @property {(statuses: Status[]) => void} onStatuses The server tells.
 * @property {() => void} onChange The state of the connection has changed.
 */

/** Shows which channels there are, and lets the person choose one. */
export class Wall {
  #nav;
  #list;
  #events;
  #choices = firstChoices();
  /** Words that are looked for. */
  #words = "";
  /** By name. @type {Map<string, Tile>} */
  #tiles = new Map();
  /** Those that are shown, in their order. @type {Tile[]} */
  #shown = [];
  /** @type {Status[]} */
  #statuses = [];
  /** The name of the one that is open; empty: the wall is. */
  #current = "";
  #isVisible = false;
  #isAway = false;
  #wasLooked = false;
  #settleTimer = 0;
  #stillTimer = 0;
  #space = "";
  #connection;
  /** @type {FullScreen} */
  #full;
  #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const { name = "" } = /** @type {HTMLElement} */ (target).dataset;
      const tile = this.#tiles.get(name);
      if (tile !== undefined) tile.seen = isIntersecting;
    }
    this.#askSoon(this.#wasLooked ? SETTLE_MILLISECONDS : 0);
    this.#wasLooked = true;
  });

  /**
   * @param {HTMLElement} nav Has a list, which links to all channels.
   * @param {WallEvents} events
   */
  constructor(nav, events) {
    this.#nav = nav;
    this.#list = /** @type {HTMLElement} */ (nav.querySelector("ul"));
    this.#events = events;
    this.#connection = new WallConnection({
      onStatuses: events.onStatuses,
      onPicture: (name, file) => {
        this.#tiles.get(name)?.take(new Blob([file]));
      },
      onChange: () => {
        this.show(this.#isAway);
        this.#loadStills();
        events.onChange();
      },
    });
    for (const link of Array.from(this.#list.querySelectorAll("a"))) {
      const name = link.getAttribute("href") ?? "";
      this.#tile(name, link.textContent ?? name);
    }
    this.#list.textContent = "";
    document.body.classList.toggle("kiosk", this.#choices.isKiosk);
    prepareControls(this.#choices, {
      onChoose: () => this.#arrange(),
      onFind: (words) => {
        this.#words = words;
        this.#arrange();
      },
    });
    element("to-wall").onclick = (event) => {
      if (isForTab(event)) return;
      event.preventDefault();
      events.onWall();
    };
    this.#full = new FullScreen(nav, (isFull) => {
      const button = element("wall-full");
      button.setAttribute("aria-pressed", String(isFull));
      button.title = isFull ? WALL.leaveFull : WALL.full;
      button.setAttribute("aria-label", button.title);
      this.#layOut();
    });
    element("wall-full").onclick = () => this.#full.toggle();
    addEventListener("keydown", ({ key, defaultPrevented }) => {
      if (key === "Escape" && !defaultPrevented) this.#full.leave();
    });
    followKeys(this.#list);
    prepareKeys(this.#list, () => this.#full.toggle());
    addEventListener("resize", () => {
      this.#layOut();
      this.#askSoon(SETTLE_MILLISECONDS);
    });
    this.#arrange();
  }

  /** True if the wall is what an address without a name means. */
  get isWanted() {
    const { names, isKiosk } = this.#choices;
    return names !== undefined || isKiosk || this.#tiles.size > 1;
  }

  /** True if its connection tells the state. */
  get isTelling() {
    return this.#connection.state === "live";
  }

  /** True if the connection was lost. */
  get isLost() {
    return this.#connection.state === "lost";
  }

  /** @param {boolean} isTold Whether the state of the channels is known. */
  stateOf(isTold) {
    if (this.isLost) return "reconnecting";
    return isTold ? "live" : "connecting";
  }

  /** What all tiles together are, in words; and whether all are well. */
  get summary() {
    const shown = this.#shown;
    const dead = shown.filter((tile) => tile.isDead).length;
    const text = filled(WALL.count, { count: shown.length }) +
      (dead > 0 ? " · " + filled(WALL.dead, { count: dead }) : "");
    return { text, isWell: dead === 0 };
  }

  /** @param {boolean} isVisible Whether the page is seen at all. */
  watch(isVisible) {
    this.#isVisible = isVisible;
    clearInterval(this.#stillTimer);
    if (isVisible) {
      this.#stillTimer = setInterval(
        () => this.#loadStills(),
        STILL_MILLISECONDS,
      );
    }
    this.#ask();
  }

  /** @param {string} current The name of the one that is open, or nothing. */
  open(current) {
    if (current === this.#current) return;
    this.#current = current;
    if (current !== "" && this.#full.isFull) this.#full.leave();
    this.#arrange();
    const tile = this.#tiles.get(current);
    if (tile !== undefined) bringIntoView(this.#nav, tile.element);
  }

  /** @param {Status[]} statuses Of all channels. */
  update(statuses) {
    this.#statuses = statuses;
    const names = new Set(statuses.map(({ name }) => name));
    this.#tiles.forEach((tile, name) => {
      if (!names.has(name)) this.#remove(name, tile);
    });
    for (const status of statuses) {
      const { name, title } = status;
      this.#tile(name, title).tell(status, name === this.#current);
    }
    this.#arrange();
    this.#loadStills();
  }

  /** @param {boolean} isAway Whether the server does not answer. */
  show(isAway) {
    this.#isAway = isAway;
    this.#tiles.forEach((tile) => tile.show(isAway || this.isLost));
  }

  /**
   * @param {string} name
   * @param {string} title
   */
  #tile(name, title) {
    const before = this.#tiles.get(name);
    if (before !== undefined) return before;
    const tile = new Tile(name, title);
    this.#tiles.set(name, tile);
    this.#observer.observe(tile.element);
    tile.link.onclick = (event) => {
      if (isForTab(event)) return;
      event.preventDefault();
      this.#events.onChoose(name);
    };
    return tile;
  }

  /**
   * @param {string} name
   * @param {Tile} tile
   */
  #remove(name, tile) {
    this.#tiles.delete(name);
    this.#observer.unobserve(tile.element);
    const next = tile.element.nextElementSibling ??
      tile.element.previousElementSibling;
    const wasFocused = tile.element.contains(document.activeElement);
    tile.element.remove();
    if (wasFocused) next?.querySelector("a")?.focus();
  }

  /** Puts the tiles that are to be seen in their order. */
  #arrange() {
    const { order, names } = this.#choices;
    this.show(this.#isAway);
    const tiles = inOrder(Array.from(this.#tiles), { order, names });
    const shown = tiles.filter((tile) => matches(tile, this.#words));
    this.#tiles.forEach((tile) => {
      if (!shown.includes(tile)) tile.element.remove();
    });
    shown.forEach((tile, index) => {
      const there = this.#list.children[index] ?? null;
      // Moving what is in its place would take the focus away from it.
      if (there !== tile.element) this.#list.insertBefore(tile.element, there);
    });
    this.#shown = shown;
    const isWall = this.#current === "" && this.isWanted;
    const { classList } = document.body;
    classList.toggle("wall", isWall);
    classList.toggle(
      "several",
      !isWall && tiles.some((tile) => tile.name !== this.#current),
    );
    const isVain = this.#words !== "" && shown.length === 0;
    write(element("none-found"), isVain ? WALL.none : "");
    setTabStop(this.#list);
    showKioskAddress(this.#choices, shown.map((tile) => tile.name));
    this.#layOut();
    this.#askSoon(SETTLE_MILLISECONDS);
  }

  #layOut() {
    if (!document.body.classList.contains("wall")) return;
    const { columns, rows } = this.#choices;
    const list = this.#list, { clientWidth: width } = list;
    const top = this.#full.isFull
      ? 0
      : list.getBoundingClientRect().top + scrollY;
    const height = document.documentElement.clientHeight - top - GAP;
    const space = {
      ...{ count: this.#shown.length, width, height, columns, rows },
      aspect: commonAspect(this.#statuses),
    };
    const key = JSON.stringify(space);
    if (key === this.#space) return;
    this.#space = key;
    const grid = gridOf(space);
    list.style.setProperty("--columns", String(grid.columns));
    list.style.setProperty("--row", grid.rowHeight + "px");
  }

  /** @param {number} milliseconds */
  #askSoon(milliseconds) {
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => this.#ask(), milliseconds);
  }

  /** Asks for the pictures of the tiles that are seen, and no others. */
  #ask() {
    if (!this.#wasLooked && this.#tiles.size > 0) return;
    const isWall = this.#current === "";
    const seen = this.#shown.filter(({ seen, status }) =>
      // A list does not start what runs on demand.
      seen && (isWall || status !== undefined && status.source.state !== "idle")
    ).slice(0, MOST_TILES);
    if (!this.#isVisible || !isWall && seen.length === 0) {
      return this.#connection.ask(undefined);
    }
    const { width, height } = this.#tileSize(seen);
    const names = seen.map(({ name }) => name).sort();
    const rate = RATES.find(([most]) => seen.length <= most);
    this.#connection.ask({
      ...{ names, width, height, starts: isWall },
      framesPerSecond: isWall && rate !== undefined ? rate[1] : LIST_RATE,
    });
  }

  /**
   * In device pixels.
   *
   * @param {Tile[]} seen
   */
  #tileSize(seen) {
    const { width, height } = seen.length > 0
      ? seen[0].box
      : { width: 0, height: 0 };
    const side = (/** @type {number} */ pixels) =>
      Math.min(Math.max(Math.ceil(pixels * devicePixelRatio), 40), 8192);
    return { width: side(width), height: side(height) };
  }

  /** Where there is no WebSocket, a few stills at a time. */
  #loadStills() {
    if (!this.#connection.needsStills || !this.#isVisible) return;
    const { width } = this.#tileSize(this.#shown.slice(0, 1));
    loadStills(this.#shown, width, this.#current === "");
  }
}

/**
 * Scrolls the list to an item, and never the page.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} item
 */
function bringIntoView(list, item) {
  const frame = list.getBoundingClientRect();
  const { top, bottom } = item.getBoundingClientRect();
  // What stands above the items stays where it is.
  const first = frame.top + element("choices").clientHeight;
  if (top < first) list.scrollTop -= first - top;
  else if (bottom > frame.bottom) list.scrollTop += bottom - frame.bottom;
}

/**
 * True for a click that opens another tab or window, as with any link.
 *
 * @param {MouseEvent} event
 */
function isForTab({ ctrlKey, metaKey, shiftKey, altKey }) {
  return ctrlKey || metaKey || shiftKey || altKey;
}
