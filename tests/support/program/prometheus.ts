/**
 * A real Prometheus, which asks a server for its metrics.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { freePort } from "../http/free_port.ts";

/** One rule, as Prometheus tells of it. */
interface ToldRule {
  name: string;
  health: string;
  lastError?: string;
  alerts: { labels: { channel?: string } }[];
}

/** A Prometheus. `await using` ends it. */
export class Prometheus implements AsyncDisposable {
  readonly #folder: string;
  readonly #process: Deno.ChildProcess;
  readonly #address: string;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#address = `127.0.0.1:${port}`;
    this.#process = new Deno.Command("prometheus", {
      args: [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=${this.#address}`,
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  /**
   * Starts one.
   *
   * @param address The server to ask, once a second.
   * @param rules The file of alert rules.
   */
  static async start(address: string, rules: string): Promise<Prometheus> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-prometheus-" });
    // JSON is YAML, too.
    const settings = {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: [rules],
      scrape_configs: [{
        job_name: "gifstream",
        static_configs: [{ targets: [new URL(address).host] }],
      }],
    };
    const file = `${folder}/prometheus.yml`;
    await Deno.writeTextFile(file, JSON.stringify(settings));
    const prometheus = new Prometheus(folder, freePort());
    while (!await prometheus.#isReady()) await delay(100);
    return prometheus;
  }

  /** The alerts that are raised, with their channels, sorted. */
  async alerts(): Promise<string[]> {
    const response = await fetch(`http://${this.#address}/api/v1/rules`);
    const { data } = await response.json() as {
      data: { groups: { rules: ToldRule[] }[] };
    };
    const rules = data.groups.flatMap(({ rules }) => rules);
    const broken = rules.find(({ health }) => health === "err");
    if (broken !== undefined) throw new Error(broken.lastError);
    return rules.flatMap(({ name, alerts }) =>
      alerts.map(({ labels: { channel = "" } }) => `${name} ${channel}`)
    ).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#process.status;
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(`http://${this.#address}/-/ready`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}
