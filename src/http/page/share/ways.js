/**
 * Ways to take a channel along: addresses, and code for other pages.
 *
 * @module
 */

import { SHARE } from "../words.js";

/**
 * @typedef {object} Way
 * @property {string} id
 * @property {string} label
 * @property {string} [about] What it is good for.
 * @property {string} text What is copied.
 */

/**
 * All ways, the page's address first.
 *
 * @param {string} name Of the channel.
 * @param {{ width: number, height: number } | undefined} size Of its picture.
 * @param {string} query Behind each address: empty, or as in `?token=TOKEN`.
 * @returns {Way[]}
 */
export function waysTo(name, size, query) {
  const here = new URL(location.href);
  here.search =
    here.hash =
    here.username =
    here.password =
      "";
  const to = (/** @type {string} */ path, more = query) =>
    new URL(path, here.href).href + more;
  const gif = to(name + ".gif");
  const shape = size === undefined
    ? ""
    : ' width="' + size.width + '" height="' + size.height + '"';
  return [
    { id: "page", label: SHARE.page, text: to(name) },
    {
      id: "element",
      label: SHARE.element,
      about: SHARE.aboutElement,
      text: '<script src="' + to("embed.js", "") + '" async></script>' +
        '<gif-stream src="' + gif + '"></gif-stream>',
    },
    {
      id: "frame",
      label: SHARE.frame,
      about: SHARE.aboutFrame,
      text: '<iframe src="' + to(name + "/embed") + '"' + shape +
        ' style="border:0"></iframe>',
    },
    {
      id: "img",
      label: SHARE.img,
      about: SHARE.aboutImg,
      text: '<img src="' + gif + '">',
    },
    { id: "gif", label: SHARE.gif, text: gif },
    { id: "mjpeg", label: SHARE.mjpeg, text: to(name + ".mjpeg") },
    { id: "still", label: SHARE.still, text: to(name + "/snapshot.jpg") },
  ];
}
