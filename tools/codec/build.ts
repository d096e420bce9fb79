/**
 * Builds the codec of JPEG and PNG, `src/image/codec/codec_wasm.ts`:
 * libjpeg-turbo, libpng, libdeflate and zlib as Debian 12 has them, and the
 * files of this folder. It says whether that has changed the codec.
 *
 * The one argument is a folder with the sources, as these commands make it:
 *
 * ```sh
 * apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32 dpkg-dev
 * apt-get source libjpeg-turbo libpng1.6 libdeflate zlib
 * ```
 *
 * The same sources make the same bytes: with `--check` behind the folder,
 * nothing is written, and a codec that is another is an error.
 *
 * @module
 */

import { ensureDir } from "@std/fs";
import { basename, join } from "@std/path";

const TARGET = new URL("../../src/image/codec/codec_wasm.ts", import.meta.url);
const HERE = new URL(".", import.meta.url).pathname;
const OWN_FILES = "codec jpeg_codec png_codec";
/** What gives libjpeg-turbo's functions for AltiVec the vectors of wasm. */
const VECTORS = join(HERE, "vectors");

const JPEG_FILES = "jcapimin jcapistd jccoefct jccolor jcdctmgr jchuff jcicc " +
  "jcinit jcmainct jcmarker jcmaster jcomapi jcparam jcphuff jcprepct " +
  "jcsample jctrans jdapimin jdapistd jdatadst jdatasrc jdcoefct jdcolor " +
  "jddctmgr jdhuff jdicc jdinput jdmainct jdmarker jdmaster jdmerge jdphuff " +
  "jdpostct jdsample jdtrans jerror jfdctflt jfdctfst jfdctint jidctflt " +
  "jidctfst jidctint jidctred jquant1 jquant2 jutils jmemmgr jmemnobs " +
  "jaricom jcarith jdarith jsimd_none";
/** Functions for vectors, by their files and by their names. */
const VECTOR_FILES = "jccolor jcsample jdcolor jdsample jfdctint jidctint " +
  "jquanti";
const VECTOR_FUNCTIONS =
  "rgb_ycc ycc_rgb h2v1_downsample h2v2_downsample h2v1_fancy_upsample " +
  "h2v2_fancy_upsample convsamp fdct_islow quantize idct_islow";
const PNG_FILES = "png pngerror pngget pngmem pngread pngrio pngrtran " +
  "pngrutil pngset pngtrans pngwio pngwrite pngwtran pngwutil";
const ZLIB_FILES = "adler32 crc32 deflate infback inffast inflate inftrees " +
  "trees zutil";
const DEFLATE_FILES = "adler32 deflate_compress deflate_decompress utils " +
  "zlib_compress zlib_decompress";

/** Files that pixels pass through are built for speed, others for size. */
const FAST_FILES = new Set(
  ("jdhuff jdphuff jdcoefct jdcolor jdsample jdmerge jdmainct jidctint " +
    "jidctred jfdctint jchuff jccolor jcsample jcdctmgr jccoefct inflate " +
    "inffast adler32 crc32 deflate trees pngrutil pngrtran jpeg_codec " +
    "png_codec deflate_compress deflate_decompress simd").split(" "),
);

const FLAGS = "--target=wasm32-wasi -msimd128 -mbulk-memory -DNDEBUG " +
  "-DWITH_SIMD -DNO_GETENV -DUSE_CLZ_INTRINSIC -include errno.h -w";
const LINK_FLAGS = "--target=wasm32-wasi -O2 -mexec-model=reactor " +
  "-Wl,--strip-all -Wl,-z,stack-size=262144";

/** Parts of libpng that need what WebAssembly lacks, or nobody here calls. */
const PNG_WITHOUT =
  /PNG_(SETJMP|STDIO|CONSOLE_IO|SIMPLIFIED|CONVERT_tIME|WRITE_(iCCP|iTXt|zTXt|COMPRESSED_TEXT))/;

async function main([folder, check]: string[]): Promise<void> {
  const found = await findSources(folder), out = await Deno.makeTempDir();
  const sources = { ...found, jpeg: join(out, basename(found.jpeg)) };
  await copyJpegSources(found.jpeg, sources.jpeg);
  await writeHeaders(sources, join(out, "include"));
  const vectors = join(found.jpeg, "simd", "powerpc");
  const includes = [join(out, "include"), ...Object.values(sources), VECTORS]
    .map((path) => `-I${path}`).concat(`-idirafter${found.jpeg}`);
  const files = [
    ...JPEG_FILES.split(" ").map((name) => join(sources.jpeg, name + ".c")),
    ...PNG_FILES.split(" ").map((name) => join(sources.png, name + ".c")),
    ...ZLIB_FILES.split(" ").map((name) => join(sources.zlib, name + ".c")),
    ...DEFLATE_FILES.split(" ").map((name) =>
      join(sources.deflate, "lib", name + ".c")
    ),
    ...VECTOR_FILES.split(" ").map((name) =>
      join(vectors, name + "-altivec.c")
    ),
    join(VECTORS, "simd.c"),
    ...OWN_FILES.split(" ").map((name) => join(HERE, name + ".c")),
  ];
  const objects: string[] = [];
  for (const file of files) {
    const name = basename(file, ".c");
    const object = join(out, `${objects.length}-${name}.o`);
    const isFast = FAST_FILES.has(name) || name.endsWith("-altivec");
    const speed = isFast ? "-O3" : "-Os";
    const number = /^j[cf]/.test(name) ? "long" : "long long";
    const flags = [...FLAGS.split(" "), speed, `-DNUMBER=${number}`];
    if (name === "jsimd_none") flags.push(...unnamed());
    if (name === "pngrutil") flags.push("-Dinflate=inflate_for_png");
    await clang([...flags, ...includes, "-c", file, "-o", object]);
    objects.push(object);
  }
  const wasm = join(out, "codec.wasm");
  await clang([...LINK_FLAGS.split(" "), ...objects, "-o", wasm]);
  const text = moduleText(await Deno.readFile(wasm), sources);
  await Deno.remove(out, { recursive: true });
  const isSame = text === await Deno.readTextFile(TARGET);
  if (check === undefined) await Deno.writeTextFile(TARGET, text);
  else if (!isSame) throw new Error("The codec is not what these sources give");
  console.log(isSame ? "The same codec as before" : "Another codec");
}

/** Takes the names of functions that are for vectors from those that are not. */
function unnamed(): string[] {
  return VECTOR_FUNCTIONS.split(" ").flatMap((name) => {
    const full = /^(rgb_ycc|ycc_rgb)$/.test(name) ? `${name}_convert` : name;
    return [`can_${name}`, full];
  }).map((name) => `-Djsimd_${name}=none_${name}`);
}

interface Sources {
  jpeg: string;
  png: string;
  zlib: string;
  deflate: string;
}

async function findSources(folder: string = "."): Promise<Sources> {
  const names = (await Array.fromAsync(Deno.readDir(folder)))
    .filter((entry) => entry.isDirectory).map((entry) => entry.name);
  const find = (start: string) => {
    const name = names.find((name) => name.startsWith(start));
    if (name === undefined) {
      throw new Error(`Cannot build: expected ${start}* in ${folder}`);
    }
    return join(folder, name);
  };
  return {
    jpeg: find("libjpeg-turbo-"),
    png: find("libpng1.6-"),
    zlib: find("zlib-"),
    deflate: find("libdeflate-"),
  };
}

/**
 * Copies libjpeg, whose decoder gets numbers as on machines of 64 bits: damaged
 * data overflow in the same way then, and look the same.
 */
async function copyJpegSources(from: string, to: string): Promise<void> {
  await ensureDir(to);
  for await (const { name } of Deno.readDir(from)) {
    if (!/\.(c|h|h\.in)$/.test(name)) continue;
    const text = await Deno.readTextFile(join(from, name));
    await Deno.writeTextFile(
      join(to, name),
      text.replace("typedef long JLONG;", "typedef NUMBER JLONG;")
        .replace("(JLONG)((unsigned long)", "(JLONG)((unsigned NUMBER)"),
    );
  }
}

/** What their own configuration would write. */
async function writeHeaders(sources: Sources, folder: string): Promise<void> {
  await ensureDir(folder);
  const version = versionOf(sources.jpeg);
  const write = (name: string, text: string) =>
    Deno.writeTextFile(join(folder, name), text);
  await write(
    "jconfig.h",
    `#define JPEG_LIB_VERSION 62
#define LIBJPEG_TURBO_VERSION ${version}
#define C_ARITH_CODING_SUPPORTED 1
#define D_ARITH_CODING_SUPPORTED 1
#define MEM_SRCDST_SUPPORTED 1
#define BITS_IN_JSAMPLE 8
`,
  );
  await write(
    "jconfigint.h",
    `#define BUILD ""
#define INLINE inline __attribute__((always_inline))
#define THREAD_LOCAL
#define PACKAGE_NAME "libjpeg-turbo"
#define VERSION "${version}"
#define SIZEOF_SIZE_T 4
#define HAVE_BUILTIN_CTZL
#define FALLTHROUGH __attribute__((fallthrough));
`,
  );
  const jversion = await Deno.readTextFile(join(sources.jpeg, "jversion.h.in"));
  await write("jversion.h", jversion.replace("@COPYRIGHT_YEAR@", ""));
  const all = await Deno.readTextFile(
    join(sources.png, "scripts/pnglibconf.h.prebuilt"),
  );
  const lines = all.split("\n").filter((line) => !PNG_WITHOUT.test(line));
  await write("pnglibconf.h", lines.join("\n"));
}

async function clang(args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("clang-14", { args })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

function moduleText(wasm: Uint8Array, sources: Sources): string {
  const versions = [
    `libjpeg-turbo ${versionOf(sources.jpeg)}`,
    `libpng ${versionOf(sources.png)}`,
    `libdeflate ${versionOf(sources.deflate)}`,
    `zlib ${versionOf(sources.zlib)}`,
  ].join(", ");
  return `// Built by tools/codec/build.ts from ${versions}: do not edit.
// This software is based in part on the work of the Independent JPEG Group.
// Their licenses are in LICENSES.md beside this file.

/** The codec as WebAssembly, in base64. */
export const CODEC_WASM =
  "${wasm.toBase64()}";
`;
}

function versionOf(folder: string): string {
  return basename(folder).replace(/^[^-]*-(turbo-)?/, "").replace(".dfsg", "");
}

if (import.meta.main) await main(Deno.args);
