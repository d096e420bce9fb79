/**
 * What the person has chosen for the wall: by the address, which may be a
 * bookmark of a screen, or by the controls, which are remembered.
 *
 * @module
 */

/** @typedef {"given" | "name" | "trouble"} Order */

/**
 * @typedef {object} Choices
 * @property {string[] | undefined} names Only these channels, in this order.
 * @property {number | undefined} columns
 * @property {number | undefined} rows Those that are seen at a time.
 * @property {Order} order
 * @property {boolean} isKiosk Without controls.
 */

const STORED = "gifstream wall";
const MOST_COLUMNS = 12;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * The choices that hold at first.
 *
 * @returns {Choices}
 */
export function firstChoices() {
  const query = new URLSearchParams(location.search);
  const grid = (query.get("grid") || "").match(/^(\d{1,2})(?:x(\d{1,2}))?$/);
  const names = (query.get("channels") || "").split(",")
    .filter((name) => NAME.test(name));
  const isKiosk = query.has("kiosk");
  const { columns, order } = stored();
  return {
    names: names.length > 0 ? Array.from(new Set(names)) : undefined,
    columns: grid === null ? columns : countOf(grid[1]),
    rows: grid === null ? undefined : countOf(grid[2]),
    order: orderOf(query.get("order") || order),
    isKiosk,
  };
}

/** @param {Choices} choices To find again the next time. */
export function remember({ columns, order }) {
  try {
    localStorage.setItem(STORED, JSON.stringify({ columns, order }));
  } catch {
    // The browser keeps nothing here: it is as it is then.
  }
}

/**
 * The part of an address after the question mark that has the same choices.
 *
 * @param {Choices} choices
 * @param {string[]} names Those that are shown.
 */
export function addressOf({ columns, rows, order }, names) {
  const parts = ["channels=" + names.join(",")];
  if (columns !== undefined) {
    parts.push("grid=" + columns + (rows === undefined ? "" : "x" + rows));
  }
  if (order !== "given") parts.push("order=" + order);
  return "?" + parts.join("&") + "&kiosk";
}

/** @returns {{ columns?: number, order?: string }} */
function stored() {
  try {
    /** @type {{ columns?: unknown, order?: string }} */
    const { columns, order } = JSON.parse(localStorage.getItem(STORED) || "{}");
    return { columns: countOf(columns), order };
  } catch {
    // It is not kept, or by something else.
    return {};
  }
}

/** @param {unknown} text */
function countOf(text) {
  const count = Number(text);
  return Number.isInteger(count) && count >= 1 && count <= MOST_COLUMNS
    ? count
    : undefined;
}

/** @param {unknown} text */
export function orderOf(text) {
  return text === "name" || text === "trouble" ? text : "given";
}
