// Written by `deno task page`; change the files that it names.

/** The page for frames; in it, `$NAME` and `$NONCE` are to be replaced. */
export const embedHtml: string = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>$NAME</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <style nonce="$NONCE">
html,
body {
  height: 100%;
  margin: 0;
  overflow: hidden;
  background: #000;
}
gif-stream {
  display: block;
  max-height: 100vh;
}
</style>
    <noscript><meta http-equiv="refresh" content="0; url=still"></noscript>
  </head>
  <body>
    <gif-stream src="../$NAME.gif"
      aria-label="Live picture: $NAME"></gif-stream>
    <script type="module" nonce="$NONCE">
// src/http/page/embed/gif_stream.js
var SILENCE_MILLISECONDS = 8e3;
var FRESH_MILLISECONDS = 6e4;
var MAX_RETRY_MILLISECONDS = 5e3;
var MIN_RETRY_MILLISECONDS = 250;
var LOOK_MILLISECONDS = 50;
var BRACE = 123;
var stillness = matchMedia("(prefers-reduced-motion: reduce)");
var GifStream = class extends HTMLElement {
  static get observedAttributes() {
    return ["src"];
  }
  connectedCallback() {
    this.stop = show(this);
  }
  disconnectedCallback() {
    if (this.stop) this.stop();
  }
  attributeChangedCallback() {
    if (!this.isConnected || !this.stop) return;
    this.stop();
    this.stop = show(this);
  }
};
function show(element) {
  const canvas = document.createElement("canvas");
  const root = element.shadowRoot || element.attachShadow({ mode: "open" });
  let socket;
  let image;
  let timer;
  let isSeen;
  let isOn = false, wasShown = false, hasWorked = false;
  let isPlain = !("createImageBitmap" in self);
  let wait = MIN_RETRY_MILLISECONDS;
  const put = (picture) => {
    const old = (
      /** @type {HTMLImageElement | null} */
      root.firstChild
    );
    if (old === picture) return;
    if (old) {
      old.src = "";
      old.remove();
    }
    picture.style.cssText = "display:block;width:100%;max-height:inherit;object-fit:contain";
    root.appendChild(picture);
  };
  const leave = () => {
    isOn = false;
    clearTimeout(timer);
    const old = socket;
    if (image) image.src = "";
    socket = image = void 0;
    if (old) old.close();
  };
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
  const take = async (data, from) => {
    hasWorked = true;
    wait = MIN_RETRY_MILLISECONDS;
    again(SILENCE_MILLISECONDS);
    if (new Uint8Array(data)[0] === BRACE) return;
    const picture = await createImageBitmap(new Blob([data]));
    if (from !== socket) return;
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = (
      /** @type {CanvasRenderingContext2D} */
      canvas.getContext("2d")
    );
    context.drawImage(picture, 0, 0);
    wasShown = true;
    update();
  };
  const join = () => {
    isOn = true;
    const address = new URL(
      element.getAttribute("src") || "",
      document.baseURI
    );
    if (isPlain) {
      const next = image = new Image();
      const look = () => next.naturalWidth ? put(next) : next === image && setTimeout(look, LOOK_MILLISECONDS);
      address.search += "&t=" + Date.now();
      next.onerror = next.onload = () => {
        if (next === image) again(SILENCE_MILLISECONDS);
      };
      next.src = address.href;
      look();
      return again(FRESH_MILLISECONDS);
    }
    put(canvas);
    address.protocol = address.protocol.replace("http", "ws");
    address.pathname = address.pathname.replace(/\\.gif$/, "/ws");
    address.search += "&format=auto&status=yes";
    try {
      const own = socket = new WebSocket(address.href);
      own.binaryType = "arraybuffer";
      own.onmessage = ({ data }) => own === socket && take(data, own);
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
  const observer = new IntersectionObserver((entries) => {
    isSeen = entries[entries.length - 1].isIntersecting;
    update();
  });
  observer.observe(element);
  document.addEventListener("visibilitychange", update);
  stillness.addListener(update);
  if (getComputedStyle(element).display === "inline") {
    element.style.display = "inline-block";
  }
  return () => {
    leave();
    observer.disconnect();
    document.removeEventListener("visibilitychange", update);
    stillness.removeListener(update);
  };
}
customElements.define("gif-stream", GifStream);
</script>
  </body>
</html>
`;
