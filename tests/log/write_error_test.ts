import { assertEquals, assertStringIncludes } from "@std/assert";

const MOD = JSON.stringify(new URL("../../mod.ts", import.meta.url));
const CHANNEL = JSON.stringify(
  new URL("../../src/entries/channel.ts", import.meta.url),
);

/** Starts a program of a few lines that uses the library. */
function start(text: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", text],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

Deno.test("writeError() stops no viewer when nobody reads standard error", async () => {
  const program = start(`
    import { Channel, createHandler } from ${MOD};
    const channel = new Channel({ name: "a" });
    const picture = "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=";
    let color = 0;
    const publish = () => {
      const gif = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
      const bytes = gif.slice(19, -1);
      bytes[6] = color++;
      channel.publishPart({ bytes, keyframe: true }, { width: 1, height: 1 });
    };
    setInterval(publish, 20);
    const viewer = { hasRoom: true, end() {}, abort() {} };
    viewer.send = () => { throw new TypeError("to fail".repeat(1000)); };
    const { addr } = Deno.serve({ port: 0, onListen() {} }, createHandler(channel));
    console.log(addr.port);
    for (let i = 0; i < 100; i++) {
      channel.attach(viewer);
      publish();
    }
    console.log(channel.faults.counts.viewer);`);
  const output = program.stdout.pipeThrough(new TextDecoderStream());
  let text = "";
  for await (const chunk of output) {
    text += chunk;
    if (text.endsWith("\n100\n")) break;
  }
  const response = await fetch(`http://localhost:${parseInt(text)}/a.gif`);
  const pictures = response.body!.getReader();
  for (let taken = 0; taken < 20; taken++) {
    assertEquals((await pictures.read()).done, false);
  }
  program.kill("SIGKILL");
  await program.status;
  await pictures.read().catch(() => {});
  await program.stderr.cancel();
});

Deno.test("writeError() writes what the console would", async () => {
  const program = start(`
    import { Faults } from ${CHANNEL};
    new Faults().note("timer", new TypeError("to fail"));`);
  const { success, stderr } = await program.output();
  assertEquals(success, true);
  const text = new TextDecoder().decode(stderr);
  assertStringIncludes(
    text,
    "gifstream: fault (timer): TypeError: to fail\n    at ",
  );
});
