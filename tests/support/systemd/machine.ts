import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));
const BOOT = fromFileUrl(new URL("boot.sh", import.meta.url));
const BOOT_MILLISECONDS = 120_000;
const LOOK_MILLISECONDS = 200;

/**
 * A machine that systemd runs: this one, in namespaces of its own. What it
 * changes is its own, too; it has this checkout at /mnt. `await using` ends it.
 */
export class Machine implements AsyncDisposable {
  readonly #folder: string;
  #init: number | undefined;
  #boot: Deno.ChildProcess | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Boots it; it takes root. */
  static async boot(): Promise<Machine> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-machine-" });
    // The changes of an overlay cannot be in another overlay.
    await succeed(["mount", "-t", "tmpfs", "tmpfs", folder]);
    const machine = new Machine(folder);
    try {
      await machine.#start();
    } catch (error) {
      await machine[Symbol.asyncDispose]();
      throw error;
    }
    return machine;
  }

  /** Cuts the power, and boots it again. */
  async reboot(): Promise<void> {
    await this.#cut();
    await this.#start();
  }

  /**
   * Runs a command of a shell in it.
   *
   * @returns What it has written.
   * @throws {Error} If it fails.
   */
  async run(command: string): Promise<string> {
    const [code, text] = await this.try(command);
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${text}`);
    return text;
  }

  /** The same, whatever its code, which is given first. */
  try(command: string): Promise<[number, string]> {
    const where = `--target=${this.#init}`;
    return output([
      ...["nsenter", where, "-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w"],
      ...["env", "NO_COLOR=1", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER="],
      ...["bash", "-c", command],
    ]);
  }

  /** Runs a command until it succeeds; answers what it has written then. */
  async until(command: string, milliseconds: number): Promise<string> {
    const late = performance.now() + milliseconds;
    for (;;) {
      const [code, text] = await this.try(command);
      if (code === 0) return text;
      if (performance.now() > late) {
        throw new Error(`${command} still ends with ${code}: ${text}`);
      }
      await delay(LOOK_MILLISECONDS);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cut();
    await succeed(["umount", this.#folder]);
    await Deno.remove(this.#folder);
  }

  async #start(): Promise<void> {
    this.#boot = new Deno.Command("unshare", {
      args: ["-m", "-p", "-u", "-i", "-n", "-C", "--fork", "--kill-child"]
        .concat("bash", BOOT, this.#folder, `${this.#folder}/root`, ROOT),
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const { pid } = this.#boot;
    const late = performance.now() + BOOT_MILLISECONDS;
    for (;;) {
      const children = `/proc/${pid}/task/${pid}/children`;
      this.#init = Number(await Deno.readTextFile(children)) || undefined;
      const [, state] = this.#init === undefined
        ? [1, "no process"]
        : await this.try("systemctl is-system-running");
      if (/running|degraded/.test(state)) return;
      if (performance.now() > late) throw new Error(`No boot: ${state}`);
      await delay(LOOK_MILLISECONDS);
    }
  }

  async #cut(): Promise<void> {
    if (this.#boot === undefined) return;
    // Its first process is the child, with which all others end.
    if (this.#init !== undefined) Deno.kill(this.#init, "SIGKILL");
    await this.#boot.status;
    this.#boot = this.#init = undefined;
  }
}

async function output(command: string[]): Promise<[number, string]> {
  const [program, ...args] = command;
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return [code, decoder.decode(stdout) + decoder.decode(stderr)];
}

async function succeed(command: string[]): Promise<void> {
  const [code, text] = await output(command);
  if (code !== 0) throw new Error(`${command.join(" ")}: ${text}`);
}
