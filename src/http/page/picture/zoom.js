/**
 * A closer look at the picture: by wheel, pinch, buttons or keys, and moved by
 * dragging.
 *
 * @module
 */

const MAX_SCALE = 32;
/** Of a notch of a wheel, or a key. */
const STEP = 1.25;
/** Pixels of a wheel that count as a notch; lines and pages count as one. */
const NOTCH_PIXELS = 100;
/** Of the picture's width, for a key. */
const PAN_STEP = 0.1;

/** The scale of the pictures in a stage, and the part that is seen. */
export class Zoom {
  /** 1 shows the whole picture. */
  scale = 1;
  #stage;
  #onChange;
  #x = 0;
  #y = 0;
  /** Fingers, or the mouse, by their ids. @type {Map<number, PointerEvent>} */
  #pointers = new Map();

  /**
   * @param {HTMLElement} stage
   * @param {() => void} onChange
   */
  constructor(stage, onChange) {
    this.#stage = stage;
    this.#onChange = onChange;
    stage.addEventListener("wheel", (event) => this.#wheel(event), {
      passive: false,
    });
    stage.addEventListener("pointerdown", (event) => this.#down(event));
    stage.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      stage.addEventListener(end, (event) => {
        const { pointerId } = /** @type {PointerEvent} */ (event);
        this.#pointers.delete(pointerId);
      });
    }
    // Safari's own pinch would take the page along.
    stage.addEventListener("gesturestart", (event) => event.preventDefault());
  }

  /** Goes closer to the middle by a step. */
  closer() {
    this.#zoomInMiddle(STEP);
  }

  /** Goes back by a step. */
  farther() {
    this.#zoomInMiddle(1 / STEP);
  }

  /** Shows the whole picture. */
  reset() {
    this.#set(1, 0, 0);
  }

  /**
   * Moves what is seen.
   *
   * @param {number} x Steps to the right.
   * @param {number} y Steps down.
   */
  pan(x, y) {
    const { clientWidth, clientHeight } = this.#stage;
    this.#set(
      this.scale,
      this.#x - x * PAN_STEP * clientWidth,
      this.#y - y * PAN_STEP * clientHeight,
    );
  }

  /** @param {number} factor */
  #zoomInMiddle(factor) {
    const { clientWidth, clientHeight } = this.#stage;
    this.#zoom(factor, clientWidth / 2, clientHeight / 2);
  }

  /**
   * @param {number} factor
   * @param {number} x Of the point that stays, in the stage.
   * @param {number} y
   */
  #zoom(factor, x, y) {
    const scale = Math.min(MAX_SCALE, Math.max(1, this.scale * factor));
    const change = scale / this.scale;
    this.#set(scale, x - (x - this.#x) * change, y - (y - this.#y) * change);
  }

  /**
   * @param {number} scale
   * @param {number} x Of the picture's corner.
   * @param {number} y
   */
  #set(scale, x, y) {
    const { clientWidth, clientHeight, style, classList } = this.#stage;
    // Almost whole is whole.
    this.scale = scale < 1.01 ? 1 : scale;
    this.#x = Math.min(0, Math.max(x, clientWidth * (1 - this.scale)));
    this.#y = Math.min(0, Math.max(y, clientHeight * (1 - this.scale)));
    style.setProperty("--zoom", String(this.scale));
    style.setProperty("--x", this.#x + "px");
    style.setProperty("--y", this.#y + "px");
    classList.toggle("zoomed", this.scale > 1);
    this.#onChange();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const { deltaY, deltaMode, ctrlKey } = event;
    // A wheel that scrolls the page is not caught on the way.
    const scrolls = !ctrlKey && (deltaY > 0 ? this.scale === 1 : scrollY > 0);
    if (scrolls || deltaY === 0) return;
    event.preventDefault();
    const notches = deltaMode === 0
      ? -deltaY / (ctrlKey ? NOTCH_PIXELS / 5 : NOTCH_PIXELS)
      : -Math.sign(deltaY);
    const { x, y } = this.#placeOf(event);
    this.#zoom(STEP ** Math.min(3, Math.max(-3, notches)), x, y);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, event);
    if (this.scale > 1 || this.#pointers.size > 1) {
      this.#stage.setPointerCapture(event.pointerId);
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    this.#pointers.set(event.pointerId, event);
    const [other] = [...this.#pointers.values()]
      .filter(({ pointerId }) => pointerId !== event.pointerId);
    if (other === undefined) {
      if (this.scale === 1) return;
      const x = this.#x + event.clientX - before.clientX;
      const y = this.#y + event.clientY - before.clientY;
      return this.#set(this.scale, x, y);
    }
    const from = middleOf(before, other), to = middleOf(event, other);
    this.#x += to.clientX - from.clientX;
    this.#y += to.clientY - from.clientY;
    const { x, y } = this.#placeOf(to);
    this.#zoom(to.distance / Math.max(1, from.distance), x, y);
  }

  /** @param {{ clientX: number, clientY: number }} point */
  #placeOf({ clientX, clientY }) {
    const { left, top } = this.#stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

/**
 * The middle between two fingers, and how far they are apart.
 *
 * @param {PointerEvent} a
 * @param {PointerEvent} b
 */
function middleOf(a, b) {
  return {
    clientX: (a.clientX + b.clientX) / 2,
    clientY: (a.clientY + b.clientY) / 2,
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}
