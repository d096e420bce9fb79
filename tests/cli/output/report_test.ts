import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { Report, type ReportOptions } from "../../../src/cli/output/report.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { publishGif } from "../../support/publish_gif.ts";

/** A report into memory. */
class Log {
  readonly report: Report;
  text = "";
  #changed = Promise.withResolvers<void>();

  constructor(options: Partial<ReportOptions> = {}) {
    this.report = new Report({
      format: "text",
      terminal: false,
      statusMilliseconds: 20,
      columns: () => 80,
      write: (text) => {
        this.text += text;
        this.#changed.resolve();
        this.#changed = Promise.withResolvers();
      },
      ...options,
    });
  }

  async waitFor(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.text)) await this.#changed.promise;
  }
}

Deno.test("Report.showStatus() tells the frames that sources dropped", async () => {
  const channel = new Channel();
  const text = new Log();
  let dropped = 5;
  const channels = new Channels([channel]);
  const endText = text.report.showStatus(channels, () => dropped);
  await text.waitFor(/ \| 5 dropped \| 0 skipped\n/);
  dropped = 1_234_567;
  await text.waitFor(/ \| 1\.2M dropped \| /);
  endText();

  const json = new Log({ format: "json" });
  const endJson = json.report.showStatus(channels, () => 5);
  await json.waitFor(/\n/);
  endJson();
  const status = JSON.parse(json.text.split("\n")[0]);
  assertEquals(status.level, "status");
  assertEquals(status.droppedFrames, 5);
  channel.close();
});

Deno.test("Report.showStatus() fits its line into the terminal", async () => {
  const channel = new Channel();
  for (const columns of [80, 20]) {
    const log = new Log({ terminal: true, columns: () => columns });
    const end = log.report.showStatus(
      new Channels([channel]),
      () => 1_999_998,
    );
    await log.waitFor(/\r.*\r/);
    end();
    const [, line] = log.text.split("\r\x1b[K");
    assertEquals(line.length < columns, true, line);
    assertEquals(line.endsWith("skipped"), columns === 80, line);
  }
  channel.close();
});

Deno.test("Report.showStatus() tells that viewers were cut off", async () => {
  const channel = new Channel({ stallTimeoutMilliseconds: 1 });
  const log = new Log();
  const end = log.report.showStatus(new Channels([channel]), () => undefined);
  const viewers = [1, 2].map(() => channel.view());
  // Nobody takes them.
  const timer = setInterval(() => {
    const indices = new Uint8Array(12).fill(Math.random() * 4);
    publishGif(
      channel,
      bytes(header(4, 3, 4), image({ width: 4, height: 3, indices }), TRAILER),
    );
  }, 5);
  await log.waitFor(
    /warning: Cut off \d viewers? that took nothing \(2 in all\)\n/,
  );
  clearInterval(timer);
  end();
  channel.close();
  for (const viewer of viewers) {
    await assertRejects(() => new Response(viewer).bytes(), Error);
  }
});

Deno.test("Report.showStatus() tells how each of several channels does", async () => {
  const channels = new Channels([
    new Channel({ name: "a" }),
    new Channel({ name: "b" }),
  ]);
  const log = new Log({ format: "json" });
  const end = log.report.showStatus(channels, () => undefined);
  await log.waitFor(/"name":"b"/);
  channels.remove("a");
  channels.add(new Channel({ name: "c" }));
  await log.waitFor(/"name":"c"/);
  end();
  const names = log.text.trimEnd().split("\n").map((line) => {
    const { level, name, bytesPerSecond } = JSON.parse(line);
    assertEquals(level, "status");
    assertEquals(bytesPerSecond, 0);
    return name;
  });
  assertEquals(names.slice(0, 2), ["a", "b"]);
  assertEquals(names.slice(-2), ["b", "c"]);
  channels.close();
});

Deno.test("Report.showStatus() tells states as such, whose place newer ones take", async () => {
  for (const format of ["text", "json"] as const) {
    const channels = new Channels([
      new Channel({ name: "a" }),
      new Channel({ name: "b" }),
    ]);
    const { promise, resolve } = Promise.withResolvers<string[]>();
    const log = new Log({ format, writeStatus: resolve });
    const end = log.report.showStatus(channels, () => undefined);
    const lines = await promise;
    end();
    assertEquals(lines.length, format === "json" ? 2 : 1);
    for (const line of lines) assertMatch(line, /^[^\n]+\n$/);
    assertEquals(log.text, "");
    channels.close();
  }
});

Deno.test("Report.about() names the channel, and limits warnings for each", () => {
  const log = new Log();
  const [a, b] = ["a", "b"].map((channel) => log.report.about({ channel }));
  a.warn("first");
  a.warn("second");
  b.warn("first");
  b.info("on air");
  log.report.about({ channel: "c", isAlone: true }).warn("of the only one");
  assertEquals(
    log.text,
    "warning: a: first\nwarning: b: first\nb: on air\n" +
      "warning: of the only one\n",
  );
  const json = new Log({ format: "json" });
  const told = () => {
    const { time: _, ...line } = JSON.parse(
      json.text.trim().split("\n").at(-1)!,
    );
    return line;
  };
  const subject = { channel: "a", isAlone: true, source: "./a" } as const;
  const about = json.report.about({ ...subject, kind: "source" });
  about.error("gone");
  const fields = { channel: "a", source: "./a" };
  assertEquals(told(), {
    level: "error",
    ...fields,
    kind: "source",
    message: "gone",
  });
  about.info("back");
  assertEquals(told(), { level: "info", ...fields, message: "back" });
  json.report.about({ kind: "sender" }).warn("b: bad", "b");
  assertEquals(told(), {
    level: "warning",
    channel: "b",
    kind: "sender",
    message: "b: bad",
  });
  json.report.fault("timer", "words");
  assertEquals(told(), {
    level: "error",
    kind: "fault",
    fault: "timer",
    message: "Fault (timer): words",
  });
});

Deno.test("Report makes one line of a message that holds several", () => {
  const log = new Log();
  log.report.info("a\nerror: b\r\u2028c\x85");
  assertEquals(log.text, "a\\x0aerror: b\\x0d\\u2028c\\x85\n");
  const json = new Log({ format: "json" });
  json.report.error("a\nb");
  assert(json.text.endsWith("\n"));
  assertMatch(json.text, /^.*"a\\nb".*\n$/);
});

Deno.test("Report writes nothing that is to be hidden", () => {
  for (const format of ["text", "json"] as const) {
    const hide = (text: string) => text.replaceAll("secret", "***");
    const log = new Log({ format, hide });
    log.report.error("a secret");
    log.report.about({ channel: "yard", source: "./secret" }).warn("a secret");
    assertEquals(log.text.match(/a \*\*\*/g)?.length, 2);
    assert(!log.text.includes("secret"));
  }
});

Deno.test("Report.fault() tells where a mistake was, once a second of a kind", () => {
  const text = new Log({ hide: (text) => text.replaceAll("secret", "***") });
  const error = new TypeError("a secret\nmistake");
  error.stack =
    "TypeError: a secret\n    at one (file:///secret.ts)\n    at two";
  text.report.fault("timer", error);
  text.report.fault("timer", error);
  text.report.fault("viewer", "only words");
  assertEquals(
    text.text,
    "error: Fault (timer): a ***\\x0amistake\n" +
      "    at one (file:///***.ts)\n    at two\n" +
      "error: Fault (viewer): only words\n",
  );
  const json = new Log({ format: "json" });
  json.report.fault("timer", error);
  const { level, message, stack } = JSON.parse(json.text);
  assertEquals([level, message], ["error", "Fault (timer): a secret\nmistake"]);
  assertEquals(stack, error.stack);
});

Deno.test("Report.droppedLine() is a line like others", () => {
  const told = "warning: Dropped 1 line of the log: nobody read it, or its " +
    "disk was full\n";
  assertEquals(new Log().report.droppedLine(1), told);
  // A status may be shown, whose end was dropped.
  const terminal = new Log({ terminal: true });
  assertEquals(terminal.report.droppedLine(1), `\r\x1b[K${told}`);
  const line = new Log({ format: "json" }).report.droppedLine(3);
  const { level, message, droppedLines } = JSON.parse(line);
  assertEquals([level, droppedLines], ["warning", 3]);
  assertMatch(message, /^Dropped 3 lines of the log/);
});
