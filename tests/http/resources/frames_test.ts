import { assert, assertEquals, assertMatch } from "@std/assert";
import { PictureFiles } from "../../../src/image/image_splitter.ts";
import { Ingest } from "../../../src/ingest/ingest.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../support/http/both_servers.ts";
import {
  ANY_NAME,
  GIF,
  post,
  taking,
  TOKEN,
  waitForParts,
} from "../../support/http/sending.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";

testBothServers("takes a GIF for a channel", async (base, channels) => {
  const response = await post(`${base}/live/frames`, GIF);
  assertEquals(await response.json(), { frames: 1, refused: 0 });
  assertEquals(response.status, 200);
  assertEquals(channels.first?.screen, { width: 4, height: 3 });
  const unnamed = await post(`${base}/frames`, GIF, { method: "PUT" });
  assertEquals(await unnamed.json(), { frames: 1, refused: 0 });
}, { configure: taking(), workers: true });

testBothServers("says who may send", async (base, channels) => {
  const cases: [Record<string, string>, RegExp][] = [
    [{}, /^Frames need the server's token: Authorization: Bearer TOKEN\.\n$/],
    [{ authorization: "Bearer let-me-inn" }, /what was sent is not it/],
    [{ authorization: "Basic let-me-in" }, /what was sent is not it/],
    [{ authorization: "Bearer" }, /need the server's token/],
  ];
  for (const [headers, sentence] of cases) {
    const response = await fetch(`${base}/live/frames?token=${TOKEN}`, {
      method: "POST",
      headers,
      body: GIF,
    });
    assertEquals(response.status, 401);
    assertEquals(
      response.headers.get("www-authenticate"),
      'Bearer realm="gifstream frames"',
    );
    assertMatch(await response.text(), sentence);
  }
  assertEquals(channels.first?.status().frames, 0);
}, { configure: taking() });

testBothServers("takes the token in any way if told so", async (base) => {
  const send = (query: string, authorization?: string) =>
    fetch(`${base}/live/frames${query}`, {
      method: "POST",
      headers: authorization === undefined ? {} : { authorization },
      body: GIF,
    });
  const basic = (text: string) => `Basic ${btoa(text)}`;
  const cases: [string, string | undefined, number][] = [
    ["", `Bearer ${TOKEN}`, 200],
    ["", basic(`camera:${TOKEN}`), 200],
    ["", basic(`:${TOKEN}`), 200],
    [`?token=${TOKEN}`, undefined, 200],
    ["", basic(`${TOKEN}:wrong`), 401],
    ["?token=wrong", basic("camera:wrong"), 401],
    ["", undefined, 401],
  ];
  for (const [query, authorization, status] of cases) {
    const response = await send(query, authorization);
    assertEquals(response.status, status, `${query} ${authorization}`);
    if (status === 401) {
      const challenge = response.headers.get("www-authenticate");
      assertMatch(challenge ?? "", /^Basic realm=.*, Bearer realm=/);
    }
    await response.body?.cancel();
  }
}, {
  configure: (channels) => {
    const { ingest } = taking()(channels);
    return { ingest: { ...ingest!, anyAuthentication: true } };
  },
});

testBothServers("takes no frames without a token", async (base) => {
  const response = await post(`${base}/live/frames`, GIF);
  assertEquals(response.status, 403);
  const text = await response.text();
  assertMatch(text, /^This server takes no frames, .* who send them\.\n$/);
});

testBothServers(
  "takes the head of a part, or its line break, without its content",
  async (base) => {
    const head = "--b\r\nContent-Type: image/jpeg\r\n";
    const bodies = [
      `${head}Content-Length: 99\r\n\r\n`,
      `${head}\r\n--b--\r\n`,
      "\r\n",
    ];
    for (const body of bodies) {
      const response = await post(`${base}/live/frames`, body);
      assertEquals(await response.json(), { frames: 0, refused: 0 }, body);
    }
    const text = await post(`${base}/live/frames`, `${head}\r\nno picture`);
    assertEquals(text.status, 415);
    await text.body?.cancel();
  },
  { configure: taking() },
);

testBothServers("says how to make it take frames", async (base) => {
  const response = await post(`${base}/live/frames`, GIF);
  assertEquals(response.status, 403);
  assertMatch(await response.text(), /who send them: begin with a token\.\n$/);
}, {
  configure: (channels) => ({
    ingest: { intake: new Ingest(channels), advice: "begin with a token" },
  }),
});

testBothServers(
  "says what is wrong with what is sent",
  async (base, channels) => {
    const zip = bytes("PK\x03\x04 and so on");
    const cut = GIF.slice(0, -4);
    const offScreen = image({ left: 65535, width: 1, height: 3 });
    const tooWide = bytes(header(4, 3), offScreen, TRAILER);
    const cases: [string, BodyInit | null, number, RegExp][] = [
      [
        "/live/frames",
        zip,
        415,
        /expected GIF, JPEG or PNG.* 50 4b 03 04\.\n$/,
      ],
      ["/live/frames", "", 400, /empty|nothing/],
      ["/live/frames", null, 400, /empty|nothing/],
      ["/live/frames", cut, 400, /^Cannot read GIF: .*\.\n$/],
      ["/live/frames", GIF.slice(0, 3), 415, /found 47 49 46/],
      [
        "/live/frames",
        new Uint8Array([0xff, 0xd8, 0xff, 0xd9]),
        400,
        /picture|JPEG|all there/,
      ],
      [
        "/live/frames",
        bytes(GIF.slice(0, 13), new Uint8Array(20)),
        400,
        /GIF/,
      ],
      ["/live/frames", tooWide, 400, /65535 pixels a side, found 65536x3/],
      [
        "/live/frames",
        bytes(GIF, new Uint8Array(2000)),
        413,
        /most 1000 bytes/,
      ],
      ["/other/frames", GIF, 404, /there is no such channel/],
      ["/camera/frames", GIF, 409, /has its frames from another source/],
    ];
    for (const [path, body, status, sentence] of cases) {
      const response = await post(base + path, body);
      const text = await response.text();
      assertEquals(response.status, status, `${path}: ${text}`);
      assertMatch(text, sentence);
    }
    const get = await fetch(`${base}/live/frames`);
    assertEquals(get.status, 405);
    assertEquals(get.headers.get("allow"), "POST, PUT, OPTIONS");
    assertMatch(await get.text(), /takes POST, PUT, OPTIONS, not GET/);
    assertEquals(channels.first?.status().frames, 1);
  },
  {
    names: ["live", "camera"],
    configure: taking({
      maxFrameBytes: 1000,
      accepts: ({ name }) => name !== "camera",
    }),
    workers: true,
  },
);

testBothServers(
  "makes channels, and no more than allowed",
  async (base, channels) => {
    for (const name of ["one", "two"]) {
      const response = await post(`${base}/${name}/frames`, GIF);
      assertEquals(await response.json(), { frames: 1, refused: 0 });
    }
    const third = await post(`${base}/three/frames`, GIF);
    assertEquals(third.status, 503);
    assertMatch(await third.text(), /there are 2 channels already/);
    const reserved = await post(`${base}/api/frames`, GIF);
    assertEquals(reserved.status, 404);
    assertMatch(await reserved.text(), /the name is reserved/);
    assertEquals([...channels].map(({ name }) => name), ["one", "two"]);
  },
  {
    names: [],
    configure: taking({ ...ANY_NAME, maxChannels: 2 }),
  },
);

const refusals: string[] = [];

testBothServers("says in its log who was refused", async (base) => {
  refusals.length = 0;
  const wrong = { headers: { authorization: "Bearer wrong" } };
  await (await post(`${base}/live/frames`, GIF, wrong)).text();
  await (await post(`${base}/none/frames`, GIF)).text();
  assertEquals(refusals, [
    "Frames for live were refused: Frames need the server's token: " +
    "Authorization: Bearer TOKEN; what was sent is not it.",
    "Frames for none were refused: Cannot send to none: there is no such " +
    "channel.",
  ]);
}, {
  configure: (channels) => ({
    ingest: {
      token: TOKEN,
      intake: new Ingest(channels),
      onRefused: (message) => refusals.push(message),
    },
  }),
});

const mistakes: unknown[] = [];

testBothServers(
  "makes nothing of a sender that is cut off",
  async (base, channels) => {
    mistakes.length = 0;
    const { hostname, port } = new URL(base);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(
      bytes(
        `POST /live/frames HTTP/1.1\r\nHost: ${hostname}\r\n` +
          `Authorization: Bearer ${TOKEN}\r\nContent-Length: 9999\r\n\r\n`,
        GIF,
        GIF.slice(0, 20),
      ),
    );
    await waitForParts(channels.first!, 1);
    connection.close();
    // The place is free again.
    for (let answered = 0; answered < 9; answered++) {
      const response = await post(`${base}/live/frames`, GIF.slice(0, 20));
      assertEquals(response.status, 400);
      await response.text();
    }
    assertEquals(mistakes, []);
  },
  {
    configure: (channels) => ({
      onError: (error) => mistakes.push(error),
      ...taking()(channels),
    }),
    workers: true,
  },
);

testBothServers("hands a JPEG on untouched", async (base) => {
  const jpeg = plainJpeg(32, 16, [10, 200, 30]);
  await (await post(`${base}/live/frames`, jpeg)).text();
  const viewer = await fetch(`${base}/live.mjpeg`);
  const files = new PictureFiles();
  for await (const chunk of viewer.body!) {
    const [file] = files.push(chunk);
    if (file === undefined) continue;
    assertEquals(file, jpeg);
    break;
  }
}, { configure: taking() });

testBothServers("goes on though those do whom it has refused", async (base) => {
  const { hostname, port } = new URL(base);
  const head = "POST /live/frames HTTP/1.1\r\nHost: x\r\n" +
    `Authorization: Bearer ${TOKEN}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const encoder = new TextEncoder();
  const nonsense = encoder.encode(`1000\r\n${"x".repeat(4096)}\r\n`);
  for (let i = 0; i < 2; i++) {
    using connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(encoder.encode(head));
    const sending = sendUntilClosed(connection, nonsense);
    const answer = new Uint8Array(12);
    await connection.read(answer);
    assertEquals(new TextDecoder().decode(answer), "HTTP/1.1 415");
    await connection.closeWrite();
    await sending;
  }
  const response = await post(`${base}/live/frames`, GIF);
  assertEquals(await response.json(), { frames: 1, refused: 0 });
}, { configure: taking() });

async function sendUntilClosed(
  connection: Deno.Conn,
  bytes: Uint8Array,
): Promise<void> {
  try {
    while (true) await connection.write(bytes);
  } catch (error) {
    assert(error instanceof Error);
  }
}
