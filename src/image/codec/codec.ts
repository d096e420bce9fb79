import { CODEC_WASM } from "./codec_wasm.ts";

/** Functions of `tools/codec/codec.c`; all numbers are 32 bits wide. */
interface CodecExports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  report(): number;
  allocate(length: number): number;
  release(address: number): void;
  read_jpeg(
    address: number,
    length: number,
    maxPixels: number,
    wantedWidth: number,
    wantedHeight: number,
    maxOutPixels: number,
  ): number;
  read_png(address: number, length: number, maxPixels: number): number;
  reduce_pixels(
    wantedWidth: number,
    wantedHeight: number,
    maxOutPixels: number,
  ): void;
  write_jpeg(
    address: number,
    width: number,
    height: number,
    channels: number,
    quality: number,
  ): void;
  write_png(
    address: number,
    width: number,
    height: number,
    channels: number,
    palette: number,
    colors: number,
    alphas: number,
    translucent: number,
  ): void;
}

/** Findings of the codec about a file, and what it made of it. */
export interface CodecReport {
  /** Pixels of a row of the picture in the file. */
  width: number;
  /** Rows of the picture in the file. */
  height: number;
  /** Pixels of a row, as they were read; 0 if none were. */
  outWidth: number;
  /** Rows, as they were read. */
  outHeight: number;
  /** Rows that are there; those after them are black. */
  rows: number;
  /** Times that the codec had to guess. */
  damages: number;
  /** Orientation by EXIF data, 1 to 8; 0 if none is given. */
  orientation: number;
  /** True for a JPEG by arithmetic coding. */
  isArithmetic: boolean;
  /** The pixels, red, green and blue; or the file that was written. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The codec's first complaint; empty if it has none. */
  message: string;
  /** True if the codec gave up. */
  failed: boolean;
}

/** Memory that stays for the next picture; more is given back. */
const MAX_KEPT_BYTES = 2 ** 26;
const REPORT_FIELDS = 10;
const MESSAGE_BYTES = 200;

/** Thrown by the codec to end a call. */
class CodecFailure extends Error {}

let compiled: WebAssembly.Module | undefined;
let instance: CodecExports | undefined;

/** Starts the codec, once in each thread. */
function codec(): CodecExports {
  if (instance !== undefined) return instance;
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(CODEC_WASM), (letter) => letter.charCodeAt(0)),
  );
  const fail = () => {
    throw new CodecFailure();
  };
  // It writes and reads nothing: these belong to text that nobody prints.
  const none = () => 8;
  const { exports } = new WebAssembly.Instance(compiled, {
    host: { fail },
    wasi_snapshot_preview1: {
      fd_close: none,
      fd_seek: none,
      fd_write: none,
      proc_exit: fail,
    },
  });
  instance = exports as unknown as CodecExports;
  instance._initialize();
  return instance;
}

/**
 * Calls the codec with bytes of its own memory, and takes what it reports.
 *
 * @param inputs Bytes that are copied to the codec, for the addresses.
 * @param call The call.
 */
export function callCodec(
  inputs: readonly (Uint8Array | Uint8ClampedArray)[],
  call: (codec: CodecExports, addresses: number[]) => void,
): CodecReport {
  const exports = codec();
  let failed = false;
  try {
    const addresses = inputs.map((bytes) => copyIn(exports, bytes));
    call(exports, addresses);
    const report = readReport(exports, false);
    for (const address of addresses) exports.release(address);
    exports.release(report.address);
    if (exports.memory.buffer.byteLength > MAX_KEPT_BYTES) instance = undefined;
    return report;
  } catch (error) {
    // Whatever it was doing is left half done.
    instance = undefined;
    failed = error instanceof CodecFailure ||
      error instanceof WebAssembly.RuntimeError;
    if (!failed) throw error;
    return readReport(exports, true, error);
  }
}

function copyIn(
  exports: CodecExports,
  bytes: Uint8Array | Uint8ClampedArray,
): number {
  const address = exports.allocate(Math.max(1, bytes.length));
  if (address === 0) {
    throw new RangeError(
      `Cannot take ${bytes.length} bytes: there is not enough memory`,
    );
  }
  new Uint8Array(exports.memory.buffer, address, bytes.length).set(bytes);
  return address;
}

function readReport(
  { memory, report }: CodecExports,
  failed: boolean,
  error?: unknown,
): CodecReport & { address: number } {
  const at = report();
  const [
    width,
    height,
    outWidth,
    outHeight,
    rows,
    damages,
    orientation,
    arithmetic,
    address,
    length,
  ] = new Uint32Array(memory.buffer, at, REPORT_FIELDS);
  const text = new Uint8Array(
    memory.buffer,
    at + 4 * REPORT_FIELDS,
    MESSAGE_BYTES,
  );
  const message = error instanceof WebAssembly.RuntimeError
    ? error.message
    : new TextDecoder().decode(text.subarray(0, text.indexOf(0)));
  const bytes = address === 0
    ? new Uint8Array(0)
    : new Uint8Array(memory.buffer, address, length).slice();
  return {
    ...{ width, height, outWidth, outHeight, rows, damages, orientation },
    ...{ isArithmetic: arithmetic === 1, bytes, message, failed, address },
  };
}
