/**
 * JPEG files for tests.
 *
 * @module
 */

import { encode } from "jpeg-js";

/** Progressive, 24x16, colors at half the resolution: from red to blue. */
export const PROGRESSIVE_JPEG: Uint8Array<ArrayBuffer> = Uint8Array.from(
  atob(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEY" +
      "Ix8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQ" +
      "EBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7" +
      "Ozs7Ozv/wgARCAAQABgDASIAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAIDBf/E" +
      "ABUBAQEAAAAAAAAAAAAAAAAAAAUE/9oADAMBAAIQAxAAAAHHk0qHFFHRv//EABUQAQEA" +
      "AAAAAAAAAAAAAAAAAAAB/9oACAEBAAEFAqqqqv/EABcRAAMBAAAAAAAAAAAAAAAAAAAC" +
      "AyH/2gAIAQMBAT8BvUeun//EABcRAQEBAQAAAAAAAAAAAAAAAAMABCH/2gAIAQIBAT8B" +
      "zlGXL//EABQQAQAAAAAAAAAAAAAAAAAAACD/2gAIAQEABj8CX//EABUQAQEAAAAAAAAA" +
      "AAAAAAAAAAAB/9oACAEBAAE/IaUpSlP/2gAMAwEAAgADAAAAEF8f/8QAFREBAQAAAAAA" +
      "AAAAAAAAAAAAEDH/2gAIAQMBAT8QsX//xAAVEQEBAAAAAAAAAAAAAAAAAAAQMf/aAAgB" +
      "AgEBPxCY/wD/xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAE/EEAh/9k=",
  ),
  (c) => c.charCodeAt(0),
);

/** Baseline, of one color. */
export function plainJpeg(
  width: number,
  height: number,
  color: [red: number, green: number, blue: number],
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < data.length; i += 4) data.set(color, i);
  return Uint8Array.from(encode({ data, width, height }, 95).data);
}
