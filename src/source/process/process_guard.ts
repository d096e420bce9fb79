/**
 * Ends a group of processes, first kindly, once nobody holds the standard input
 * open any more: not even the program that started it, however that ended.
 */
const SCRIPT = `read -r _
kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do
  kill -s 0 -- "-$1" 2>/dev/null || exit 0
  sleep 0.1
done
kill -s KILL -- "-$1" 2>/dev/null
exit 0`;

/** The shell that runs it. */
const SHELL = "sh";

/** True if groups of processes can be guarded here. */
export async function canGuard(): Promise<boolean> {
  if (Deno.build.os === "windows") return false;
  const { state } = await Deno.permissions.query({
    name: "run",
    command: SHELL,
  });
  return state === "granted";
}

/**
 * A process that ends a program with all that it has started, also if this
 * program is killed: a wrapper script would leave what it runs behind, and a
 * program that waits for a connection may wait for ever.
 */
export class ProcessGuard {
  readonly #shell: Deno.ChildProcess;
  readonly #status: Promise<unknown>;
  #closing: Promise<void> | undefined;

  /**
   * Starts the guard.
   *
   * @param group The process that leads the group.
   */
  constructor(group: number) {
    this.#shell = new Deno.Command(SHELL, {
      args: ["-c", SCRIPT, "gifstream-guard", String(group)],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
      // A signal of the terminal must not end it before what it guards.
      detached: true,
    }).spawn();
    this.#status = this.#shell.status;
  }

  /** Ends the group; resolved when it has ended. */
  async endGroup(): Promise<void> {
    this.#closing ??= this.#shell.stdin.close();
    await this.#closing;
    await this.#status;
  }
}
