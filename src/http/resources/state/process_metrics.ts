import { Counter, Gauge, type Registry } from "@platformatic/prom-client";
import type { Channels } from "../../../channel/channels.ts";
import { processUsage } from "../../../system/process_usage.ts";
import { VERSION } from "../../../system/version.ts";
import type {
  HandlerSettings,
  WorkersStatus,
} from "../../call/handler_settings.ts";
import { KeptHistogram } from "./kept_histogram.ts";

/** Adds the metrics of the program as a whole. */
export function addProcess(
  registry: Registry,
  channels: Channels,
  { eventLoopDelay, workersStatus }: Pick<
    HandlerSettings,
    "eventLoopDelay" | "workersStatus"
  >,
): void {
  const registers = [registry];
  new Gauge({
    name: "gifstream_channels",
    help: "Channels at this moment",
    registers,
    collect() {
      this.set(channels.size);
    },
  });
  new Gauge({
    name: "gifstream_build_info",
    help: "Version of the server",
    labelNames: ["version"],
    registers,
  }).set({ version: VERSION }, 1);
  new Gauge({
    name: "process_start_time_seconds",
    help: "Start time of the process in seconds since 1970",
    registers,
  }).set(performance.timeOrigin / 1000);
  if (processUsage() !== undefined) addUsage(registry);
  if (workersStatus !== undefined) addWorkers(registry, workersStatus);
  if (eventLoopDelay === undefined) return;
  new KeptHistogram(registry, {
    name: "gifstream_event_loop_delay_seconds",
    help: "Time by which the thread that serves was late, at 10 looks a second",
    labelNames: [],
    read: () => [{ labels: {}, times: eventLoopDelay() }],
  });
}

function addUsage(registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: "process_resident_memory_bytes",
    help: "Memory of the process, without its children",
    registers,
    collect() {
      this.set(processUsage()!.residentBytes);
    },
  });
  new Counter({
    name: "process_cpu_seconds_total",
    help: "Processor time of all threads of the process, without its children",
    registers,
    collect() {
      this.reset();
      this.inc(processUsage()!.cpuSeconds);
    },
  });
}

function addWorkers(registry: Registry, status: () => WorkersStatus): void {
  const registers = [registry];
  new Gauge({
    name: "gifstream_workers",
    help: "Threads that share the port at this moment",
    registers,
    collect() {
      this.set(status().listening);
    },
  });
  new Gauge({
    name: "gifstream_workers_wanted",
    help: "Threads that should share the port",
    registers,
    collect() {
      this.set(status().wanted);
    },
  });
  new Counter({
    name: "gifstream_lost_workers_total",
    help: "Threads that shared the port and were lost",
    registers,
    collect() {
      this.reset();
      this.inc(status().lost);
    },
  });
}
