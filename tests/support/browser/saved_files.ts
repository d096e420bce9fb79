/**
 * Files that a page saves.
 *
 * @module
 */

import { join } from "@std/path";
import type { Page } from "puppeteer-core";
import { until } from "./until.ts";

/** A folder for what one page saves; only Chromium can be told so. */
export class SavedFiles implements AsyncDisposable {
  readonly #folder: string;
  readonly #taken = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Lets a page save into a folder of its own. */
  static async of(page: Page): Promise<SavedFiles> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-saved-" });
    const session = await page.createCDPSession();
    await session.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: folder,
    });
    return new SavedFiles(folder);
  }

  /** The next file that is there as a whole. */
  async next(): Promise<{ name: string; bytes: Uint8Array }> {
    return await until("a saved file", async () => {
      for await (const { name } of Deno.readDir(this.#folder)) {
        if (name.endsWith(".crdownload") || this.#taken.has(name)) continue;
        if (name.startsWith(".")) continue;
        this.#taken.add(name);
        return { name, bytes: await Deno.readFile(join(this.#folder, name)) };
      }
      return undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}
