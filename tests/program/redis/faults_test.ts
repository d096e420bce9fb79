import { assert, assertEquals, assertMatch } from "@std/assert";
import { Published } from "../../support/redis/published.ts";
import { requireTool } from "../../support/require.ts";

/** Something that goes wrong, and comes right again. */
interface Fault {
  name: string;
  /** Options of redis-server. */
  redisArgs?: string[];
  fail: (all: Published) => Promise<unknown> | void;
  /** What the edge says of its channel meanwhile. */
  edge?: RegExp;
  /** True if the edge's log tells of Redis, too. */
  isWarned?: boolean;
  /** What the origin says of its Redis meanwhile. */
  origin?: RegExp;
  mend: (all: Published) => Promise<unknown> | void;
}

const LOST = /./;

const FAULTS: Fault[] = [
  {
    name: "Redis is killed, and started again without what it held",
    isWarned: true,
    fail: ({ redis }) => redis.stop(),
    edge: LOST,
    origin: /publishing at redis:\S+: failing: ./,
    mend: ({ redis }) => redis.restart(),
  },
  {
    name: "Redis is started again with what it held",
    redisArgs: ["--appendonly", "yes", "--appendfsync", "always"],
    fail: ({ redis }) => redis.stop("SIGTERM"),
    edge: LOST,
    origin: /failing: ./,
    mend: ({ redis }) => redis.restart(),
  },
  {
    name: "Redis forgets all",
    fail: ({ redis }) => redis.command("FLUSHALL"),
    mend: () => {},
  },
  {
    name: "Redis pauses its clients",
    // Nobody can tell it to go on before.
    fail: ({ redis }) => redis.command("CLIENT", "PAUSE", 8000, "ALL"),
    edge: /has not answered for 3 s/,
    origin: /failing: Redis has not answered for 3 s/,
    mend: () => {},
  },
  {
    name: "Redis stops writing for its clients",
    fail: ({ redis }) => redis.command("CLIENT", "PAUSE", 60_000, "WRITE"),
    edge: /the origin of this channel is away/,
    origin: /failing: Redis has not answered for 3 s/,
    mend: ({ redis }) => redis.command("CLIENT", "UNPAUSE"),
  },
  {
    name: "Redis sleeps",
    redisArgs: ["--enable-debug-command", "local"],
    fail: ({ redis }) =>
      // It answers late.
      redis.command("DEBUG", "SLEEP", 6).catch(() => {}),
    edge: /./,
    mend: () => {},
  },
  {
    name: "Redis has no memory left",
    fail: ({ redis }) => redis.command("CONFIG", "SET", "maxmemory", 1000),
    edge: /the origin of this channel is away/,
    origin: /failing: OOM /,
    mend: ({ redis }) => redis.command("CONFIG", "SET", "maxmemory", 0),
  },
  {
    name: "the edge loses its connection",
    isWarned: true,
    fail: ({ edgeProxy }) => {
      edgeProxy.refuses = true;
      edgeProxy.cut();
    },
    edge: LOST,
    mend: ({ edgeProxy }) => {
      edgeProxy.refuses = false;
    },
  },
  {
    name: "the origin loses its connection",
    fail: ({ originProxy }) => {
      originProxy.refuses = true;
      originProxy.cut();
    },
    edge: /the origin of this channel is away/,
    origin: /failing: ./,
    mend: ({ originProxy }) => {
      originProxy.refuses = false;
    },
  },
  {
    name: "nothing goes between the edge and Redis, without a word",
    fail: ({ edgeProxy }) => edgeProxy.freeze(),
    edge: /has not answered for 3 s/,
    mend: ({ edgeProxy }) => edgeProxy.thaw(),
  },
  {
    name: "nothing goes between the origin and Redis, without a word",
    fail: ({ originProxy }) => originProxy.freeze(),
    edge: /the origin of this channel is away/,
    origin: /failing: Redis has not answered for 3 s/,
    mend: ({ originProxy }) => originProxy.thaw(),
  },
];

for (
  const { name, redisArgs = [], fail, mend, isWarned, ...told } of FAULTS
) {
  Deno.test({
    name: `viewers of an edge stay, and go on, when ${name}`,
    ignore: !requireTool("redis-server"),
    async fn() {
      await using all = await Published.start({ redisArgs });
      const { near, far } = all;
      await fail(all);
      const { edge, origin } = told;
      if (edge !== undefined) {
        await all.untilEdge(({ source: { state, message } }) =>
          state === "no signal" && edge.test(message ?? "")
        );
        const ready = await (await fetch(`${all.address}/readyz`)).text();
        assertMatch(ready, /^no signal: 1 of 1 channels$/m);
        if (isWarned) {
          await all.edge.waitFor(/^error: Cannot read channels of/m);
        }
      }
      if (origin !== undefined) await all.untilOrigin(origin);
      await all.originMoves();
      await mend(all);
      await all.moves();
      await all.untilEdge(({ source }) => source.state === "live");
      await all.untilOrigin(/publishing$/m);
      await all.originMoves();
      // Publishing never holds up the origin's own viewers.
      assertEquals([near.gaps, near.repeats], [0, 0]);
      // One keyframe of what was there for each session at most.
      assert(far.repeats <= 3, `${far.repeats} pictures came twice`);
    },
  });
}
