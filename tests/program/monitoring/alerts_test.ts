/**
 * The alert rules and the dashboard in `docs/prometheus`, by Prometheus' own
 * programs and beside what gifstream really tells.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { until } from "../../support/browser/until.ts";
import { Program } from "../../support/program/program.ts";
import { Prometheus } from "../../support/program/prometheus.ts";
import { withWorkers } from "../../support/program/with_workers.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

const FOLDER = fromFileUrl(
  new URL("../../../docs/prometheus/", import.meta.url),
);
const ignore = !requireTool("promtool");

/** Runs promtool, which must find nothing wrong. */
async function promtool(args: string[], input?: string): Promise<void> {
  const process = new Deno.Command("promtool", {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const told = new TextDecoder().decode(stdout) +
    new TextDecoder().decode(stderr);
  assertEquals(code, 0, told);
}

/** All expressions of the dashboard, as Grafana would ask them. */
async function dashboardExpressions(): Promise<string[]> {
  const text = await Deno.readTextFile(`${FOLDER}/grafana.json`);
  const { panels } = JSON.parse(text) as {
    panels: { targets?: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    .map((expr) =>
      expr.replaceAll("$__rate_interval", "5m")
        .replaceAll(/\$(instance|channel)/g, ".*")
    );
}

/** The names of metrics in a text. */
function metricsIn(text: string): Set<string> {
  return new Set(text.match(/\b(gifstream|process)_[a-z_]+\b/g));
}

Deno.test({
  name: "promtool finds each alert to fire when it should, and only then",
  ignore,
  async fn() {
    await promtool(["check", "rules", `${FOLDER}/alerts.yaml`]);
    await promtool(["test", "rules", `${FOLDER}/alerts_test.yaml`]);
    const rules = await Deno.readTextFile(`${FOLDER}/alerts.yaml`);
    const tests = await Deno.readTextFile(`${FOLDER}/alerts_test.yaml`);
    const document = await Deno.readTextFile(`${FOLDER}/../operation.md`);
    const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, it]) => it);
    assert(names.length > 10);
    for (const name of names) {
      const firing = new RegExp(
        `alertname: ${name}\\n\\s+eval_time: \\w+\\n\\s+exp_alerts:\\n\\s+- `,
      );
      assert(firing.test(tests), `${name} never fires`);
      const quiet = new RegExp(`alertname: ${name}, eval_time`);
      assert(quiet.test(tests), `${name} is never quiet`);
      assert(document.includes(`\`${name}\``), `${name} is not documented`);
    }
  },
});

Deno.test({
  name: "promtool understands the dashboard",
  ignore,
  async fn() {
    const expressions = await dashboardExpressions();
    assert(expressions.length > 20);
    const rules = expressions.map((expr, i) => ({ record: `x:${i}`, expr }));
    const file = await Deno.makeTempFile({ suffix: ".json" });
    try {
      const groups = [{ name: "dashboard", rules }];
      await Deno.writeTextFile(file, JSON.stringify({ groups }));
      await promtool(["check", "rules", file]);
    } finally {
      await Deno.remove(file);
    }
  },
});

Deno.test({
  name: "gifstream tells all that its alerts and its dashboard ask for",
  ignore: ignore || Deno.build.os !== "linux" || !requireTool("redis-server"),
  async fn() {
    await using redis = await RedisServer.start();
    await using gifstream = withWorkers(
      ["test:", "--publish", redis.address],
    );
    const address = await gifstream.address();
    const viewer = await fetch(`${address}/live.gif`);
    const text = await (await fetch(`${address}/metrics`)).text();
    await promtool(["check", "metrics"], text);
    const told = metricsIn(text);
    const asked = metricsIn(
      await Deno.readTextFile(`${FOLDER}/alerts.yaml`) +
        (await dashboardExpressions()).join("\n"),
    );
    assertEquals([...asked].filter((name) => !told.has(name)), []);
    await viewer.body?.cancel();
    await gifstream.stop();
  },
});

Deno.test({
  name: "Prometheus raises alerts for what is wrong, and for nothing else",
  ignore: !requireTool("prometheus") || !requireTool("ffmpeg"),
  async fn() {
    await using gifstream = new Program({
      args: [
        ...["good=test:", "door=rtsp://127.0.0.1:1/x", "--port", "0"],
        ...["--publish", "redis://127.0.0.1:1"],
      ],
    });
    const address = await gifstream.address();
    const rules = `${FOLDER}/alerts.yaml`;
    await using prometheus = await Prometheus.start(address, rules);
    const expected = ["GifstreamNoSignal door", "GifstreamPlaceFailing "];
    await until("both alerts", async () => {
      const alerts = await prometheus.alerts();
      return expected.every((alert) => alerts.includes(alert));
    });
    assertEquals(await prometheus.alerts(), expected);
    await gifstream.stop();
    await until(
      "a third alert",
      async () => (await prometheus.alerts()).includes("GifstreamDown "),
    );
  },
});
