import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";
import type { Faults } from "../../log/faults.ts";
import { CarriedViewer } from "./carried_viewer.ts";
import { type OrderBatch, OrderReader, type OrderTaker } from "./orders.ts";
import type { OrdersTaken } from "./serving_messages.ts";

/** Options of {@linkcode CarriedViewers}. */
export interface CarriedViewersOptions {
  faults: Faults;
  /** Called when a viewer has left by itself. */
  onLeft: (viewer: number) => void;
  /** Called when there is something to tell: see `news`. */
  onNews: () => void;
}

/** Time in which a viewer that was let in gets its connection, or never. */
const CONNECTING_MILLISECONDS = 10_000;

/** Short at first, as in the fan-out: most viewers drain at once. */
const FIRST_LOOK_MILLISECONDS = 2;
const LOOK_MILLISECONDS = 50;

/** The viewers of this thread: carries out what the main thread orders. */
export class CarriedViewers implements OrderTaker {
  readonly #options: CarriedViewersOptions;
  readonly #viewers = new Map<number, CarriedViewer>();
  readonly #reader = new OrderReader(this);
  /** Viewers without room. */
  readonly #full = new Map<number, CarriedViewer>();
  #looking: ReturnType<typeof setTimeout> | undefined;
  #newlyFull: number[] = [];
  #drained: number[] = [];
  #batch = -1;
  #toldBatch = -1;

  /** Begins without viewers. */
  constructor(options: CarriedViewersOptions) {
    this.#options = options;
  }

  /**
   * Adds a viewer, whose connection is about to come.
   *
   * @returns Takes the connection; what it returns is called when the viewer
   * leaves by itself.
   */
  add(id: number): (connection: ViewerConnection) => () => void {
    const viewer = new CarriedViewer();
    this.#viewers.set(id, viewer);
    const leave = () => {
      if (this.#forget(id)) this.#options.onLeft(id);
    };
    // The client may have gone meanwhile, of which nobody would be told.
    const late = setTimeout(leave, CONNECTING_MILLISECONDS);
    return (connection) => {
      clearTimeout(late);
      this.#guard(id, viewer, () => viewer.connect(connection));
      return leave;
    };
  }

  /** Carries out orders of the main thread. */
  carryOut(batch: OrderBatch): void {
    this.#reader.carryOut(batch);
    this.#batch = batch.number;
    this.#look(FIRST_LOOK_MILLISECONDS);
    this.#options.onNews();
  }

  /** The state to tell the main thread; undefined if that knows it. */
  news(): OrdersTaken | undefined {
    const full = this.#newlyFull, drained = this.#drained;
    const isKnown = this.#toldBatch === this.#batch && full.length === 0 &&
      drained.length === 0;
    if (isKnown) return undefined;
    this.#newlyFull = [];
    this.#drained = [];
    this.#toldBatch = this.#batch;
    return { type: "taken", batch: this.#batch, full, drained };
  }

  send(id: number, bytes: Uint8Array): void {
    const viewer = this.#viewers.get(id);
    if (viewer === undefined) return;
    try {
      if (!viewer.hasRoom) this.#noteFull(id, viewer);
      viewer.send(bytes);
    } catch (error) {
      this.#fail(id, viewer, error);
    }
  }

  sendFirst(id: number, chunks: readonly Uint8Array[]): void {
    const viewer = this.#viewers.get(id);
    if (viewer === undefined) return;
    this.#guard(id, viewer, () => viewer.sendFirst(chunks));
  }

  end(id: number): void {
    const viewer = this.#forget(id);
    this.#options.faults.guard("viewer", () => viewer?.end());
  }

  abort(id: number, reason: string): void {
    const viewer = this.#forget(id);
    this.#options.faults.guard("viewer", () => viewer?.abort(reason));
  }

  #guard(id: number, viewer: CarriedViewer, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(id, viewer, error);
    }
  }

  /** Cuts off a viewer whose connection threw an error. */
  #fail(id: number, viewer: CarriedViewer, error: unknown): void {
    const { faults, onLeft } = this.#options;
    faults.note("viewer", error);
    if (this.#forget(id) !== undefined) onLeft(id);
    faults.guard("viewer", () => viewer.abort("Viewer cut off: cannot send"));
  }

  #forget(id: number): CarriedViewer | undefined {
    const viewer = this.#viewers.get(id);
    this.#viewers.delete(id);
    this.#full.delete(id);
    return viewer;
  }

  #noteFull(id: number, viewer: CarriedViewer): void {
    if (viewer.isFull) return;
    viewer.isFull = true;
    this.#full.set(id, viewer);
    this.#newlyFull.push(id);
  }

  /** Looks at viewers without room until there are none. */
  #look(milliseconds: number): void {
    if (this.#full.size === 0 || this.#looking !== undefined) return;
    this.#looking = setTimeout(() => {
      this.#looking = undefined;
      for (const [id, viewer] of this.#full) {
        this.#guard(id, viewer, () => {
          if (!viewer.hasRoom) return;
          viewer.isFull = false;
          this.#full.delete(id);
          this.#drained.push(id);
        });
      }
      if (this.#drained.length > 0) this.#options.onNews();
      this.#look(LOOK_MILLISECONDS);
    }, milliseconds);
  }
}
