/**
 * Decoding a picture that has come as bytes.
 *
 * @module
 */

/**
 * Decodes a picture, with what the browser has for it.
 *
 * @param {Blob} blob
 * @returns {Promise<ImageBitmap | HTMLImageElement>}
 */
export function decodePicture(blob) {
  if ("createImageBitmap" in globalThis) return createImageBitmap(blob);
  return new Promise((resolve, reject) => {
    const image = new Image(), address = URL.createObjectURL(blob);
    image.onload = () => {
      URL.revokeObjectURL(address);
      resolve(image);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error("Cannot decode picture"));
    };
    image.src = address;
  });
}
