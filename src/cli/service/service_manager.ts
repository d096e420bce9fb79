import { delay } from "@std/async/delay";
import { datagramsTo, type SendDatagram } from "./datagram.ts";
import { takeManagerVariable } from "./manager_variable.ts";

/** Variables by which systemd asks for signs of life (see sd_notify(3)). */
const SOCKET_VARIABLE = "NOTIFY_SOCKET";
const WATCHDOG_VARIABLE = "WATCHDOG_USEC";
const WATCHDOG_PROCESS_VARIABLE = "WATCHDOG_PID";

/** As systemd advises: one of two signs may be late. */
const SIGNS_IN_TIME = 2;
const RETRY_MILLISECONDS = 100;

/** systemd, if that has started the program and wants to hear from it. */
export interface ServiceManager {
  /**
   * Tells that viewers are served. From then on the thread that serves gives
   * its signs of life, so that a program that hangs is started again.
   */
  ready(): void;
  /** Tells that the program is about to end. */
  stopping(): void;
}

/** The same where nobody asks. */
const NOBODY: ServiceManager = { ready() {}, stopping() {} };

/**
 * Finds out if systemd wants to hear from the program, and how.
 *
 * @param onProblem Called if systemd asks, but cannot be told.
 */
export function serviceManager(
  onProblem: (message: string) => void,
): ServiceManager {
  const path = takeManagerVariable(SOCKET_VARIABLE);
  const microseconds = Number(takeManagerVariable(WATCHDOG_VARIABLE) ?? 0);
  const process = takeManagerVariable(WATCHDOG_PROCESS_VARIABLE);
  if (path === undefined) return NOBODY;
  const send = datagramsTo(path);
  if (send === undefined) {
    onProblem(
      "Cannot tell systemd that viewers are served: run Deno on Linux with " +
        "--allow-ffi, or have Type=exec in the unit, and no WatchdogSec=",
    );
    return NOBODY;
  }
  const isWatched = microseconds > 0 &&
    (process === undefined || Number(process) === Deno.pid);
  return new Systemd(send, isWatched ? microseconds / 1000 : undefined);
}

class Systemd implements ServiceManager {
  readonly #send: SendDatagram;
  readonly #watchdogMilliseconds: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isStopping = false;

  constructor(send: SendDatagram, watchdogMilliseconds: number | undefined) {
    this.#send = send;
    this.#watchdogMilliseconds = watchdogMilliseconds;
  }

  ready(): void {
    void this.#sendReady();
    const milliseconds = this.#watchdogMilliseconds;
    if (milliseconds === undefined) return;
    // One that is lost is made up for by the next.
    this.#timer = setInterval(
      () => this.#send("WATCHDOG=1"),
      milliseconds / SIGNS_IN_TIME,
    );
    Deno.unrefTimer(this.#timer);
  }

  /** Until systemd takes it, whose queue may be full while a machine starts. */
  async #sendReady(): Promise<void> {
    while (!this.#isStopping && !this.#send("READY=1")) {
      await delay(RETRY_MILLISECONDS, { persistent: false });
    }
  }

  stopping(): void {
    this.#isStopping = true;
    // The signs go on: to say goodbye to viewers takes seconds.
    this.#send("STOPPING=1");
  }
}
