/**
 * What a browser shows, and when, as exactly as can be told from outside.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import type { CDPSession, Page } from "puppeteer-core";
import type { Rectangle } from "../../tests/support/browser/browser.ts";
import { readNumber } from "../../tests/support/browser/numbered_frame.ts";
import { decodePng } from "../../tests/support/browser/pixels.ts";
import type { VirtualScreen } from "../../tests/support/screen/virtual_screen.ts";

const SCREEN_INTERVAL_MILLISECONDS = 2;

/** A picture, on the screen at some moment between two times. */
interface Capture {
  png: Uint8Array;
  /** It was on the screen no earlier than this, by {@linkcode now}. */
  earliestMilliseconds: number;
  /** It was on the screen by this time. */
  latestMilliseconds: number;
}

/** The first time a number was seen. */
export interface Sighting {
  number: number;
  earliestMilliseconds: number;
  latestMilliseconds: number;
}

/** Looks at the picture until it is stopped. */
export interface Camera {
  /** Ends it, and tells when each number was seen first. */
  stop(): Promise<Sighting[]>;
}

/** The time of day in milliseconds, finer than `Date.now()`. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Chromium tells each picture that it puts on the screen, with the time.
 * Its screenshots take 50 ms each: too long to look for some 50 ms.
 */
export async function screencast(page: Page): Promise<Camera> {
  const captures: Capture[] = [];
  const session: CDPSession = await page.createCDPSession();
  session.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    // The time it is meant for, which may be a little ahead.
    const meant = metadata.timestamp! * 1000;
    const received = now();
    captures.push({
      png: Uint8Array.from(atob(data), (c) => c.charCodeAt(0)),
      earliestMilliseconds: Math.min(meant, received),
      latestMilliseconds: Math.max(meant, received),
    });
    session.send("Page.screencastFrameAck", { sessionId });
  });
  await session.send("Page.startScreencast", { format: "png" });
  return {
    async stop() {
      await session.send("Page.stopScreencast");
      return await firstSightings(captures);
    },
  };
}

/** Takes screenshots one after the other; Firefox needs 5 ms for a small one. */
export function screenshots(page: Page, side: number): Camera {
  const captures: Capture[] = [];
  const clip = { x: 0, y: 0, width: side, height: side };
  let running = true;
  const done = (async () => {
    let before = now();
    while (running) {
      const begin = now();
      const png = await page.screenshot({ clip, captureBeyondViewport: false });
      captures.push({
        png,
        // It may have come right after the last look began.
        earliestMilliseconds: before,
        latestMilliseconds: now(),
      });
      before = begin;
    }
  })();
  return {
    async stop() {
      running = false;
      await done;
      return await firstSightings(captures);
    },
  };
}

/** Looks at a place on a screen in memory, which takes less than 1 ms. */
export function screenReader(screen: VirtualScreen, place: Rectangle): Camera {
  const sightings = new Map<number, Sighting>();
  let running = true;
  const done = (async () => {
    let before = now();
    while (running) {
      const begin = now();
      const number = readNumber(screen.look(place));
      if (number !== undefined && !sightings.has(number)) {
        sightings.set(number, {
          number,
          earliestMilliseconds: before,
          latestMilliseconds: now(),
        });
      }
      before = begin;
      await delay(SCREEN_INTERVAL_MILLISECONDS);
    }
  })();
  return {
    async stop() {
      running = false;
      await done;
      return [...sightings.values()];
    },
  };
}

/** Finds when each number was seen first. */
function firstSightings(captures: Capture[]): Sighting[] {
  const pictures = captures.map(({ png }) => decodePng(png));
  const sightings = new Map<number, Sighting>();
  pictures.forEach((picture, i) => {
    const number = readNumber(picture);
    if (number === undefined || sightings.has(number)) return;
    const { earliestMilliseconds, latestMilliseconds } = captures[i];
    sightings.set(number, { number, earliestMilliseconds, latestMilliseconds });
  });
  return [...sightings.values()];
}
