import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import type { ChannelStatus } from "../../../../src/channel/channel_status.ts";
import { Channels } from "../../../../src/channel/channels.ts";
import type { ViewerConnection } from "../../../../src/channel/viewers/viewer_connection.ts";
import {
  attachWithStatus,
  type Telling,
} from "../../../../src/http/resources/state/status_ticker.ts";
import { Faults } from "../../../../src/log/faults.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
} from "../../../support/gif/gif_bytes.ts";
import { publishGif } from "../../../support/publish_gif.ts";
import { until } from "../../../support/browser/until.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** What a viewer is told. */
interface Message {
  nowMilliseconds: number;
  channels?: ChannelStatus[];
  changes?: Partial<ChannelStatus>[];
  removed?: string[];
}

/** A viewer that takes what it is told. */
class Told implements Disposable {
  hasRoom = true;
  readonly messages: Message[] = [];
  bytes = 0;
  readonly #leave: () => void;

  constructor(channels: Channels, telling: Telling) {
    this.#leave = attachWithStatus(
      { channels, faults: new Faults(), telling },
      this.#connection(),
      () => () => {},
    );
  }

  #connection(): ViewerConnection {
    const hasRoom = () => this.hasRoom;
    return {
      get hasRoom() {
        return hasRoom();
      },
      send: (message: Uint8Array) => {
        this.bytes = message.length;
        this.messages.push(JSON.parse(new TextDecoder().decode(message)));
      },
      end: () => {},
      abort: () => {},
    };
  }

  [Symbol.dispose](): void {
    this.#leave();
  }
}

function thirty(): Channels {
  const names = Array.from({ length: 30 }, (_, i) => `camera-${i}`);
  return new Channels(names.map((name) => new Channel({ name })));
}

Deno.test("a viewer is told everything, and then what changes", async () => {
  const channels = thirty();
  using told = new Told(channels, "changes");
  using whole = new Told(channels, "yes");
  assertEquals(told.messages[0].channels?.length, 30);
  const door = channels.get("camera-3")!;
  publishGif(door, GIF.slice());
  const gone = channels.get("camera-7")!;
  channels.remove(gone.name);
  await until("changes", () => told.messages.length > 1);
  const { changes = [], removed, nowMilliseconds } = told.messages[1];
  assertEquals(removed, ["camera-7"]);
  assertEquals(changes.length, 1);
  assertEquals([changes[0].name, changes[0].frames], ["camera-3", 1]);
  assertEquals(changes[0].title, undefined);
  assert(Math.abs(nowMilliseconds - Date.now()) < 60_000);
  await until("everything again", () => whole.messages.length > 1);
  assertEquals(whole.messages[1].channels?.length, 29);
  assert(told.bytes * 20 < whole.bytes, `${told.bytes} of ${whole.bytes}`);
  // Whoever missed something is told everything.
  told.hasRoom = false;
  const count = whole.messages.length;
  await until("a message missed", () => whole.messages.length > count);
  told.hasRoom = true;
  await until("everything", () => told.messages.at(-1)?.channels !== undefined);
  assertEquals(told.messages.at(-1)?.channels?.length, 29);
  gone.close();
  channels.close();
});
