import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Listening } from "../../../src/http/listening/listening.ts";
import { Faults } from "../../../src/log/faults.ts";
import { until } from "../../support/browser/until.ts";

/** A server whose address is taken so many times. */
function serverOf(failures: Error[] = []) {
  const told: string[] = [];
  const listening = new Listening({
    begin: () => {
      told.push("begins");
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    },
    end: () => {},
    faults: new Faults((_, error) => told.push((error as Error).message)),
    onRefusing: () => told.push("refuses"),
    onAccepting: () => told.push("accepts"),
  });
  return { listening, told };
}

Deno.test("Listening begins again as soon as it can, and tells of what is in its way once", async () => {
  const { listening, told } = serverOf(
    Array.from({ length: 10 }, () => new Error("the address is in use")),
  );
  listening.restart();
  await until("its begin", () => told.filter((it) => it === "begins")[10]);
  await listening.close();
  const others = told.filter((it) => it !== "begins");
  assertEquals(others, ["the address is in use"]);
});

Deno.test("Listening tells once of refusals that follow each other", async () => {
  const { listening, told } = serverOf();
  for (let i = 0; i < 3; i++) {
    listening.refuse();
    await until("its begin", () => told.filter((it) => it === "begins")[i]);
  }
  await until("the end of it", () => told.at(-1) === "accepts");
  assertEquals(told, ["refuses", "begins", "begins", "begins", "accepts"]);
  await listening.close();
});

Deno.test("Listening goes on refusing when there is no descriptor to begin with", async () => {
  const none = Object.assign(new Error("too many"), { code: "EMFILE" });
  const { listening, told } = serverOf([none]);
  listening.refuse();
  await until("its begin", () => told.filter((it) => it === "begins")[1]);
  assertEquals(told, ["refuses", "begins", "begins"]);
  await listening.close();
});

Deno.test("Listening begins no more when it is closed", async () => {
  const { listening, told } = serverOf();
  listening.refuse();
  await listening.close();
  listening.refuse();
  await delay(250);
  assertEquals(told, ["refuses"]);
});
