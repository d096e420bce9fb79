import { Counter, Gauge, type Registry } from "@platformatic/prom-client";
import {
  type PlaceStatus,
  PUBLISH_STATES,
} from "../../../publish/place_status.ts";
import type { HandlerSettings } from "../../call/handler_settings.ts";

/** Metrics of a place, by their names. */
const COUNTERS: readonly [
  name: string,
  help: string,
  value: (status: PlaceStatus) => number,
][] = [
  [
    "gifstream_place_parts_total",
    "Parts and JPEGs that got to a place where channels are published",
    ({ parts }) => parts,
  ],
  [
    "gifstream_place_bytes_total",
    "Bytes of the parts and JPEGs that got there",
    ({ bytes }) => bytes,
  ],
  [
    "gifstream_place_dropped_total",
    "Parts and JPEGs dropped on the way there",
    ({ dropped }) => dropped,
  ],
];

/** Adds the metrics of places where channels are published. */
export function addPlaces(
  registry: Registry,
  published: HandlerSettings["published"],
): void {
  const registers = [registry];
  for (const [name, help, value] of COUNTERS) {
    new Counter({
      ...{ name, help, registers },
      labelNames: ["place"],
      collect() {
        this.reset();
        for (const status of published()) {
          this.inc({ place: status.address }, value(status));
        }
      },
    });
  }
  new Gauge({
    name: "gifstream_place_waiting_bytes",
    help: "Bytes that wait to be published at a place",
    labelNames: ["place"],
    registers,
    collect() {
      this.reset();
      for (const { address, waitingBytes } of published()) {
        this.set({ place: address }, waitingBytes);
      }
    },
  });
  new Gauge({
    name: "gifstream_place_viewers",
    help: "Viewers at a place that tells how many there are",
    labelNames: ["place"],
    registers,
    collect() {
      this.reset();
      for (const { address, viewers } of published()) {
        if (viewers !== null) this.set({ place: address }, viewers);
      }
    },
  });
  new Gauge({
    name: "gifstream_place_standby_channels",
    help: "Channels that another process publishes at a place",
    labelNames: ["place"],
    registers,
    collect() {
      this.reset();
      for (const { address, standby } of published()) {
        this.set({ place: address }, standby.length);
      }
    },
  });
  new Gauge({
    name: "gifstream_place_state",
    help: "1 if a place where channels are published is in this state, else 0",
    labelNames: ["place", "state"],
    registers,
    collect() {
      this.reset();
      for (const { address, state: current } of published()) {
        for (const state of PUBLISH_STATES) {
          this.set({ place: address, state }, state === current ? 1 : 0);
        }
      }
    },
  });
}
