/**
 * Mistakes in places that look after others: each is counted, and all goes on.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { readEnvironment } from "../../src/cli/config/environment.ts";
import { readSettings } from "../../src/cli/config/settings.ts";
import type { Lineup } from "../../src/cli/lineup/lineup.ts";
import { readCommandLine } from "../../src/cli/options/command_line.ts";
import { Report } from "../../src/cli/output/report.ts";
import { Reload } from "../../src/cli/reload.ts";
import { SocketAnswer } from "../../src/http/answer/socket_answer.ts";
import { openSocket } from "../../src/http/connection/upgrade.ts";
import { DescriptorReserve } from "../../src/http/listening/descriptor_reserve.ts";
import { attachWithStatus } from "../../src/http/resources/state/status_ticker.ts";
import { SilentClients } from "../../src/http/sockets/silent_clients.ts";
import type { SystemSockets } from "../../src/http/sockets/system_sockets.ts";
import { catchAll } from "../../src/log/catch_all.ts";
import { Faults } from "../../src/log/faults.ts";
import { until } from "../support/browser/until.ts";
import { testBothServers } from "../support/http/both_servers.ts";

function fail(): never {
  throw new TypeError("made to fail");
}

/** Lets a test throw where nobody catches, as a program does. */
async function uncaught(
  act: (faults: Faults) => Promise<void>,
): Promise<void> {
  const faults = new Faults(() => {});
  const stop = catchAll(faults);
  try {
    await act(faults);
  } finally {
    stop();
  }
}

Deno.test("Channels tells the others when one follower throws", () => {
  const faults = new Faults(() => {});
  const channels = new Channels([], { faults });
  const told: string[] = [];
  channels.follow({ added: fail, removed: fail, closed: fail });
  channels.follow({
    added: ({ name }) => told.push(`+${name}`),
    removed: ({ name }) => told.push(`-${name}`),
    closed: () => told.push("closed"),
  });
  channels.add(new Channel({ name: "door" }));
  channels.remove("door");
  channels.close();
  assertEquals(told, ["+door", "-door", "closed"]);
  assertEquals(faults.counts.program, 3);
});

Deno.test("a viewer who cannot be told the state leaves its channel, too", () => {
  const channels = new Channels([new Channel()]);
  const about = { channels, faults: new Faults(() => {}) };
  const connection = { hasRoom: true, send: fail, end() {}, abort() {} };
  let left = 0, failed = 0;
  try {
    attachWithStatus(
      { ...about, telling: "changes" },
      connection,
      () => () => left++,
    );
  } catch {
    failed++;
  }
  assertEquals([failed, left], [1, 1]);
  channels.close();
});

Deno.test("SilentClients looks again after a mistake", () =>
  uncaught(async (faults) => {
    let looks = 0;
    const connectionsTo = () => {
      if (++looks === 1) fail();
      return { connections: [], next: undefined };
    };
    const clients = new SilentClients({
      sockets: { connectionsTo } as unknown as SystemSockets,
      port: 1,
      answered: () => [],
      restMilliseconds: 1,
    });
    await until("another look", () => looks > 2);
    clients.close();
    assertEquals(faults.counts.program, 1);
  }));

Deno.test("DescriptorReserve tells again after a mistake of who is told", () =>
  uncaught(async (faults) => {
    let told = 0;
    const reserve = new DescriptorReserve({
      spare: {
        lasting: true,
        take: () => {
          throw Object.assign(new Error("too many"), { code: "EMFILE" });
        },
        inUse: () => 0,
      },
      onShort: () => void (++told === 1 && fail()),
      onEnough: () => {},
    });
    await until("the next word", () => told > 1);
    reserve.close();
    assertEquals(faults.counts.program, 1);
  }));

Deno.test("a WebSocket whose beginning fails ends alone", () => {
  const faults = new Faults(() => {});
  let left = 0, closed = 0;
  const socket = Object.assign(new EventTarget(), {
    readyState: WebSocket.OPEN,
    bufferedAmount: 0,
    send: fail,
    close: () => closed++,
  }) as unknown as WebSocket;
  const answer = new SocketAnswer((connection) => {
    connection.send(Uint8Array.of(1));
    return () => left++;
  });
  const upgradeWebSocket = () => ({ socket, response: new Response() });
  const request = new Request("http://localhost/live/ws");
  openSocket(request, answer, { upgradeWebSocket, faults });
  socket.dispatchEvent(new Event("open"));
  assertEquals([faults.counts.viewer, left, closed], [1, 1, 1]);
});

Deno.test("a mistake while the configuration is read again changes nothing", async () => {
  const lines: string[] = [];
  const report = new Report({
    format: "text",
    terminal: false,
    statusMilliseconds: 1000,
    columns: () => 80,
    write: (text) => lines.push(text),
  });
  const line = readCommandLine(["test:"]), environment = readEnvironment();
  const settings = await readSettings(line, environment);
  const faults = new Faults(() => {});
  let reads = 0, taken = 0;
  const change = { added: 0, restarted: 0, replaced: 0, removed: 0 };
  const lineup = { change: () => ({ ...change, unchanged: 1 }) };
  const reload = new Reload({
    ...{ line, environment, settings, report, faults },
    lineup: lineup as unknown as Lineup,
    onRead: () => void (++reads === 1 && fail()),
    onTaken: () => taken++,
  });
  reload.start();
  await until("the mistake", () => lines.join("").includes("made to fail"));
  assertEquals([taken, faults.counts.program], [0, 1]);
  reload.start();
  await until("the next reading", () => lines.join("").includes("read again"));
  assertEquals(taken, 1);
});

const faults = new Faults(() => {});

testBothServers(
  "answers the next request after a mistake in one",
  async (base, channels) => {
    const before = faults.counts.request;
    const [channel] = channels;
    const { status } = channel;
    channel.status = fail;
    const failed = await fetch(`${base}/api/channels`);
    assertEquals(failed.status, 500);
    assert(!(await failed.text()).includes("made to fail"));
    channel.status = status;
    const next = await fetch(`${base}/api/channels`);
    assertEquals(next.status, 200);
    await next.body?.cancel();
    assertEquals(faults.counts.request, before + 1);
  },
  { faults },
);
