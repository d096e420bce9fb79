import { STATUS_CODE } from "@std/http/status";
import type { PictureForm } from "../picture/picture_form.ts";
import { PicturesBusyError } from "../picture/pictures.ts";
import { type ChannelCall, READ_METHODS, type Resource } from "./call.ts";
import { HttpError } from "./http_error.ts";
import { needLivePicture, noPictureYet } from "./live_picture.ts";
import { formParameters } from "./picture_parameters.ts";
import { fileAnswer } from "./file_answer.ts";

/** `GET /NAME/snapshot.png`: the newest picture, exactly as viewers see it. */
export const snapshotPng: Resource<ChannelCall> = snapshotImage("png");

/**
 * `GET /NAME/snapshot.jpg`: the newest picture as JPEG; the very file that
 * came in, if it was one and neither `width` nor `quality` is asked for.
 */
export const snapshotJpeg: Resource<ChannelCall> = snapshotImage("jpeg");

function snapshotImage(format: "png" | "jpeg"): Resource<ChannelCall> {
  return {
    methods: READ_METHODS,
    answer: (call) => snapshotAnswer(call, format),
  };
}

/** The newest picture of a channel as a file. */
export async function snapshotAnswer(
  call: ChannelCall,
  format: "png" | "jpeg",
): Promise<Response> {
  const form = { format, ...formParameters(call.query) };
  await needLivePicture(call);
  const { request, channel } = call;
  const info = channel.newestInfo, keyframe = channel.keyframe();
  if (info === undefined || keyframe === undefined) throw noPictureYet();
  const bytes = cameAs(form, info.jpeg) ??
    await picture(call, keyframe.bytes, form);
  return await fileAnswer(request, bytes, {
    "content-type": `image/${format}`,
    "x-timestamp": (info.timeMilliseconds / 1000).toFixed(6),
  });
}

/** What came in like this goes out untouched. */
function cameAs(
  { format, width, quality }: PictureForm,
  jpeg: Uint8Array | undefined,
): Uint8Array | undefined {
  const asked = width !== undefined || quality !== undefined;
  return format === "jpeg" && !asked ? jpeg : undefined;
}

async function picture(
  { channel, settings }: ChannelCall,
  keyframe: Uint8Array,
  form: PictureForm,
): Promise<Uint8Array> {
  try {
    const made = settings.pictures.make(
      channel,
      channel.screen,
      keyframe,
      form,
    );
    return (await made).bytes;
  } catch (error) {
    if (!(error instanceof PicturesBusyError)) throw error;
    throw new HttpError(
      STATUS_CODE.ServiceUnavailable,
      "So many ask for pictures that this one would take long; try again.",
      { "retry-after": "1" },
    );
  }
}
