import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type {
  ChannelFollower,
  Outlet,
  OutletContext,
  PartInfo,
  ViewedForm,
} from "./outlet.ts";
import type { FanoutContext } from "./viewers/fanout.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";

/** The forms in which a channel is watched now, and its other followers. */
export class Outlets {
  readonly #context: FanoutContext;
  readonly #followers = new Set<ChannelFollower>();
  readonly #outlets = new Map<string, Outlet>();
  #closed = false;

  constructor(context: FanoutContext) {
    this.#context = context;
  }

  /** Tells a follower from now on; returns a function to stop following. */
  follow(follower: ChannelFollower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Adds a viewer of a form, which is made if it has no viewer yet. */
  attach(
    form: string,
    make: (context: OutletContext) => Outlet,
    connection: ViewerConnection,
  ): () => void {
    if (this.#closed) {
      throw new TypeError("Cannot view: the channel was closed");
    }
    const existing = this.#outlets.get(form);
    if (existing !== undefined) return existing.attach(connection);
    const { faults } = this.#context;
    const onEmpty = () => this.#drop(form, outlet);
    const later = (act: () => void) =>
      faults.guard("timer", act, () => this.#end(outlet));
    const outlet = make({ ...this.#context, onEmpty, later });
    this.#outlets.set(form, outlet);
    this.#followers.add(outlet);
    try {
      return outlet.attach(connection);
    } catch (error) {
      this.#drop(form, outlet);
      throw error;
    }
  }

  /** Number of viewers in each form; those of the plain GIF are given. */
  viewersByForm(gif: number): Record<ViewedForm, number> {
    const counts = { gif, jpeg: 0, multipart: 0, websocket: 0, text: 0 };
    for (const { viewedForm, viewerCount } of this.#outlets.values()) {
      counts[viewedForm] += viewerCount;
    }
    return counts;
  }

  /** Tells all followers that a GIF begins. */
  begin(screen: LogicalScreen): void {
    this.#tell((follower) => follower.begin?.(screen));
  }

  /** Tells all followers of a part that was sent. */
  part(part: Part, info: PartInfo): void {
    this.#tell((follower) => follower.part?.(part, info));
  }

  /** Tells all followers of a JPEG that was published. */
  jpeg(size: LogicalScreen, info: PartInfo): void {
    this.#tell((follower) => follower.jpeg?.(size, info));
  }

  /** Ends all forms and followers. Calling it again does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#tell((follower) => follower.end?.());
    const { faults } = this.#context;
    for (const [form, outlet] of this.#outlets) {
      faults.guard("channel", () => this.#drop(form, outlet));
    }
    this.#followers.clear();
  }

  /** A form that throws ends; its next viewer makes it again. */
  #tell(tell: (follower: ChannelFollower) => void): void {
    const { faults } = this.#context;
    for (const follower of this.#followers) {
      faults.guard(
        "channel",
        () => tell(follower),
        () => this.#end(follower),
      );
    }
  }

  #end(follower: ChannelFollower): void {
    this.#followers.delete(follower);
    for (const [form, outlet] of this.#outlets) {
      if (outlet === follower) this.#outlets.delete(form);
    }
    follower.end?.();
  }

  #drop(form: string, outlet: Outlet): void {
    this.#followers.delete(outlet);
    if (this.#outlets.get(form) !== outlet) return;
    this.#outlets.delete(form);
    outlet.release?.();
  }
}
