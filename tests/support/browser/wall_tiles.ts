/**
 * The tiles of the viewer page's wall, as the page has them.
 *
 * @module
 */

import type { Tab } from "../engines/tab.ts";
import { until } from "./until.ts";

/** A tile. */
export interface SeenTile {
  name: string;
  state: string;
  about: string;
  /** A number that changes with the picture; 0 for none. */
  picture: number;
  bottom: number;
  isStop: boolean;
}

/** Those that are seen, in their order. */
export async function tilesOf(
  tab: Pick<Tab, "evaluate">,
): Promise<SeenTile[]> {
  return await tab.evaluate<SeenTile[]>(`Array.from(
    document.querySelectorAll(".wall #channels li"),
    (item) => {
      const canvas = item.querySelector("canvas");
      let picture = 0;
      if (canvas.width > 0) {
        const { data } = canvas.getContext("2d")
          .getImageData(0, 0, canvas.width, canvas.height);
        picture = 1;
        for (let i = 0; i < data.length; i += 4) {
          picture = (picture * 31 + data[i]) % 1000003;
        }
        picture++;
      }
      return {
        name: item.dataset.name,
        state: item.dataset.state,
        about: item.querySelector(".about").textContent,
        picture,
        bottom: item.getBoundingClientRect().bottom,
        isStop: item.querySelector("a").tabIndex === 0,
      };
    },
  )`);
}

/** Waits for so many pictures of each of these channels. */
export async function untilAllMove(
  tab: Pick<Tab, "evaluate">,
  names: readonly string[],
  count: number,
): Promise<void> {
  const seen = new Map<string, Set<number>>();
  await until("all to move", async () => {
    for (const { name, picture } of await tilesOf(tab)) {
      if (picture === 0) continue;
      seen.set(name, (seen.get(name) ?? new Set()).add(picture));
    }
    return seen.size === names.length &&
      [...seen.values()].every(({ size }) => size >= count);
  });
}
