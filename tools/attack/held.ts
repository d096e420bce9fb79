import { delay } from "@std/async/delay";
import type { Attack, Outcome } from "./attack.ts";
import { closeAll, get, many, socket } from "./clients.ts";
import type { Target } from "./target.ts";

/** The longest that connections may be held, in seconds. */
const MOST_SECONDS = 90;
/** Time between two looks, and between two bytes of a drip. */
const LOOK_MILLISECONDS = 2000;

const encoder = new TextEncoder();

/** Connections that are held open for nothing. */
interface Held {
  tried: string;
  /** What is sent at once. */
  text: string;
  count: number;
  /** What is sent again and again. */
  drip?: string;
}

const HELD: readonly Held[] = [
  { tried: "300 connections without a request", text: "", count: 300 },
  {
    tried: "300 requests that are half sent",
    text: "GET /live.gif HTTP/1.1\r\nHo",
    count: 300,
  },
  {
    tried: "100 requests that come byte by byte",
    text: "GET /live.gif HTTP/1.1\r\nHost: x\r\nX: ",
    count: 100,
    drip: "x",
  },
  {
    tried: "300 viewers that read nothing",
    text: get("/live.gif"),
    count: 300,
  },
  {
    tried: "2,000 WebSockets that read nothing",
    text: socket("/live/ws"),
    count: 2000,
  },
  {
    tried: "20 clips that nobody reads",
    text: get("/live/clip.gif?seconds=30"),
    count: 20,
  },
];

/** All of them at once: each waits for nothing but time. */
export const HELD_OPEN: Attack = {
  tried: HELD.map(({ tried }) => tried).join(", "),
  expected: `all let go within ${MOST_SECONDS} s, none of their descriptors ` +
    "left",
  async act(target) {
    const groups: Group[] = [];
    for (const held of HELD) groups.push(await open(target, held));
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    for (const group of groups) group.most = heldOf(target, group);
    while (
      groups.some(({ goneAfter }) => goneAfter === undefined) &&
      seconds() < MOST_SECONDS
    ) {
      await delay(LOOK_MILLISECONDS);
      for (const group of groups) {
        await dripOn(group);
        if (heldOf(target, group) === 0) group.goneAfter ??= seconds();
      }
    }
    const outcome = outcomeOf(target, groups);
    closeAll(groups.flatMap(({ connections }) => connections));
    return outcome;
  },
};

interface Group {
  held: Held;
  connections: Deno.Conn[];
  ports: ReadonlySet<number>;
  /** As many as the program had at the beginning. */
  most: number;
  goneAfter?: number;
}

async function open({ port }: Target, held: Held): Promise<Group> {
  const connections: Deno.Conn[] = [];
  for (let left = held.count; left > 0; left -= 100) {
    connections.push(...await many(port, held.text, Math.min(left, 100)));
  }
  const ports = connections.map(({ localAddr }) =>
    (localAddr as Deno.NetAddr).port
  );
  return { held, connections, ports: new Set(ports), most: 0 };
}

/** Connections of a group for which the program has a descriptor still. */
function heldOf(target: Target, { ports }: Group): number {
  return target.clientPorts().filter((port) => ports.has(port)).length;
}

async function dripOn({ held: { drip }, connections }: Group): Promise<void> {
  if (drip === undefined) return;
  for (const connection of connections) {
    // Most are hung up on at some time.
    await connection.write(encoder.encode(drip)).catch(() => {});
  }
}

function outcomeOf(target: Target, groups: readonly Group[]): Outcome {
  const came = groups.map((group) => {
    const { held: { tried }, most, goneAfter } = group;
    const end = goneAfter === undefined
      ? `${heldOf(target, group)} LEFT after ${MOST_SECONDS} s`
      : `none after ${goneAfter.toFixed(0)} s`;
    return `${tried}: ${most} held, ${end}`;
  });
  return {
    came: came.join("; "),
    holds: groups.every(({ goneAfter }) => goneAfter !== undefined),
  };
}
