/**
 * What the page's own address says of access, and takes out of it: secrets
 * belong neither into an address that others see, nor into one that scripts
 * load from.
 *
 * @module
 */

import { element } from "../elements.js";

/** What lets viewers in, as far as the page knows. */
export const access = {
  /** What the server wants. @type {"" | "token" | "password"} */
  needs: "",
  /** The token, if the page was opened with it. */
  token: "",
};

/**
 * Takes user, password and token out of the address.
 *
 * @returns {boolean} True if the page is loaded anew under another address:
 * scripts can load nothing relative to one with a password.
 */
export function cleanAddress() {
  const { needs } = element("stage").dataset;
  if (needs === "token" || needs === "password") access.needs = needs;
  const here = new URL(document.URL);
  access.token = here.searchParams.get("token") ?? "";
  if (access.needs !== "") here.searchParams.delete("token");
  if (here.username !== "" || here.password !== "") {
    here.username = here.password = "";
    location.replace(here.href);
    return true;
  }
  // The browser keeps it in a cookie.
  if (here.href !== document.URL) {
    history.replaceState(history.state, "", here.href);
  }
  return false;
}

/** The channel's name in the page's address; empty where the first is meant. */
export function nameInAddress() {
  return location.pathname.replace(/^.*\//, "");
}
