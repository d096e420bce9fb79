import type { Channel } from "../../../channel/channel.ts";
import type { PartInfo } from "../../../channel/outlet.ts";
import { isPlain, type PictureForm } from "../../../picture/picture_form.ts";
import { type Drawing, PicturesBusyError } from "../../../picture/pictures.ts";
import { cameraSeconds } from "../../answer/camera_seconds.ts";
import { unavailable } from "../../answer/unavailable.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import {
  QUALITY,
  readForm,
  WIDTH,
} from "../../parameters/picture_parameters.ts";
import { fileAnswer, type MadeFile } from "./file_answer.ts";
import { needLivePicture, NEXT, noPictureYet, ofPast } from "./live_picture.ts";
import { AT, fileTime, pastTime, savedAs } from "./past_time.ts";

/** Endings of file names, by format. */
const ENDINGS = { png: "png", jpeg: "jpg", gif: "gif" } as const;

type SnapshotFormat = keyof typeof ENDINGS;

/** `GET /NAME/snapshot.png`: the newest picture, exactly as viewers see it. */
export const snapshotPng: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [AT, NEXT, WIDTH],
  answer: (call) => snapshotAnswer(call, "png"),
};

/**
 * `GET /NAME/snapshot.jpg`: the newest picture as JPEG; the very file that
 * came in, if it was one and neither `width` nor `quality` is asked for.
 */
export const snapshotJpeg: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [AT, NEXT, WIDTH, QUALITY],
  answer: (call) => snapshotAnswer(call, "jpeg"),
};

/** The newest picture of a channel, or that of the time `at`, as a file. */
export async function snapshotAnswer(
  call: ChannelCall,
  format: SnapshotFormat,
): Promise<Response> {
  const form = { format, ...readForm(call.query) };
  return await fileAnswer(call, () => snapshot(call, form));
}

async function snapshot(
  call: ChannelCall,
  form: PictureForm & { format: SnapshotFormat },
): Promise<MadeFile> {
  const time = await pastTime(call);
  if (time === undefined) await needLivePicture(call);
  const { channel } = call;
  const info = time === undefined ? channel.newestInfo : undefined;
  const bytes = cameAs(form, info?.jpeg) ??
    await made(call, form, info ?? {}, () => drawing(channel, time));
  const { name, past } = channel;
  const at = time ?? info?.timeMilliseconds ?? past.now;
  const headers = {
    "content-type": `image/${form.format}`,
    ...savedAs(`${name}-${fileTime(past, at)}.${ENDINGS[form.format]}`),
  };
  return {
    bytes: bytes as Uint8Array<ArrayBuffer>,
    headers: { ...headers, ...timestamp(info) },
  };
}

/** As cameras tell when a picture was taken. */
function timestamp(info: PartInfo | undefined): Record<string, string> {
  if (info === undefined) return {};
  return { "x-timestamp": cameraSeconds(info.timeMilliseconds) };
}

/** The picture as it came in, if it came in the wanted form. */
function cameAs(
  form: PictureForm,
  jpeg: Uint8Array | undefined,
): Uint8Array | undefined {
  return form.format === "jpeg" && isPlain(form) ? jpeg : undefined;
}

async function made(
  { channel, settings, network }: ChannelCall,
  form: PictureForm,
  of: object,
  draw: () => Promise<Drawing>,
): Promise<Uint8Array> {
  // What all want is made once for all of them.
  const giveBack = isPlain(form)
    ? () => {}
    : settings.shares.pictures.take(network);
  try {
    return (await settings.pictures.make(channel, of, form, draw)).bytes;
  } catch (error) {
    if (!(error instanceof PicturesBusyError)) throw error;
    throw unavailable(
      "So many ask for pictures that this one would take long; try again.",
      1,
    );
  } finally {
    giveBack();
  }
}

/**
 * The parts that draw a picture exactly as viewers saw it. Where parts build on
 * each other, it is the pixels themselves, since keyframes bound colors.
 */
async function drawing(
  { past }: Channel,
  time: number | undefined,
): Promise<Drawing> {
  const part = await ofPast(() => past.wholePart(time));
  if (part !== undefined) return { screen: part.screen, parts: [part.bytes] };
  const picture = await ofPast(() => past.picture(time));
  if (picture === undefined) throw noPictureYet();
  const { rgba, width, height } = picture;
  return { screen: { width, height }, parts: [], pixels: rgba };
}
