/**
 * The panel with all that can be taken along of a channel.
 *
 * @module
 */

import { element } from "../elements.js";
import { access } from "../state/address.js";
import { SHARE } from "../words.js";
import { copyButton } from "./copy.js";
import { waysTo } from "./ways.js";

let channel = "";
/** @type {{ width: number, height: number } | undefined} */
let size;
/** By the id of the way. @type {Map<string, HTMLInputElement>} */
const fields = new Map();
const withToken = document.createElement("input");
const canvas = document.createElement("canvas");
let drawn = "";

/**
 * Points everything at a channel.
 *
 * @param {string} name
 */
export function offer(name) {
  channel = name;
  element("share").hidden = name === "";
  if (name === "") show(false);
  fill();
}

/**
 * Takes note of the picture's size.
 *
 * @param {{ width: number, height: number }} now
 */
export function noteSize(now) {
  if (now.width === size?.width && now.height === size.height) return;
  size = { width: now.width, height: now.height };
  fill();
}

function isOpen() {
  return !element("sharing").hidden;
}

/** @param {boolean} isShown */
function show(isShown) {
  const share = element("share"), panel = element("sharing");
  if (panel.hidden === !isShown) return;
  if (isShown && fields.size === 0) build(panel);
  panel.hidden = !isShown;
  share.setAttribute("aria-expanded", String(isShown));
  fill();
  if (isShown) fields.get("page")?.focus();
  else share.focus();
}

function fill() {
  if (!isOpen()) return;
  const { token } = access;
  const query = withToken.checked && token !== ""
    ? "?token=" + encodeURIComponent(token)
    : "";
  for (const { id, text } of waysTo(channel, size, query)) {
    const field = fields.get(id);
    if (field !== undefined && field.value !== text) field.value = text;
  }
  drawCode(fields.get("page")?.value ?? "");
}

/** @param {string} text */
async function drawCode(text) {
  if (text === drawn) return;
  drawn = text;
  try {
    /** @type {typeof import("./qr.js")} */
    const { drawQr } = await import(new URL("qr.js", location.href).href);
    if (text === drawn) drawQr(canvas, text);
    canvas.hidden = false;
  } catch {
    // Without a connection there is no code; the next opening tries again.
    drawn = "";
    canvas.hidden = true;
  }
}

/** @param {HTMLElement} panel */
function build(panel) {
  const title = document.createElement("h2");
  title.id = "share-title";
  title.textContent = SHARE.title;
  panel.append(title, code());
  const list = document.createElement("div");
  list.className = "ways";
  for (const way of waysTo("", undefined, "")) list.append(row(way));
  panel.append(list);
  const note = access.needs === "" ? undefined : accessNote();
  if (note !== undefined) panel.append(note);
}

function code() {
  const box = document.createElement("div");
  box.className = "code";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", SHARE.code);
  canvas.hidden = true;
  box.append(canvas);
  if ("share" in navigator) {
    const send = document.createElement("button");
    send.type = "button";
    send.textContent = SHARE.send;
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    send.onclick = async () => {
      told.textContent = "";
      try {
        await navigator.share({
          title: document.title,
          url: fields.get("page")?.value,
        });
      } catch (error) {
        // A person who thinks better of it has nothing to be told.
        const { name, message } = /** @type {Error} */ (error);
        if (name !== "AbortError") told.textContent = message;
      }
    };
    box.append(send, told);
  }
  return box;
}

/** @param {import("./ways.js").Way} way */
function row({ id, label, about }) {
  const box = document.createElement("div");
  box.className = "way";
  const name = document.createElement("label");
  name.htmlFor = "way-" + id;
  name.textContent = label;
  const field = document.createElement("input");
  field.id = "way-" + id;
  field.readOnly = true;
  field.spellcheck = false;
  field.onfocus = () => field.select();
  fields.set(id, field);
  const { button, told } = copyButton(field, label);
  box.append(name, field, button, told);
  if (about !== undefined) {
    const text = document.createElement("p");
    text.id = "about-" + id;
    text.textContent = about;
    field.setAttribute("aria-describedby", text.id);
    box.append(text);
  }
  return box;
}

/** What others need who get the address. */
function accessNote() {
  const box = document.createElement("p");
  box.className = "access";
  const { needs, token } = access;
  if (needs === "password") box.textContent = SHARE.password;
  else if (token === "") box.textContent = SHARE.addToken;
  else {
    withToken.type = "checkbox";
    withToken.onchange = fill;
    const label = document.createElement("label");
    label.append(withToken, " " + SHARE.withToken);
    box.append(label);
  }
  return box;
}

/** Makes the button work. */
export function prepareSharing() {
  const share = element("share"), panel = element("sharing");
  share.onclick = () => show(!isOpen());
  for (const part of [share, panel]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      event.stopPropagation();
      show(false);
    });
  }
}
