import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { until } from "../support/browser/until.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { makeCertificate } from "../support/http/certificate.ts";
import { freePort } from "../support/http/free_port.ts";
import { LiveViewer, shade } from "../support/http/live_viewer.ts";
import { Nchan, NCHAN_MODULE } from "../support/http/nchan.ts";
import { Program } from "../support/program/program.ts";
import { requireFile } from "../support/require.ts";

const USER = "origin";
const PASSWORD = "Sesame-8xq2";

/** A folder whose pictures go to nginx, which asks for a password. */
class Published implements AsyncDisposable {
  readonly nchan = new Nchan();
  readonly #folder: string;
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async startNginx(): Promise<void> {
    const passwords = join(this.#folder, "passwords");
    await Deno.writeTextFile(passwords, `${USER}:{PLAIN}${PASSWORD}\n`);
    await this.nchan.start((lines) =>
      lines.replace(
        "deny all;",
        `deny all; auth_basic gifstream; auth_basic_user_file ${passwords};`,
      )
    );
  }

  startProgram(
    { place = this.#place, env }: {
      place?: string;
      env?: Record<string, string>;
    } = {},
  ): Program {
    const pictures = join(this.#folder, "cam");
    const args = [`cam=${pictures}`, "--port", "0", "--publish", place];
    return new Program({ args, env });
  }

  get #place(): string {
    return this.nchan.place.replace("://", `://${USER}:${PASSWORD}@`);
  }

  async show(number: number): Promise<void> {
    const path = join(this.#folder, "cam", `${this.#count++}.gif`);
    await Deno.writeFile(path, shade(number));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nchan[Symbol.asyncDispose]();
  }
}

function test(name: string, fn: (published: Published) => Promise<void>): void {
  Deno.test({
    name: `gifstream --publish ${name}`,
    ignore: !requireFile(NCHAN_MODULE),
    fn: () =>
      withFolder(async (folder) => {
        await Deno.mkdir(join(folder, "cam"));
        await using published = new Published(folder);
        await fn(published);
      }),
  });
}

async function read(program: Program, path: string): Promise<string> {
  const response = await fetch(await program.address() + path);
  return await response.text();
}

test("tells how nginx is, and no secret", async (published) => {
  await using program = published.startProgram();
  await program.waitFor(/Cannot publish at http:\/\/127\.0\.0\.1:\d+\/\.\.\./);
  await published.show(1);
  const state = (state: string) =>
    until(
      `the state ${state}`,
      async () =>
        (await read(program, "/readyz")).includes(
          `publishing at http://127.0.0.1:${published.nchan.port}/...: ${state}`,
        ),
    );
  await state("failing: ");
  await published.startNginx();
  await state("publishing");
  await program.waitFor(/Publishing at http:/);
  await using viewer = new LiveViewer(published.nchan.viewing("cam"));
  await viewer.sees(1);
  assertMatch(
    await read(program, "/metrics"),
    /gifstream_place_state\{place="http:\/\/127.*state="publishing"\} 1/,
  );
  const { places: [place] } = JSON.parse(await read(program, "/api/places"));
  assertEquals(place.state, "publishing");
  assertEquals(place.address, `http://127.0.0.1:${published.nchan.port}/...`);
  // nginx says so with the next part.
  await published.show(2);
  await until(
    "the viewer",
    async () =>
      /gifstream_place_viewers{.*} 1/.test(await read(program, "/metrics")),
  );
  // Without the password in its address, it would be turned away.
  const refused = await fetch(published.nchan.place, { method: "POST" });
  assertEquals(refused.status, 401);
  await refused.body?.cancel();
  const told = program.errorText + await read(program, "/readyz") +
    await read(program, "/metrics") + await read(program, "/api/channels") +
    await read(program, "/api/places");
  for (const secret of [PASSWORD, USER, "pub?id"]) {
    assert(!told.includes(secret), secret);
  }
});

test("goes on where a program before it was killed", async (published) => {
  await published.startNginx();
  await published.show(1);
  await using viewer = new LiveViewer(published.nchan.viewing("cam"));
  {
    await using program = published.startProgram();
    await program.address();
    await viewer.sees(1);
    await program.stop("SIGKILL");
  }
  await published.show(2);
  {
    await using program = published.startProgram();
    await program.address();
    await viewer.sees(2);
    await program.stop("SIGTERM");
  }
  await published.show(3);
  await using _program = published.startProgram();
  await viewer.sees(3);
});

test("waits for nginx apart from its own viewers", async (published) => {
  await published.startNginx();
  await published.show(1);
  await using program = published.startProgram();
  await using there = new LiveViewer(published.nchan.viewing("cam"));
  await using here = new LiveViewer(`${await program.address()}/cam.gif`);
  await there.sees(1);
  await here.sees(1);
  await published.nchan.signal("SIGSTOP");
  for (let number = 2; number < 100; number++) {
    await published.show(number);
    await here.sees(number);
  }
  await program.waitFor(/Cannot publish at .*: no answer in 5 s/);
  await published.nchan.signal("SIGCONT");
  await published.show(100);
  await there.sees(100);
  await published.show(101);
  await there.sees(101);
});

test("sends by TLS, to whom its certificate says", async (published) => {
  await withFolder(async (folder) => {
    const { cert, key } = await makeCertificate(folder, "127.0.0.1");
    const port = freePort();
    await published.nchan.start((lines) =>
      lines.replace(
        "listen 80;",
        `listen 80; listen 127.0.0.1:${port} ssl; ` +
          `ssl_certificate ${cert}; ssl_certificate_key ${key};`,
      )
    );
    await published.show(1);
    const place = `https://127.0.0.1:${port}/pub?id={channel}`;
    {
      await using program = published.startProgram({ place });
      await program.waitFor(/Cannot publish at https:.*certificate/i);
    }
    await using _program = published.startProgram({
      place,
      env: { NODE_EXTRA_CA_CERTS: cert },
    });
    await using viewer = new LiveViewer(published.nchan.viewing("cam"));
    await viewer.sees(1);
  });
});
