/**
 * Calls back when the program should stop: at Ctrl-C, a polite kill, or when
 * its terminal is closed. A second Ctrl-C or kill ends the program at once.
 *
 * @param callback Called when it should stop.
 * @param onHangUp Called at `SIGHUP`, unless that says that a terminal is
 * closed; undefined: the program should stop then, too.
 * @returns A function that stops listening.
 */
export function onStopSignal(
  callback: () => void,
  onHangUp?: () => void,
): () => void {
  let stopping = false;
  const hadTerminal = hasTerminal();
  const stop = () => {
    if (stopping) return;
    stopping = true;
    callback();
  };
  const stopOrExit = () => {
    if (stopping) Deno.exit(130);
    stop();
  };
  const listeners: [Deno.Signal, () => void][] = Deno.build.os === "windows"
    ? [["SIGINT", stopOrExit], ["SIGBREAK", stopOrExit]]
    : [
      ["SIGINT", stopOrExit],
      ["SIGTERM", stopOrExit],
      // A closed terminal sends it twice: itself, and through the shell.
      ["SIGHUP", () => {
        const isClosed = hadTerminal && !hasTerminal();
        if (onHangUp === undefined || isClosed) stop();
        else onHangUp();
      }],
    ];
  for (const [signal, listener] of listeners) {
    Deno.addSignalListener(signal, listener);
  }
  return () => {
    for (const [signal, listener] of listeners) {
      Deno.removeSignalListener(signal, listener);
    }
  };
}

/** False, too, once the terminal is closed. */
function hasTerminal(): boolean {
  return Deno.stdin.isTerminal() || Deno.stderr.isTerminal();
}
