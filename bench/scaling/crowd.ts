import type { Figures } from "./figures.ts";

/** A crowd that comes to several edges at once, and what it watches. */
export interface Crowd {
  /** How many come. */
  viewers: number;
  /** In this time 19 of 20 have come; most of them at its beginning. */
  arrivalSeconds: number;
  framesPerSecond: number;
  kilobitsPerSecond: number;
  /** What each viewer gets first. */
  keyframeKilobytes: number;
}

/** One edge; all are alike. */
export interface Edge {
  /** Cores that it uses for its viewers. */
  cores: number;
  /** Bits a second of its network, in 10^9. */
  gigabitsPerSecond: number;
  figures: Figures;
}

/** What happens at one edge in a moment of the crowd. */
export interface Moment {
  seconds: number;
  /** Viewers that have come to all edges. */
  come: number;
  /** Viewers of all edges that see pictures. */
  watching: number;
  /** Share of the processor and of the network that an edge uses. */
  processor: number;
  network: number;
  /** Share of the parts that viewers get; the others are skipped. */
  delivered: number;
  /** How long who begins to watch now has waited. */
  waitSeconds: number;
}

const STEP_SECONDS = 0.1;
/** 1 - 1/e^3: 19 of 20. */
const TIME_CONSTANTS = 3;
/** A crowd that is not in after that never will be. */
const MAX_SECONDS = 120;

/**
 * Follows a crowd until all of it watches. Parts for those who watch go first,
 * and viewers who come get the processor and the network that are left.
 */
export function* simulate(
  crowd: Crowd,
  edge: Edge,
  edges: number,
): Generator<Moment, void> {
  const { figures } = edge;
  const partKilobytes = crowd.kilobitsPerSecond / 8 / crowd.framesPerSecond;
  const partSeconds = 1e-6 * (figures.clientFrameMicroseconds +
    figures.kilobyteMicroseconds * partKilobytes);
  const joinSeconds = 1e-6 * (figures.joinMicroseconds +
    figures.kilobyteMicroseconds * crowd.keyframeKilobytes);
  const processor = edge.cores * STEP_SECONDS;
  const network = edge.gigabitsPerSecond * 1e6 / 8 * STEP_SECONDS;
  const framesPerStep = crowd.framesPerSecond * STEP_SECONDS;

  let watching = 0;
  const comeAt: number[] = [];
  for (let step = 1; step * STEP_SECONDS <= MAX_SECONDS; step++) {
    const seconds = step * STEP_SECONDS;
    const come = crowd.viewers / edges * shareAt(seconds, crowd);
    comeAt.push(come);

    const parts = watching * framesPerStep;
    const delivered = parts === 0 ? 1 : Math.min(
      1,
      processor / (parts * partSeconds),
      network / (parts * partKilobytes),
    );
    let processorUsed = parts * delivered * partSeconds;
    let networkUsed = parts * delivered * partKilobytes;
    const joins = Math.min(
      come - watching,
      (processor - processorUsed) / joinSeconds,
      (network - networkUsed) / crowd.keyframeKilobytes,
    );
    processorUsed += joins * joinSeconds;
    networkUsed += joins * crowd.keyframeKilobytes;
    watching += joins;
    // The last who begins to watch now came when so many had come.
    const cameAt = comeAt.findIndex((before) => before >= watching - 1e-6);
    yield {
      seconds,
      come: come * edges,
      watching: watching * edges,
      processor: processorUsed / processor,
      network: networkUsed / network,
      delivered,
      waitSeconds: (step - 1 - cameAt) * STEP_SECONDS,
    };
    if (watching * edges > crowd.viewers * 0.999) return;
  }
}

function shareAt(seconds: number, { arrivalSeconds }: Crowd): number {
  return 1 - Math.exp(-TIME_CONSTANTS * seconds / arrivalSeconds);
}

/** What a plan has to keep to. */
export interface Bounds {
  /** The longest wait for the first picture. */
  maxWaitSeconds: number;
  /** The share of an edge that may be used once all watch. */
  maxLoad: number;
}

/** The fewest edges that keep to bounds, and skip nothing. */
export function fewestEdges(
  crowd: Crowd,
  edge: Edge,
  { maxWaitSeconds, maxLoad }: Bounds,
): number {
  const isEnough = (edges: number) => {
    let last: Moment | undefined;
    for (const moment of simulate(crowd, edge, edges)) {
      const { delivered, waitSeconds } = moment;
      if (delivered < 1 || waitSeconds > maxWaitSeconds) return false;
      last = moment;
    }
    const { watching, processor, network } = last!;
    return watching > 0.99 * crowd.viewers &&
      Math.max(processor, network) <= maxLoad;
  };
  let enough = 1;
  while (!isEnough(enough)) enough *= 2;
  let tooFew = enough === 1 ? 0 : enough / 2;
  while (enough - tooFew > 1) {
    const middle = Math.ceil((enough + tooFew) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
