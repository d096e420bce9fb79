import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  ffmpegArguments,
  ffmpegInput,
  type InputOptions,
} from "../../../src/source/ffmpeg/ffmpeg_arguments.ts";
import { majorVersionIn } from "../../../src/source/ffmpeg/ffmpeg_version.ts";

/** The last arguments, where the input is named. */
function named(input: string, options?: InputOptions): string[] {
  return ffmpegInput(input, options).args.slice(-2);
}

Deno.test("ffmpegInput() takes every path for a file's", () => {
  const paths = [
    ["film.mp4", "file:film.mp4"],
    ["-y", "file:-y"],
    ["file:///film.mp4", "file:/film.mp4"],
    ["concat:a|b", "file:concat:a|b"],
    ["pipe:0", "file:pipe:0"],
    ["C:\\film.mp4", "file:C:\\film.mp4"],
  ];
  for (const [path, name] of paths) {
    assertEquals(named(path), ["-i", name]);
    const { args, finite, remote } = ffmpegInput(path);
    const list = args[args.indexOf("-protocol_whitelist") + 1];
    assertEquals([list, finite, remote], ["file,crypto,data", true, false]);
  }
});

Deno.test("ffmpegInput() names the format of devices", () => {
  const devices = [
    ["/dev/video0", "v4l2", "/dev/video0"],
    ["x11grab::0.0+10,20", "x11grab", ":0.0+10,20"],
    ["lavfi:testsrc2=s=64x48", "lavfi", "testsrc2=s=64x48"],
    ["gdigrab:desktop", "gdigrab", "desktop"],
  ];
  for (const [input, format, name] of devices) {
    const { args, remote } = ffmpegInput(input);
    assertEquals(args.slice(-4), ["-f", format, "-i", name]);
    assertEquals(remote, false);
  }
});

Deno.test("ffmpegInput() paces and loops what has an end", () => {
  const cases: [string, boolean][] = [
    ["film.mp4", true],
    ["http://host/film.MP4?start=1", true],
    ["https://host/live/index.m3u8", true],
    ["http://host/camera.mjpeg", false],
    ["http://host/?film.mp4", false],
    ["rtmp://host/live/film.mp4", false],
    ["/dev/video0", false],
  ];
  for (const [input, ends] of cases) {
    const once = ffmpegInput(input),
      looped = ffmpegInput(input, { loop: true });
    assertEquals(once.finite, ends, input);
    assertEquals(once.pace, ends ? "own" : "arrival", input);
    assertEquals(looped.finite, false, input);
    assertEquals(looped.args.includes("-stream_loop"), ends, input);
  }
});

Deno.test("ffmpegInput() reaches cameras by what loses nothing", () => {
  const { args, remote, triesUdp } = ffmpegInput("rtsp://host/1");
  assertEquals(args[args.indexOf("-rtsp_transport") + 1], "tcp");
  assertEquals([remote, triesUdp], [true, true]);
  const asked = ffmpegInput("RTSP://host/1", { rtspTransport: "http" });
  assertEquals(asked.args[asked.args.indexOf("-rtsp_transport") + 1], "http");
  assertEquals(asked.triesUdp, false);
  const inputArguments = ["-rtsp_transport", "udp"];
  assertEquals(ffmpegInput("rtsp://h/1", { inputArguments }).triesUdp, false);
});

Deno.test("ffmpegInput() puts options passed through before the input", () => {
  const inputArguments = ["-f", "mjpeg"];
  assertEquals(
    ffmpegInput("rtmp://host/1", { inputArguments }).args.slice(-4),
    ["-f", "mjpeg", "-i", "rtmp://host/1"],
  );
});

Deno.test("ffmpegInput() throws at addresses that it does not know", () => {
  for (const input of ["gopher://host", "concatf://x", "subfile://x"]) {
    assertThrows(() => ffmpegInput(input), Error, "expected an address");
  }
});

Deno.test("ffmpegArguments() asks for pictures on standard output", () => {
  const args = ffmpegArguments(ffmpegInput("a.mp4"), { framesPerSecond: 12 });
  assertEquals(args.at(-1), "pipe:1");
  assertEquals(args[args.indexOf("-vf") + 1].includes("fps="), false);
});

Deno.test("ffmpegArguments() takes live pictures for as old as they arrive", () => {
  const cases: [string, boolean][] = [
    ["rtmp://host/1", true],
    ["http://host/camera", true],
    ["http://host/film.mp4", false],
    ["/dev/video0", false],
  ];
  for (const [input, live] of cases) {
    const args = ffmpegArguments(ffmpegInput(input), { framesPerSecond: 12 });
    assertEquals(args[args.indexOf("-vf") + 1].includes("setpts=RTC"), live);
  }
});

Deno.test("ffmpegArguments() limits how long ffmpeg waits for bytes", () => {
  const options: [string, string | undefined][] = [
    ["http://host/camera", "-rw_timeout"],
    ["https://host/film.mp4", "-rw_timeout"],
    ["rtmp://host/1", "-rw_timeout"],
    ["tcp://host:1", "-rw_timeout"],
    ["srt://host:1", "-rw_timeout"],
    ["udp://host:1", "-timeout"],
    ["rtsp://host/1", "-timeout"],
    ["rtsps://host/1", "-timeout"],
    ["rtp://host:1", undefined],
    ["film.mp4", undefined],
  ];
  const request = { framesPerSecond: 10 };
  for (const [input, option] of options) {
    // What the user says comes later, and counts.
    const inputArguments = ["-x", "1"];
    const opened = ffmpegInput(input, { inputArguments });
    const args = ffmpegArguments(opened, request);
    const at = args.indexOf("120000000");
    assertEquals(args[at - 1], option, input);
    assert(at < args.indexOf("-x"));
  }
  const args = ffmpegArguments(ffmpegInput("rtsp://host/1"), request, 4);
  assertEquals(args[args.indexOf("120000000") - 1], "-stimeout");
});

Deno.test("majorVersionIn() reads what ffmpeg says of itself", () => {
  const versions: [string, number | undefined][] = [
    ["ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026", 5],
    ["ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright", 4],
    ["ffmpeg version n7.1 Copyright", 7],
    ["ffmpeg version 10.0 Copyright", 10],
    ["ffmpeg version N-118000-gabcdef Copyright", undefined],
    ["", undefined],
  ];
  for (const [text, major] of versions) {
    assertEquals(majorVersionIn(text), major, text);
  }
});
