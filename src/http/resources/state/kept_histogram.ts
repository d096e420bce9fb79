import { Histogram, type Registry } from "@platformatic/prom-client";
import type { LatencyHistogram } from "../../../timing/time_histogram.ts";

/** Times of one channel, or of whatever the labels name. */
interface LabelledTimes {
  labels: Record<string, string>;
  times: LatencyHistogram;
}

/** Options of {@linkcode KeptHistogram}. */
interface KeptHistogramOptions {
  name: string;
  help: string;
  labelNames: string[];
  /** Reads the times that are kept. */
  read: () => LabelledTimes[];
}

interface Sample {
  metricName: string;
  labels: Record<string, string | number>;
  value: number;
}

/**
 * A histogram whose counts are kept elsewhere: the library's own would need a
 * call for every time, even if nobody ever asks for the metrics.
 */
export class KeptHistogram extends Histogram<string> {
  readonly #options: KeptHistogramOptions;

  constructor(registry: Registry, options: KeptHistogramOptions) {
    const { name, help, labelNames } = options;
    super({ name, help, labelNames, registers: [registry] });
    this.#options = options;
  }

  /**
   * Values for the registry to write. This is a field because the library's
   * constructor sets one on each histogram, which would hide a method.
   */
  readonly getForPromString = () => {
    const { name, help, read } = this.#options;
    const values = read().flatMap((each) => samples(name, each));
    return { name, help, type: "histogram", values };
  };
}

function samples(name: string, { labels, times }: LabelledTimes): Sample[] {
  const { buckets, count, sumSeconds } = times;
  const metricName = `${name}_bucket`;
  return [
    ...buckets.map(({ atMostSeconds, count }) => ({
      metricName,
      labels: { le: atMostSeconds, ...labels },
      value: count,
    })),
    { metricName, labels: { le: "+Inf", ...labels }, value: count },
    { metricName: `${name}_sum`, labels, value: sumSeconds },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
