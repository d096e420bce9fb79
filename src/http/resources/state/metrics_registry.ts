import { Counter, Gauge, Registry } from "@platformatic/prom-client";
import type { ChannelStatus } from "../../../channel/channel_status.ts";
import type { Channels } from "../../../channel/channels.ts";
import { SOURCE_STATES } from "../../../channel/source_state.ts";
import type { Faults } from "../../../log/faults.ts";
import type { Pictures } from "../../../picture/pictures.ts";
import type { HandlerSettings } from "../../call/handler_settings.ts";
import { wallViewers } from "../wall/walls.ts";
import { KeptHistogram } from "./kept_histogram.ts";
import { addPlaces } from "./place_metrics.ts";
import { addProcess } from "./process_metrics.ts";

/** A number of a channel; its value is undefined if there is none yet. */
interface ChannelMetric {
  name: string;
  help: string;
  value: (status: ChannelStatus) => number | undefined;
}

const COUNTERS: readonly ChannelMetric[] = [
  {
    name: "gifstream_frames_total",
    help: "Frames taken from the source",
    value: (status) => status.frames,
  },
  {
    name: "gifstream_unchanged_frames_total",
    help: "Frames not sent because nothing had changed",
    value: (status) => status.unchangedFrames,
  },
  {
    name: "gifstream_damaged_frames_total",
    help: "Frames taken of which a part is damaged",
    value: (status) => status.damagedFrames,
  },
  {
    name: "gifstream_refused_frames_total",
    help: "Frames refused because browsers could not show them",
    value: (status) => status.refusedFrames,
  },
  {
    name: "gifstream_skipped_frames_total",
    help: "Frames skipped by slow viewers, summed over viewers",
    value: (status) => status.skippedFrames,
  },
  {
    name: "gifstream_published_bytes_total",
    help: "Bytes sent to a viewer that skipped no frame",
    value: (status) => status.publishedBytes,
  },
  {
    name: "gifstream_sent_bytes_total",
    help: "Bytes handed to viewers",
    value: (status) => status.sentBytes,
  },
  {
    name: "gifstream_stalled_viewers_total",
    help: "Viewers cut off because they took nothing",
    value: (status) => status.stalledViewers,
  },
];

const GAUGES: readonly ChannelMetric[] = [
  {
    name: "gifstream_viewers",
    help: "Viewers at this moment",
    value: (status) => status.viewers,
  },
  {
    name: "gifstream_frames_per_second",
    help: "Frames taken per second, over the last seconds",
    value: (status) => status.framesPerSecond,
  },
  {
    name: "gifstream_last_frame_timestamp_seconds",
    help: "Time of the newest frame in seconds since 1970",
    value: ({ lastFrameAgeMilliseconds: age }) =>
      age === null ? undefined : (Date.now() - age) / 1000,
  },
];

/** The settings that metrics tell of, besides the channels. */
type MetricsSettings = Pick<
  HandlerSettings,
  "pictures" | "faults" | "published" | "eventLoopDelay" | "workersStatus"
>;

/** All metrics of a server; their values are collected on each request. */
export function serverRegistry(
  channels: Channels,
  settings: MetricsSettings,
): Registry {
  const { pictures, faults, published } = settings;
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["channel"] as const;
  for (const { name, help, value } of COUNTERS) {
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        forEachStatus(channels, value, (labels, n) => this.inc(labels, n));
      },
    });
  }
  for (const { name, help, value } of GAUGES) {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        forEachStatus(channels, value, (labels, n) => this.set(labels, n));
      },
    });
  }
  addViewers(registry, channels);
  addWallViewers(registry, channels);
  addSourceState(registry, channels);
  addPictures(registry, pictures);
  addFaults(registry, faults);
  addPlaces(registry, published);
  addProcess(registry, channels, settings);
  new KeptHistogram(registry, {
    name: "gifstream_frame_latency_seconds",
    help: "Time from a frame's source to the viewers' sockets",
    labelNames: ["channel"],
    read: () =>
      [...channels].map(({ name, latency }) => ({
        labels: { channel: name },
        times: latency,
      })),
  });
  return registry;
}

function forEachStatus(
  channels: Channels,
  value: ChannelMetric["value"],
  take: (labels: { channel: string }, value: number) => void,
): void {
  for (const channel of channels) {
    const n = value(channel.status());
    if (n !== undefined) take({ channel: channel.name }, n);
  }
}

/** Viewers of each form. */
function addViewers(registry: Registry, channels: Channels): void {
  new Gauge({
    name: "gifstream_viewers_by_form",
    help: "Viewers at this moment, by the form that they get",
    labelNames: ["channel", "form"],
    registers: [registry],
    collect() {
      this.reset();
      for (const channel of channels) {
        const { viewersByForm } = channel.status();
        for (const [form, count] of Object.entries(viewersByForm)) {
          this.set({ channel: channel.name, form }, count);
        }
      }
    },
  });
}

/** Who watch many channels at once count for none of them. */
function addWallViewers(registry: Registry, channels: Channels): void {
  new Gauge({
    name: "gifstream_wall_viewers",
    help: "Viewers of walls at this moment",
    registers: [registry],
    collect() {
      this.set(wallViewers(channels));
    },
  });
}

/** A line for each state: 1 for the current state, 0 for the others. */
function addSourceState(registry: Registry, channels: Channels): void {
  new Gauge({
    name: "gifstream_source_state",
    help: "1 if the source is in this state, else 0",
    labelNames: ["channel", "state"],
    registers: [registry],
    collect() {
      this.reset();
      for (const channel of channels) {
        const { source } = channel.status();
        for (const state of SOURCE_STATES) {
          const labels = { channel: channel.name, state };
          this.set(labels, source.state === state ? 1 : 0);
        }
      }
    },
  });
}

/** Pictures that one thread makes for all channels. */
function addPictures(registry: Registry, { stats }: Pictures): void {
  const metrics: [name: string, help: string, value: () => number][] = [
    [
      "gifstream_pictures_total",
      "Pictures made in other formats",
      () => stats.pictures,
    ],
    [
      "gifstream_picture_errors_total",
      "Pictures that could not be made because of an error",
      () => stats.errors,
    ],
    [
      "gifstream_picture_seconds_total",
      "Time spent on making pictures",
      () => stats.milliseconds / 1000,
    ],
  ];
  for (const [name, help, value] of metrics) {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  }
}

/** Unexpected errors, by the place where they were caught. */
function addFaults(registry: Registry, { counts }: Faults): void {
  new Counter({
    name: "gifstream_faults_total",
    help: "Unexpected errors, each of which was confined to one task",
    labelNames: ["kind"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [kind, count] of Object.entries(counts)) {
        this.inc({ kind }, count);
      }
    },
  });
}
