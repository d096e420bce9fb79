/** Names of ffmpeg's formats for devices, screens and its own sources. */
export const DEVICE_FORMATS: readonly string[] = [
  "lavfi",
  "v4l2",
  "x11grab",
  "kmsgrab",
  "fbdev",
  "gdigrab",
  "dshow",
  "avfoundation",
  "android_camera",
];

/** A format and a name, as in `x11grab::0.0`. */
export const DEVICE = new RegExp(`^(${DEVICE_FORMATS.join("|")}):(.+)$`, "s");
