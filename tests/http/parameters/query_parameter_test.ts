import { assertEquals, assertThrows } from "@std/assert";
import { HttpError } from "../../../src/http/answer/http_error.ts";
import {
  choiceParameter,
  numberParameter,
} from "../../../src/http/parameters/query_parameter.ts";

const FPS = { min: 0.1, max: 50 };

function fps(query: string): number | undefined {
  return numberParameter(new URLSearchParams(query), "fps", FPS);
}

Deno.test("numberParameter() reads a number in its range", () => {
  assertEquals(fps("fps=5"), 5);
  assertEquals(fps("fps=0.5"), 0.5);
  assertEquals(fps("fps=.5"), 0.5);
  assertEquals(fps("other=1&fps=50"), 50);
  assertEquals(fps("fps=5&fps=6"), 5);
});

Deno.test("numberParameter() gives undefined where there is none", () => {
  assertEquals(fps(""), undefined);
  assertEquals(fps("FPS=5&t=42"), undefined);
});

Deno.test("numberParameter() refuses what is no number in its range", () => {
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

Deno.test("numberParameter() refuses fractions where it wants none", () => {
  const query = new URLSearchParams("width=1.5");
  const rule = { min: 1, max: 100, integer: true };
  assertThrows(
    () => numberParameter(query, "width", rule),
    HttpError,
    'The parameter width must be a whole number from 1 to 100, not "1.5".',
  );
});

Deno.test("numberParameter() does not repeat a value of any length", () => {
  const error = assertThrows(() => fps(`fps=${"9".repeat(9999)}`), HttpError);
  assertEquals(error.message.length < 200, true);
});

Deno.test("choiceParameter() takes one of its words", () => {
  const pace = (text: string) =>
    choiceParameter(new URLSearchParams(text), "pace", ["live", "real"]);
  assertEquals(pace("pace=real"), "real");
  assertEquals(pace("q=1"), undefined);
  assertThrows(
    () => pace("pace=fast"),
    HttpError,
    'The parameter pace must be live or real, not "fast".',
  );
});
