import { assertEquals } from "@std/assert";
import { type Args, parseArgs } from "@std/cli/parse-args";

/** Does not compile unless `A` and `B` are the same type. */
function assertType<_T extends true>() {}
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

Deno.test("parseArgs() infers the types of what it parses", () => {
  const args = parseArgs(["-h", "--tag=a", "--tag=b", "in", "--no-log"], {
    boolean: ["help", "version"],
    string: ["host", "port", "tag", "log"],
    collect: ["tag"],
    negatable: ["log"],
    default: { port: "8080" },
    alias: { help: "h", version: ["V", "v"] },
  });
  assertType<Same<typeof args.help, boolean>>();
  assertType<Same<typeof args.h, boolean>>();
  assertType<Same<typeof args.v, boolean>>();
  assertType<Same<typeof args.host, string | undefined>>();
  assertType<Same<typeof args.port, string>>();
  assertType<Same<typeof args.tag, string[]>>();
  assertType<Same<typeof args.log, string | false | undefined>>();
  assertType<Same<typeof args.other, unknown>>();
  assertType<Same<typeof args._, (string | number)[]>>();
  assertEquals({ ...args }, {
    _: ["in"],
    h: true,
    help: true,
    version: false,
    V: false,
    v: false,
    log: false,
    port: "8080",
    tag: ["a", "b"],
  });
});

Deno.test("parseArgs() leaves types open when no option names one", () => {
  const args: Args = parseArgs(["--fps", "10"]);
  const fps: number = args.fps;
  assertEquals(fps, 10);
});
