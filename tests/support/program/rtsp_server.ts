import { delay } from "@std/async/delay";
import { freePort } from "../http/free_port.ts";

/** VLC as an RTSP server, which sends by UDP only. */
export class RtspServer implements AsyncDisposable {
  readonly #vlc: Deno.ChildProcess;
  readonly #port: number;
  readonly #home: string;

  private constructor(vlc: Deno.ChildProcess, port: number, home: string) {
    this.#vlc = vlc;
    this.#port = port;
    this.#home = home;
  }

  /**
   * Starts it.
   *
   * @param film The file that it sends again and again; anybody must be able to
   * read it.
   */
  static async start(film: string): Promise<RtspServer> {
    const port = freePort();
    const home = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    await Deno.chmod(home, 0o777);
    const sout = `#rtp{sdp=rtsp://127.0.0.1:${port}/camera}`;
    const [command, ...args] = [
      // VLC refuses to run as root.
      ...Deno.uid() === 0 ? ["setpriv", "--reuid=65534"] : [],
      ...["vlc", "-I", "dummy", "--no-audio", "--loop", "--sout-keep"],
      ...[`--sout=${sout}`, `file://${film}`],
    ];
    const vlc = new Deno.Command(command, {
      args,
      env: { HOME: home },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const server = new RtspServer(vlc, port, home);
    while (!await server.#answers()) await delay(100);
    return server;
  }

  /** Its address. */
  get address(): string {
    return `rtsp://127.0.0.1:${this.#port}/camera`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#vlc.kill("SIGKILL");
    await this.#vlc.status;
    await Deno.remove(this.#home, { recursive: true });
  }

  async #answers(): Promise<boolean> {
    try {
      using connection = await Deno.connect({
        hostname: "127.0.0.1",
        port: this.#port,
      });
      await connection.write(
        new TextEncoder().encode(
          `OPTIONS ${this.address} RTSP/1.0\r\nCSeq: 1\r\n\r\n`,
        ),
      );
      return await connection.read(new Uint8Array(1000)) !== null;
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) return false;
      throw error;
    }
  }
}
