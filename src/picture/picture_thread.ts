import { Faults } from "../log/faults.ts";
import type { MadePicture, PictureRequest } from "./making_messages.ts";
import { type PictureBackend, startBackend } from "./picture_backend.ts";

/** What became of pictures so far. */
export interface PictureStats {
  /** Pictures made. */
  pictures: number;
  /** Pictures that could not be made. */
  errors: number;
  /** Time that making them took, in milliseconds. */
  milliseconds: number;
}

/** A picture that waits for its turn. */
interface Job {
  /** Told when its turn has come, so that it is of what is newest then. */
  request: () => PictureRequest;
  made: PromiseWithResolvers<MadePicture>;
}

/** After the thread has broken down it is not begun again for so long. */
const REST_MILLISECONDS = 1000;

/** Makes pictures one after another; begins with the first one. */
export class PictureThread {
  /** What became of pictures so far. */
  readonly stats: PictureStats = { pictures: 0, errors: 0, milliseconds: 0 };
  readonly #faults: Faults;
  #backend: PictureBackend | undefined;
  #jobs: Job[] = [];
  #busy = false;
  #failure: Error | undefined;
  #failedAtMilliseconds = -Infinity;
  #nextCanvas = 0;

  /** @param faults Told when the thread breaks down. */
  constructor(faults: Faults = new Faults()) {
    this.#faults = faults;
  }

  /** Pictures that wait for their turn. */
  get waiting(): number {
    return this.#jobs.length;
  }

  /** What to call a canvas that is to be kept. */
  newCanvas(): number {
    return this.#nextCanvas++;
  }

  /**
   * Makes a picture when those before it are made.
   *
   * @param request Called when its turn has come.
   * @throws {Error} If it cannot be made.
   */
  make(request: () => PictureRequest): Promise<MadePicture> {
    const made = Promise.withResolvers<MadePicture>();
    this.#jobs.push({ request, made });
    this.#next();
    return made.promise;
  }

  /** Lets go of a canvas. */
  drop(canvas: number): void {
    this.#backend?.drop({ drop: canvas });
  }

  /** Ends the thread. What it was asked for never comes. */
  stop(): void {
    this.#backend?.stop();
    this.#backend = undefined;
    this.#jobs = [];
    this.#busy = false;
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    const job = this.#jobs.shift();
    if (job === undefined) return;
    this.#busy = true;
    const { made } = job;
    const startedAt = performance.now();
    try {
      const picture = await this.#do(job);
      this.stats.pictures++;
      this.stats.milliseconds += performance.now() - startedAt;
      made.resolve(picture);
    } catch (error) {
      this.stats.errors++;
      made.reject(error);
    }
    this.#busy = false;
    this.#next();
  }

  async #do({ request }: Job): Promise<MadePicture> {
    const backend = this.#start();
    const asked = request();
    const reply = await backend.make(asked).catch((error) => {
      this.#faults.note("worker", error);
      this.#failure = error;
      this.#failedAtMilliseconds = performance.now();
      this.#backend = undefined;
      throw error;
    });
    if ("error" in reply) throw new Error(reply.error);
    return reply;
  }

  #start(): PictureBackend {
    const since = performance.now() - this.#failedAtMilliseconds;
    if (since < REST_MILLISECONDS) throw this.#failure;
    return this.#backend ??= startBackend();
  }
}
