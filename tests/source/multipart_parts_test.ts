import { assertEquals, assertThrows } from "@std/assert";
import {
  MultipartError,
  MultipartReader,
} from "../../src/source/multipart_parts.ts";

/** The contents of all parts; `|` stands for the end of each. */
function read(body: string, chunkLength: number): string {
  const reader = new MultipartReader();
  let found = "";
  for (let at = 0; at < body.length; at += chunkLength) {
    const chunk = Uint8Array.from(
      body.slice(at, at + chunkLength),
      (letter) => letter.charCodeAt(0),
    );
    for (const piece of reader.push(chunk)) {
      found += "end" in piece ? "|" : String.fromCharCode(...piece.content);
    }
  }
  return found;
}

const CASES: [name: string, body: string, found: string][] = [
  [
    "parts",
    "--b\r\nA: b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n",
    "one|two|",
  ],
  ["line feeds only", "--b\nA: b\n\none\n--b\n\ntwo\n--b--\n", "one|two|"],
  ["a preamble", "some text\r\n\r\n--b\r\n\r\none\r\n--b", "one"],
  [
    "empty parts",
    "--b\r\n\r\n\r\n--b\r\n\r\n--b\r\n\r\none\r\n--b--\n",
    "||one|",
  ],
  [
    "doubled dashes",
    "----b\r\n\r\none\r\n----b\r\n\r\ntwo\r\n--b--\n",
    "one|two|",
  ],
  [
    "dashes within",
    "--b\r\n\r\na\r\n--c\n-\r\n--b\r\n\r\n--b--\n",
    "a\r\n--c\n-||",
  ],
  [
    "Base64, and what is none after it",
    "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nb25l\r\nZS\r\nE=\r\n" +
    "--b\r\nContent-Transfer-Encoding: binary\r\n\r\nb25l\r\n" +
    "--b\ncontent-transfer-encoding:BASE64\nContent-Length: 4\n\ndHdv\n--b--\n",
    "onee!|b25l|two|",
  ],
  ["no blank line yet", "--b\r\nA: b\r\n", ""],
  [
    "lengths",
    "--b\r\nContent-Length: 7\r\n\r\na\n--b\r\n\r\n--b\r\n\r\nx\r\n--b--\n",
    "a\n--b\r\n|x|",
  ],
  [
    "a length, and no line end before the boundary",
    "--b\ncontent-length:3\n\none--b\ncontent-length:3\n\ntwo--b--\n",
    "one|two|",
  ],
  [
    "lengths that are too small",
    "--b\nContent-Length: 2\n\none\n--b\nContent-Length: 2\n\ntwo\n--b--\n",
    "on|e|two|",
  ],
  [
    "a length that is too large, and those after it",
    "--b\nContent-Length: 9\n\none\n--b\nContent-Length: 9\n\ntwo\n" +
    "--b\nContent-Length: 9\n\nsix\n--b--\n",
    "one\n--b\nC|ontent-Length: 9\n\ntwo|six|",
  ],
];

for (const [name, body, found] of CASES) {
  Deno.test(`MultipartReader reads ${name}`, () => {
    for (let length = 1; length <= body.length; length++) {
      assertEquals(read(body, length), found, `chunks of ${length}`);
    }
  });
}

Deno.test("MultipartReader gives bytes as soon as they are no boundary", () => {
  const reader = new MultipartReader();
  const push = (text: string) =>
    [...reader.push(new TextEncoder().encode(text))].map((piece) =>
      "end" in piece ? "|" : new TextDecoder().decode(piece.content)
    ).join("");
  assertEquals(push("--b\r\n\r\nab"), "ab");
  assertEquals(push("\r\n--"), "");
  assertEquals(push("c"), "\r\n--c");
  assertEquals(push("\r\n--b\r\nContent-Length: 2\r\n\r\nab"), "|ab|");
});

Deno.test("MultipartReader refuses what has no end of a head", () => {
  for (
    const body of [
      "x".repeat(20_000),
      "--\r\n\r\n",
      "--b\n" + "a: b\n".repeat(5000),
    ]
  ) {
    assertThrows(() => read(body, 100), MultipartError);
  }
});
