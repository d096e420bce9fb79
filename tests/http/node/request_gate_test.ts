import { assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Channel } from "../../../src/channel/channel.ts";
import { serveByNode } from "../../../src/http/node/node_server.ts";
import { RequestGate } from "../../../src/http/node/request_gate.ts";
import { WaitingConnections } from "../../../src/http/node/waiting_connections.ts";
import { WaitingRoom } from "../../../src/http/node/waiting_room.ts";
import { until } from "../../support/browser/until.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { bytes } from "../../support/gif/gif_bytes.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

function get(path: string, fields = ""): string {
  return `GET ${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
}

function post(body: string): string {
  return `POST /healthz HTTP/1.1\r\nHost: x\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`;
}

const LAST = "Connection: close\r\n";

/** A test with a server of one channel. */
function serverTest(
  name: string,
  use: (port: number, channel: Channel) => Promise<void>,
): void {
  Deno.test(`RequestGate ${name}`, async () => {
    const channel = new Channel();
    const server = await serveByNode(channel, { port: 0 });
    await use(server.addr.port, channel);
    channel.close();
    await server.shutdown();
  });
}

/** All that comes back for what is sent, in pieces as they are given. */
async function answersTo(port: number, ...pieces: string[]): Promise<string> {
  using connection = await Deno.connect({ port });
  const answer = new Response(connection.readable).bytes();
  const writer = connection.writable.getWriter();
  for (const piece of pieces) {
    await writer.write(bytes(piece));
    if (pieces.length > 1) await delay(1);
  }
  return new TextDecoder("latin1").decode(await answer);
}

function statusesIn(answers: string): number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, it]) => Number(it));
}

serverTest(
  "has requests answered in the order in which they came",
  async (port) => {
    const paths = Array.from(
      { length: 200 },
      (_, i) =>
        i % 3 === 0 ? "/api/channels" : i % 3 === 1 ? "/nothing" : "/healthz",
    );
    const requests = paths.map((path) => get(path)).join("");
    const answers = await answersTo(port, requests + get("/healthz", LAST));
    const expected = paths.map((path) => path === "/nothing" ? 404 : 200);
    assertEquals(statusesIn(answers).slice(0, -1), expected);
  },
);

serverTest(
  "takes requests whose bytes come one by one",
  async (port) => {
    const requests = get("/healthz") + get("/nothing") + get("/healthz", LAST);
    assertEquals(statusesIn(await answersTo(port, ...requests)), [
      200,
      404,
      200,
    ]);
  },
);

serverTest("tells bodies from the requests behind them", async (port) => {
  const bodies = ["", "x", get("/nothing"), "\r\n\r\n".repeat(1000)];
  const requests = bodies.map((body) => post(body) + get("/healthz"));
  const last = get("/healthz", LAST);
  const statuses = statusesIn(await answersTo(port, requests.join("") + last));
  assertEquals(statuses, [...bodies.flatMap(() => [405, 200]), 200]);
});

serverTest(
  "lets a stream begin behind other answers",
  async (port, channel) => {
    publishFrame(channel, colorFrame(8, 8, [1, 2, 3]));
    const requests = get("/healthz") + get("/nothing") + get("/live.gif");
    const answers = answersTo(port, requests);
    await until("the viewer", () => channel.viewers === 1);
    channel.close();
    const text = await answers;
    assertEquals(statusesIn(text), [200, 404, 200]);
    assertMatch(text, /GIF89a[^]*;/);
  },
);

serverTest(
  "lets a WebSocket open behind other answers",
  async (port, channel) => {
    publishFrame(channel, colorFrame(8, 8, [1, 2, 3]));
    const upgrade = get(
      "/live/ws",
      "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
        "Sec-WebSocket-Version: 13\r\n",
    );
    using connection = await Deno.connect({ port });
    await connection.write(bytes(get("/healthz") + upgrade));
    const buffer = new Uint8Array(65536);
    let text = "";
    while (!text.includes("GIF89a")) {
      const size = await connection.read(buffer);
      text += new TextDecoder("latin1").decode(buffer.subarray(0, size!));
    }
    assertEquals(statusesIn(text), [200, 101]);
  },
);

/** A server of Node's that answers nothing by itself. */
async function bareServer(
  room: WaitingRoom,
  onRequest = (_gate: RequestGate) => {},
) {
  const answers: (() => void)[] = [];
  const server = createServer((incoming, outgoing) => {
    const gate = incoming.socket as unknown as RequestGate;
    onRequest(gate);
    gate.answerInTurn(incoming, outgoing, () => {
      answers.push(() => outgoing.end());
    });
  });
  const [serve] = server.listeners("connection");
  const shared = { room, waiting: new WaitingConnections() };
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    socket.once("readable", () => {
      serve.call(server, new RequestGate(socket, socket.read(), shared));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const connection = await Deno.connect({ port });
  const end = async () => {
    connection.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { connection, answers, end };
}

Deno.test("RequestGate shows its server one request at a time", async () => {
  const { connection, answers, end } = await bareServer(new WaitingRoom(1000));
  await connection.write(bytes(get("/").repeat(5)));
  for (let i = 0; i < 5; i++) {
    await until("the request", () => answers.length > i);
    await delay(20);
    assertEquals(answers.length, i + 1);
    answers[i]();
  }
  await end();
});

Deno.test("RequestGate hands on no body in the middle of its head", async () => {
  const { connection, answers, end } = await bareServer(
    new WaitingRoom(1000),
    // As when Deno runs microtasks in the middle of a handler.
    (gate) => gate.emit("resume"),
  );
  await connection.write(bytes(post("body")));
  await until("the request", () => answers.length > 0);
  answers[0]();
  const answer = new Uint8Array(12);
  await connection.read(answer);
  assertEquals(new TextDecoder().decode(answer), "HTTP/1.1 200");
  await end();
});

Deno.test("RequestGate cuts off a client with too much that waits", async () => {
  const { connection, end } = await bareServer(new WaitingRoom(1000));
  await connection.write(bytes(get("/").repeat(100)));
  const cut = connection.read(new Uint8Array(1)).catch(() => null);
  assertEquals(await cut, null);
  await end();
});
