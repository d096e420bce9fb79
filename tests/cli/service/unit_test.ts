import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { checkUnitLine } from "../../../src/cli/service/check_unit_line.ts";
import { unitText } from "../../../src/cli/service/unit.ts";
import { readCommandLine } from "../../../src/cli/options/command_line.ts";
import { UsageError } from "../../../src/cli/options/usage_error.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { requireTool } from "../../support/require.ts";

const UNITS = fromFileUrl(new URL("../../../docs/systemd/", import.meta.url));
const UNIT = `${UNITS}gifstream.service`;
const INSTANCE = `${UNITS}gifstream@.service`;
const SOCKET = `${UNITS}gifstream.socket`;
const CONFIG = ["--config", "/etc/gifstream/gifstream.yaml"];
/** Of ten; systemd calls what is below 4 "OK", and root's services 9.6. */
const MOST_EXPOSURE = 2;

const needsSystemd = { ignore: !requireTool("systemd-analyze") };

async function analyze(...args: string[]): Promise<[number, string]> {
  const { code, stdout, stderr } = await new Deno.Command("systemd-analyze", {
    args,
    env: { NO_COLOR: "1", SYSTEMD_COLORS: "0" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return [code, decoder.decode(stdout) + decoder.decode(stderr)];
}

Deno.test("docs/systemd has the units that the program prints", async () => {
  const command = ["/usr/local/bin/gifstream", ...CONFIG];
  assertEquals(
    await Deno.readTextFile(UNIT),
    unitText({ name: "gifstream", command, isLoaded: false }),
  );
  const instance = unitText({
    name: "gifstream-%i",
    command: [...command, "--socket", "/run/gifstream-INSTANCE/socket"]
      .concat("--socket-group", "www-data"),
    isLoaded: false,
  });
  assertEquals(
    await Deno.readTextFile(INSTANCE),
    instance.replace("INSTANCE", "%i")
      .replace(/^(SupplementaryGroups=.*)$/m, "$1 www-data"),
  );
});

for (const units of [[UNIT], [INSTANCE], [SOCKET, UNIT]]) {
  const [name] = units.map((unit) => unit.slice(UNITS.length));
  Deno.test({
    name: `systemd takes ${name}`,
    ...needsSystemd,
    fn: () =>
      withFolder(async (folder) => {
        for (const unit of units) {
          // systemd wants to find the program.
          const text = await Deno.readTextFile(unit);
          await Deno.writeTextFile(
            `${folder}/${unit.slice(UNITS.length)}`,
            text.replace("/usr/local/bin/gifstream", "/bin/true"),
          );
        }
        const file = `${folder}/${name}`;
        assertEquals(await analyze("verify", "--man=no", file), [0, ""]);
      }),
  });
}

Deno.test({
  name: "systemd finds that the service may do little",
  ...needsSystemd,
  async fn() {
    const threshold = `--threshold=${MOST_EXPOSURE * 10}`;
    const [code, text] = await analyze(
      ...["security", "--offline=true", threshold, UNIT],
    );
    assertEquals(code, 0, text);
  },
});

Deno.test({
  name: "unitText() quotes each word, so that systemd reads the same",
  ...needsSystemd,
  fn: () =>
    withFolder(async (folder) => {
      const words = ['a"b', "c d", "100%", "$HOME", "x\\y", "", "it's", "é"];
      const unit = unitText({
        name: "gifstream",
        command: ["/bin/echo", ...words],
        workingFolder: "/srv/100% live",
        isLoaded: true,
      });
      assertStringIncludes(
        unit,
        String.raw`ExecStart=/bin/echo "a\"b" "c d" 100%% $$HOME ` +
          String.raw`"x\\y" "" "it's" "é"`,
      );
      assertStringIncludes(unit, "\nWorkingDirectory=/srv/100%% live\n");
      assertStringIncludes(unit, "\nEnvironment=DENO_DIR=/var/cache/gifstream");
      const file = `${folder}/gifstream.service`;
      await Deno.writeTextFile(file, unit);
      assertEquals(await analyze("verify", "--man=no", file), [0, ""]);
    }),
});

Deno.test("checkUnitLine() lets no password into a unit, which all can read", () => {
  const check = (...args: string[]) => checkUnitLine(readCommandLine(args));
  const refused: [place: string, args: string[]][] = [
    ["INPUT 1", ["rtsp://me:secret@10.0.0.5/1"]],
    ["INPUT 2", ["test:", "door=rtsp://me:se/cret@10.0.0.5/1"]],
    ["INPUT 1", ["http://10.0.0.6/video.cgi?user=me&pwd=secret"]],
    ["INPUT 1", ["exec:curl -H 'Authorization: Bearer secret' http://door"]],
    ["option --viewer-token", ["test:", "--viewer-token", "secret"]],
    ["option --publish", ["test:", "--publish=redis://:secret@10.0.0.7"]],
  ];
  for (const [place, args] of refused) {
    assertThrows(() => check(...args), UsageError, `found one in ${place};`);
  }
  check("rtsp://10.0.0.5/live/1", "yard=./frames", "/srv/a@b", "--fps", "5");
  check("test:", "--cert", "cert.pem", "--key=key.pem");
  check("--config", "/etc/gifstream/gifstream.yaml");
});
