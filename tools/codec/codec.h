/*
 * JPEG and PNG by libjpeg-turbo and libpng, for WebAssembly: what
 * src/image/codec calls. Both are told to go on where they can; what they say
 * of a file is counted, and rows that were read before an error stay.
 *
 * Errors end a call by an exception of the host (`fail`), since C code here
 * has no way to jump back: the host then takes what is in `report`, and a new
 * instance for the next call.
 */

#ifndef CODEC_H
#define CODEC_H

#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define MESSAGE_BYTES 200

/* Results; all fields are 32 bits wide, as the host reads them. */
struct report {
  uint32_t width;       /* of the picture in the file */
  uint32_t height;
  uint32_t out_width;   /* of the pixels, which may be scaled */
  uint32_t out_height;
  uint32_t rows;        /* rows of pixels that are there */
  uint32_t damaged;     /* times that something had to be guessed */
  uint32_t oriented;    /* EXIF orientation, 1 to 8; 0: none is given */
  uint32_t arithmetic;  /* 1: a JPEG by arithmetic coding */
  uint8_t *bytes;       /* pixels, RGB; or a file that was written */
  uint32_t length;
  char message[MESSAGE_BYTES];
};

extern struct report report;

/* Throws; the text is in `report.message`. */
__attribute__((import_module("host"), import_name("fail"), noreturn))
void fail(void);

/* Sets the text. */
void say(const char *message);

/* Memory, or failure. */
void *need(size_t length);

/* Orientation by EXIF data, which begin with the header of TIFF. */
uint32_t orientation(const uint8_t *tiff, size_t length);

/*
 * The least of 2, 4 and 8 that makes the picture fit into `max_out_pixels`, or
 * the greatest after which it still fills the wanted box (0: no side given),
 * which is that of the upright picture.
 */
uint32_t denominator(uint32_t wanted_width, uint32_t wanted_height,
                     uint32_t max_out_pixels);

/* True if the picture in the file has more pixels. */
int is_too_large(uint32_t max_pixels);

#endif
