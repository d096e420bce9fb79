/**
 * `<gif-stream src="https://HOST/NAME.gif">`: a live picture for pages of
 * others, which is served as `/embed.js`. Each message of the WebSocket is a
 * picture or, every two seconds, the state, which begins with a brace.
 *
 * Where no WebSocket can be had, as under a policy without `connect-src`, it
 * is an `<img>` of the GIF that is loaded anew from time to time. WebKit never
 * lets go of such an `<img>`, and nothing stops one for who wants less motion:
 * there it is one snapshot after another.
 *
 * @module
 */

/** Time without a message after which the connection is dead. */
const SILENCE_MILLISECONDS = 8000;
/** Most time for one `<img>`, which keeps all that it gets in memory. */
const FRESH_MILLISECONDS = 60000;
const MAX_RETRY_MILLISECONDS = 5000;
const MIN_RETRY_MILLISECONDS = 250;
const LOOK_MILLISECONDS = 50;
const BRACE = 123;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");
const isWebKit = /WebKit(?!.*Chrom)/.test(navigator.userAgent);
// The canvas needs it: Safari 13 and 14 have none.
const canDraw = "createImageBitmap" in self;

class GifStream extends HTMLElement {
  connectedCallback() {
    this.stop();
    this.stop = show(this);
  }

  disconnectedCallback() {
    this.stop();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.connectedCallback();
  }

  stop() {}
}
GifStream.observedAttributes = ["src"];

/**
 * Shows the picture while it is seen, until the function that it returns is
 * called.
 *
 * @param {HTMLElement} element
 */
function show(element) {
  const canvas = document.createElement("canvas");
  const root = element.shadowRoot || element.attachShadow({ mode: "open" });
  /** @type {WebSocket | undefined} */
  let socket;
  /** @type {HTMLImageElement | undefined} */
  let image;
  /** @type {number | undefined} */
  let timer;
  /** @type {boolean | undefined} */
  let isSeen;
  let isOn = false, wasShown = false, hasWorked = false;
  let isPlain = !canDraw;
  let wait = MIN_RETRY_MILLISECONDS;

  /** @param {HTMLCanvasElement | HTMLImageElement} picture */
  const put = (picture) => {
    const old = /** @type {HTMLImageElement | null} */ (root.firstChild);
    if (old === picture) return;
    if (old) {
      // An <img> that is only removed goes on loading.
      old.src = "";
      old.remove();
    }
    picture.style.cssText =
      "display:block;width:100%;max-height:inherit;object-fit:contain";
    root.appendChild(picture);
  };
  const leave = () => {
    isOn = false;
    clearTimeout(timer);
    if (socket) socket.close();
    if (image) image.src = "";
    socket = image = undefined;
  };
  /** @param {number} milliseconds */
  const again = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!image) leave();
      join();
    }, milliseconds);
  };
  const end = () => {
    isPlain = !hasWorked;
    again(wait);
    wait = Math.min(2 * wait, MAX_RETRY_MILLISECONDS);
  };
  /**
   * @param {ArrayBuffer} data
   * @param {WebSocket} from
   */
  const take = async (data, from) => {
    hasWorked = true;
    wait = MIN_RETRY_MILLISECONDS;
    again(SILENCE_MILLISECONDS);
    if (new Uint8Array(data)[0] === BRACE) return;
    const picture = await createImageBitmap(new Blob([data]));
    if (from === socket) paint(picture);
  };
  /** @param {ImageBitmap | HTMLImageElement} picture */
  const paint = (picture) => {
    put(canvas);
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = /** @type {CanvasRenderingContext2D} */ (
      canvas.getContext("2d")
    );
    context.drawImage(picture, 0, 0);
    wasShown = true;
    update();
  };
  const join = () => {
    isOn = true;
    const address = new URL(
      /** @type {string} */ (element.getAttribute("src")),
      document.baseURI,
    );
    const isStill = isPlain && (isWebKit || stillness.matches);
    address.pathname = address.pathname.replace(
      /.gif$/,
      isStill ? "/snapshot.jpg" : isPlain ? ".gif" : "/ws",
    );
    // Each form takes what it knows of them.
    address.search += "&format=auto&status=yes&" + Date.now() +
      (wasShown ? "&next" : "");
    if (isPlain) {
      const next = image = new Image();
      const look = () =>
        next.naturalWidth
          ? put(next)
          : next === image && setTimeout(look, LOOK_MILLISECONDS);
      next.onload = next.onerror = () => {
        if (next !== image) return;
        if (isStill && next.naturalWidth) {
          again(0);
          return paint(next);
        }
        image = undefined;
        // Perhaps the server was away, and has a WebSocket when it is back.
        isPlain = !canDraw;
        again(SILENCE_MILLISECONDS);
      };
      next.src = address.href;
      if (!isStill) look();
      return again(FRESH_MILLISECONDS);
    }
    try {
      const own = socket = new WebSocket(address.href.replace("http", "ws"));
      own.binaryType = "arraybuffer";
      own.onmessage = ({ data }) => take(data, own);
      // One that a policy forbids ends with an error alone.
      own.onerror = own.onclose = () => own === socket && end();
      again(SILENCE_MILLISECONDS);
    } catch {
      end();
    }
  };
  const update = () => {
    const isDone = stillness.matches && wasShown;
    if (document.hidden || !isSeen || isDone) leave();
    else if (!isOn) join();
  };

  put(canvas);
  const observer = new IntersectionObserver((entries) => {
    const newest = /** @type {IntersectionObserverEntry} */ (entries.pop());
    isSeen = newest.isIntersecting;
    update();
  });
  /** @param {"add" | "remove"} verb */
  const listen = (verb) => {
    document[
      /** @type {"addEventListener" | "removeEventListener"} */ (
        verb + "EventListener"
      )
    ]("visibilitychange", update);
    stillness[
      /** @type {"addListener" | "removeListener"} */ (verb + "Listener")
    ](update);
  };
  observer.observe(element);
  listen("add");
  if (getComputedStyle(element).display === "inline") {
    element.style.display = "inline-block";
  }
  return () => {
    leave();
    observer.disconnect();
    listen("remove");
  };
}

customElements.define("gif-stream", GifStream);
