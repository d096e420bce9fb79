import { assertEquals, assertThrows } from "@std/assert";
import { HttpError } from "../../../src/http/answer/http_error.ts";
import type { NumberRange } from "../../../src/http/parameters/number_range.ts";
import type { NumberParameter } from "../../../src/http/parameters/query_parameter.ts";
import {
  readChoice,
  readNumber,
} from "../../../src/http/parameters/read_parameter.ts";

const FPS: NumberParameter & NumberRange = {
  type: "number",
  name: "fps",
  description: "",
  min: 0.1,
  max: 50,
};

function fps(query: string): number | undefined {
  return readNumber(new URLSearchParams(query), FPS);
}

Deno.test("readNumber() reads a number in its range", () => {
  assertEquals(fps("fps=5"), 5);
  assertEquals(fps("fps=0.5"), 0.5);
  assertEquals(fps("fps=.5"), 0.5);
  assertEquals(fps("other=1&fps=50"), 50);
  assertEquals(fps("fps=5&fps=6"), 5);
});

Deno.test("readNumber() gives undefined where there is none", () => {
  assertEquals(fps(""), undefined);
  assertEquals(fps("FPS=5&t=42"), undefined);
});

Deno.test("readNumber() refuses what is no number in its range", () => {
  for (const text of ["", "0", "51", "-5", "five", "1e1", "0x5", "NaN", "5 "]) {
    const query = `fps=${encodeURIComponent(text)}`;
    const error = assertThrows(() => fps(query), HttpError);
    assertEquals(error.status, 400);
    assertEquals(
      error.message,
      "The parameter fps must be a number from 0.1 to 50, not " +
        `${text ? JSON.stringify(text) : "nothing"}.`,
    );
  }
});

Deno.test("readNumber() refuses fractions where it wants none", () => {
  const query = new URLSearchParams("width=1.5");
  const width = { ...FPS, name: "width", min: 1, max: 100, integer: true };
  assertThrows(
    () => readNumber(query, width),
    HttpError,
    'The parameter width must be a whole number from 1 to 100, not "1.5".',
  );
});

Deno.test("readNumber() does not repeat a value of any length", () => {
  const error = assertThrows(() => fps(`fps=${"9".repeat(9999)}`), HttpError);
  assertEquals(error.message.length < 200, true);
});

Deno.test("readChoice() takes one of its words", () => {
  const parameter = {
    type: "choice",
    name: "pace",
    description: "",
    choices: ["live", "real"],
    default: "live",
  } as const;
  const pace = (text: string) =>
    readChoice(new URLSearchParams(text), parameter);
  assertEquals(pace("pace=real"), "real");
  assertEquals(pace("q=1"), "live");
  assertThrows(
    () => pace("pace=fast"),
    HttpError,
    'The parameter pace must be live or real, not "fast".',
  );
});
