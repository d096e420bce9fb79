/**
 * The part of the page's script that lists the channels: each a link with a
 * still, which is a picture that ends and takes no connection for long.
 */
export const channels = String.raw`
/** How old a still may get. */
const STILL_MILLISECONDS = 4000;
/** Of six connections that a browser opens to a host, some are for others. */
const MAX_LOADING_STILLS = 2;

/** Shows which channels there are, and lets the person choose one. */
class ChannelList {
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
  /** Whether it is in view. */
  seen = false;
  /** When the last still was asked for, by performance.now(). */
  loadedMilliseconds = -Infinity;
  #name;
  #link = document.createElement("a");
  #still = new Image();
  #title = textIn("title");
  #about = textIn("about");
  #frames = 0;
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
    this.#still.alt = "";
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
    const { title, viewers, frames } = status;
    this.#frames = frames;
    const live = !isWaiting(status);
    this.element.dataset.state = live ? "live" : "waiting";
    write(this.#title, title);
    const state = live ? "Live" : "Waiting";
    write(this.#about, state + " · " + viewers + " watching");
    if (current) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
  }

  /** Whether it is seen, and shows what is not true any more. */
  isDue() {
    const age = performance.now() - this.loadedMilliseconds;
    return this.seen && !this.#loading && age >= STILL_MILLISECONDS &&
      this.#frames > 0 && this.#frames !== this.#framesOfStill;
  }

  /** @param {() => void} onDone Called when it is there, or cannot be had. */
  loadStill(onDone) {
    this.#loading = true;
    this.loadedMilliseconds = performance.now();
    const frames = this.#frames;
    loadImage(this.#name + "/snapshot.gif?" + Date.now(), (image) => {
      this.#loading = false;
      if (image !== undefined) {
        this.#framesOfStill = frames;
        this.#still.replaceWith(image);
        this.#still = image;
      }
      onDone();
    });
  }
}

/**
 * @param {string} address
 * @param {(image: HTMLImageElement | undefined) => void} onDone Gets the
 * image once it can be shown, or nothing if it cannot.
 */
function loadImage(address, onDone) {
  const image = new Image();
  image.alt = "";
  image.decoding = "sync";
  image.onload = () => onDone(image);
  image.onerror = () => onDone(undefined);
  image.src = address;
}

/** @param {string} className */
function textIn(className) {
  const output = document.createElement("span");
  output.className = className;
  return output;
}

/**
 * @param {HTMLElement} output
 * @param {string} text
 */
function write(output, text) {
  // Writing what is there already would make screen readers say it again.
  if (output.textContent !== text) output.textContent = text;
}
`;
