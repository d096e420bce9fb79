/*
 * JPEG and PNG by libjpeg-turbo and libpng, for WebAssembly: what
 * src/image/codec calls. Both are told to go on where they can; what they say
 * of a file is counted, and rows that were read before an error stay.
 *
 * Errors end a call by an exception of the host (`fail`), since C code here
 * has no way to jump back: the host then takes what is in `report`, and a new
 * instance for the next call.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jpeglib.h"
#include "jerror.h"
#include "png.h"

#define EXPORT(name) __attribute__((export_name(#name)))

/* Throws; the text is in `report.message`. */
__attribute__((import_module("host"), import_name("fail"), noreturn))
void fail(void);

/* Results; all fields are 32 bits wide, as the host reads them. */
static struct {
  uint32_t width;       /* of the picture in the file */
  uint32_t height;
  uint32_t out_width;   /* of the pixels, which may be scaled */
  uint32_t out_height;
  uint32_t rows;        /* rows of pixels that are there */
  uint32_t damaged;     /* times that something had to be guessed */
  uint32_t oriented;    /* EXIF orientation, 1 to 8; 0: none is given */
  uint8_t *bytes;       /* pixels, RGB; or a file that was written */
  uint32_t length;
  char message[JMSG_LENGTH_MAX];
} report;

EXPORT(report) void *get_report(void) { return &report; }
EXPORT(allocate) void *allocate(uint32_t length) { return malloc(length); }
EXPORT(release) void release(void *bytes) { free(bytes); }

static void say(const char *message) {
  snprintf(report.message, sizeof report.message, "%s", message);
}

static void *need(size_t length) {
  void *bytes = malloc(length);
  if (bytes == NULL) {
    say("not enough memory");
    fail();
  }
  return bytes;
}

/* Orientation by EXIF data, which begin with the header of TIFF. */
static uint32_t orientation(const uint8_t *tiff, size_t length) {
  if (length < 8) return 0;
  int little = tiff[0] == 'I';
#define U16(at) (little ? tiff[at] | tiff[(at) + 1] << 8 \
                        : tiff[at] << 8 | tiff[(at) + 1])
#define U32(at) (little ? (uint32_t)U16(at) | (uint32_t)U16((at) + 2) << 16 \
                        : (uint32_t)U16(at) << 16 | (uint32_t)U16((at) + 2))
  if (tiff[1] != tiff[0] || (tiff[0] != 'I' && tiff[0] != 'M')) return 0;
  if (U16(2) != 42) return 0;
  uint32_t at = U32(4);
  if (at > length - 2) return 0;
  uint32_t entries = U16(at);
  for (at += 2; entries > 0 && at + 12 <= length; entries--, at += 12) {
    if (U16(at) != 0x0112) continue;
    uint32_t value = U16(at + 8);
    return U16(at + 2) == 3 && value >= 1 && value <= 8 ? value : 0;
  }
  return 0;
}

/*
 * The least of 2, 4 and 8 that makes the picture fit into `max_out_pixels`, or
 * the greatest after which it still fills the wanted box (0: no side given),
 * which is that of the upright picture.
 */
static uint32_t denominator(uint32_t wanted_width, uint32_t wanted_height,
                            uint32_t max_out_pixels) {
  uint32_t chosen = 1;
  if (report.oriented >= 5) {
    uint32_t across = wanted_width;
    wanted_width = wanted_height;
    wanted_height = across;
  }
  for (uint32_t by = 2; by <= 8; by *= 2) {
    uint64_t width = (report.width + chosen - 1) / chosen;
    uint64_t height = (report.height + chosen - 1) / chosen;
    int too_large = width * height > max_out_pixels;
    int enough = (wanted_width > 0 && report.width / by >= wanted_width) ||
                 (wanted_height > 0 && report.height / by >= wanted_height);
    if (too_large || enough) chosen = by;
  }
  return chosen;
}

static int is_too_large(uint32_t max_pixels) {
  return (uint64_t)report.width * report.height > max_pixels;
}

/* ---- JPEG, read ---- */

static void jpeg_fails(j_common_ptr codec) {
  codec->err->format_message(codec, report.message);
  fail();
}

/*
 * Warnings after which all pixels are still those that were sent. A missing
 * end marker is one only where missing data would be noticed otherwise.
 */
static int is_harmless(j_common_ptr codec) {
  int code = codec->err->msg_code;
  if (code == JWRN_JPEG_EOF) {
    j_decompress_ptr jpeg = (j_decompress_ptr)codec;
    return !jpeg->progressive_mode && !jpeg->arith_code;
  }
  return code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM ||
         code == JWRN_JFIF_MAJOR || code == JWRN_BOGUS_ICC;
}

static void jpeg_warns(j_common_ptr codec, int level) {
  if (level >= 0 || is_harmless(codec)) return;
  if (report.damaged++ == 0) codec->err->format_message(codec, report.message);
}

static struct jpeg_error_mgr *jpeg_errors(struct jpeg_error_mgr *errors) {
  jpeg_std_error(errors);
  errors->error_exit = jpeg_fails;
  errors->emit_message = jpeg_warns;
  return errors;
}

#define MAX_SCANS 500

static void limit_scans(j_common_ptr codec) {
  if (((j_decompress_ptr)codec)->input_scan_number <= MAX_SCANS) return;
  say("more than 500 scans");
  fail();
}

static uint32_t exif_orientation(j_decompress_ptr jpeg) {
  for (jpeg_saved_marker_ptr at = jpeg->marker_list; at; at = at->next) {
    if (at->data_length < 14 || memcmp(at->data, "Exif\0", 5) != 0) continue;
    return orientation(at->data + 6, at->data_length - 6);
  }
  return 0;
}

/* Four inks, which all programs take as inverted, with or without a marker. */
static void inks_to_rgb(const uint8_t *inks, uint8_t *rgb, uint32_t width) {
  for (uint32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
    for (int c = 0; c < 3; c++) rgb[c] = (inks[c] * inks[3] + 127) / 255;
  }
}

/*
 * Reads a JPEG file. Returns 0 if it has more pixels than it may have (only
 * its size is told then), or if `max_out_pixels` is 0.
 */
EXPORT(read_jpeg)
uint32_t read_jpeg(const uint8_t *data, uint32_t length, uint32_t max_pixels,
                   uint32_t wanted_width, uint32_t wanted_height,
                   uint32_t max_out_pixels) {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress = {.progress_monitor = limit_scans};
  memset(&report, 0, sizeof report);
  jpeg.err = jpeg_errors(&errors);
  jpeg_create_decompress(&jpeg);
  jpeg.progress = &progress;
  jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xffff);
  jpeg_mem_src(&jpeg, data, length);
  jpeg_read_header(&jpeg, TRUE);
  report.width = jpeg.image_width;
  report.height = jpeg.image_height;
  report.oriented = exif_orientation(&jpeg);
  if (max_out_pixels == 0 || is_too_large(max_pixels)) {
    jpeg_destroy_decompress(&jpeg);
    return 0;
  }
  jpeg.scale_num = 1;
  jpeg.scale_denom = denominator(wanted_width, wanted_height, max_out_pixels);
  int has_inks = jpeg.jpeg_color_space == JCS_CMYK ||
                 jpeg.jpeg_color_space == JCS_YCCK;
  jpeg.out_color_space = has_inks ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(&jpeg);
  report.out_width = jpeg.output_width;
  report.out_height = jpeg.output_height;
  if ((uint64_t)report.out_width * report.out_height > max_out_pixels) {
    jpeg_destroy_decompress(&jpeg);
    return 0;
  }
  size_t stride = 3 * (size_t)report.out_width;
  report.length = stride * report.out_height;
  report.bytes = need(report.length);
  memset(report.bytes, 0, report.length);
  uint8_t *inks = has_inks ? need(4 * (size_t)report.out_width) : NULL;
  while (jpeg.output_scanline < jpeg.output_height) {
    uint8_t *row = report.bytes + stride * jpeg.output_scanline;
    JSAMPROW into = has_inks ? inks : row;
    jpeg_read_scanlines(&jpeg, &into, 1);
    if (has_inks) inks_to_rgb(inks, row, report.out_width);
    report.rows = jpeg.output_scanline;
  }
  free(inks);
  jpeg_destroy_decompress(&jpeg);
  return 1;
}

/* ---- JPEG, written ---- */

/*
 * Writes a JPEG file of pixels with 3 or 4 bytes each, the last of 4 unused.
 * Colors have half the resolution below a quality of 90.
 */
EXPORT(write_jpeg)
void write_jpeg(const uint8_t *pixels, uint32_t width, uint32_t height,
                uint32_t channels, uint32_t quality) {
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned long length = 0;
  unsigned char *bytes = NULL;
  memset(&report, 0, sizeof report);
  jpeg.err = jpeg_errors(&errors);
  jpeg_create_compress(&jpeg);
  jpeg_mem_dest(&jpeg, &bytes, &length);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = channels;
  jpeg.in_color_space = channels == 4 ? JCS_EXT_RGBX : JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, quality, TRUE);
  if (quality >= 90) {
    jpeg.comp_info[0].h_samp_factor = 1;
    jpeg.comp_info[0].v_samp_factor = 1;
  }
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < height) {
    JSAMPROW row = (JSAMPROW)pixels +
                   (size_t)jpeg.next_scanline * width * channels;
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  report.bytes = bytes;
  report.length = length;
}

/* ---- PNG, read ---- */

static struct {
  const uint8_t *data;
  size_t left;
} png_input;

/* True if the message is of a checksum, which says least. */
static int is_checksum;

static void png_fails(png_structp png, png_const_charp message) {
  /* What it warned of before says more. */
  if (report.damaged == 0 || is_checksum) say(message);
  fail();
}

static void png_warns(png_structp png, png_const_charp message) {
  /* Data behind the last row are read by nobody. */
  if (strstr(message, "xtra compressed data") != NULL) return;
  if (strstr(message, "oo much image data") != NULL) return;
  if (report.damaged++ == 0 || is_checksum) say(message);
  is_checksum = strstr(message, "CRC") != NULL;
}

static void png_input_read(png_structp png, png_bytep into, size_t length) {
  if (length > png_input.left) png_error(png, "the data end too early");
  memcpy(into, png_input.data, length);
  png_input.data += length;
  png_input.left -= length;
}

static void put_on_black(const uint8_t *rgba, uint8_t *rgb, uint32_t width) {
  for (uint32_t x = 0; x < width; x++, rgba += 4, rgb += 3) {
    uint32_t alpha = rgba[3];
    for (int c = 0; c < 3; c++) {
      rgb[c] = alpha == 255 ? rgba[c] : (rgba[c] * alpha + 127) / 255;
    }
  }
}

/* Means of squares of pixels, in place. */
static void reduce(uint32_t by) {
  uint32_t width = report.out_width, height = report.out_height;
  uint32_t to_width = (width + by - 1) / by;
  uint32_t to_height = (height + by - 1) / by;
  uint8_t *to = report.bytes;
  for (uint32_t y = 0; y < to_height; y++) {
    uint32_t bottom = (y + 1) * by < height ? (y + 1) * by : height;
    for (uint32_t x = 0; x < to_width; x++) {
      uint32_t right = (x + 1) * by < width ? (x + 1) * by : width;
      uint32_t sum[3] = {0, 0, 0}, count = 0;
      for (uint32_t v = y * by; v < bottom; v++) {
        const uint8_t *at = report.bytes + 3 * ((size_t)v * width + x * by);
        for (uint32_t u = x * by; u < right; u++, at += 3, count++) {
          for (int c = 0; c < 3; c++) sum[c] += at[c];
        }
      }
      for (int c = 0; c < 3; c++) *to++ = (sum[c] + count / 2) / count;
    }
  }
  report.rows = (report.rows + by - 1) / by;
  report.out_width = to_width;
  report.out_height = to_height;
  report.length = 3 * to_width * to_height;
}

static void read_png_orientation(png_structp png, png_infop info) {
  png_bytep exif;
  png_uint_32 length;
  if (png_get_eXIf_1(png, info, &length, &exif) == 0) return;
  report.oriented = orientation(exif, length);
}

/* Only what changes pixels is looked at. */
static void ignore_other_chunks(png_structp png) {
  static const png_byte used[] = "tRNS\0eXIf";
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_AS_DEFAULT, used, 2);
}

/* Reads a PNG file, as `read_jpeg` does a JPEG file. */
EXPORT(read_png)
uint32_t read_png(const uint8_t *data, uint32_t length, uint32_t max_pixels) {
  memset(&report, 0, sizeof report);
  is_checksum = 0;
  png_input.data = data;
  png_input.left = length;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL,
                                           png_fails, png_warns);
  png_infop info = png_create_info_struct(png);
  if (info == NULL) {
    say("not enough memory");
    fail();
  }
  png_set_read_fn(png, NULL, png_input_read);
  png_set_user_limits(png, 65535, 65535);
  png_set_crc_action(png, PNG_CRC_WARN_USE, PNG_CRC_QUIET_USE);
  png_set_benign_errors(png, 1);
  ignore_other_chunks(png);
  png_read_info(png, info);
  report.width = report.out_width = png_get_image_width(png, info);
  report.height = report.out_height = png_get_image_height(png, info);
  read_png_orientation(png, info);
  if (is_too_large(max_pixels)) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t channels = png_get_channels(png, info);
  size_t stride = 3 * (size_t)report.width, raw = channels * report.width;
  report.length = stride * report.height;
  report.bytes = need(report.length);
  memset(report.bytes, 0, report.length);
  /* Interlaced pictures have their pixels in several rows each. */
  int is_kept = channels == 4 && passes > 1;
  size_t kept = channels == 3 ? 0 : is_kept ? raw * report.height : raw;
  uint8_t *rgba = need(kept + 1);
  memset(rgba, 0, kept + 1);
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < report.height; y++) {
      uint8_t *row = report.bytes + stride * y;
      if (channels == 3) {
        png_read_row(png, NULL, row);
      } else {
        uint8_t *from = is_kept ? rgba + raw * y : rgba;
        png_read_row(png, NULL, from);
        put_on_black(from, row, report.width);
      }
      if (report.rows <= y) report.rows = y + 1;
    }
  }
  free(rgba);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

/* Makes the pixels of a PNG smaller, so that they fit. */
EXPORT(reduce_pixels)
void reduce_pixels(uint32_t wanted_width, uint32_t wanted_height,
                   uint32_t max_out_pixels) {
  uint32_t by = denominator(wanted_width, wanted_height, max_out_pixels);
  if (by > 1) reduce(by);
}

/* ---- PNG, written ---- */

static size_t png_capacity;

static void png_output_write(png_structp png, png_bytep from, size_t length) {
  if (report.length + length > png_capacity) {
    png_capacity = 2 * (report.length + length);
    report.bytes = realloc(report.bytes, png_capacity);
    if (report.bytes == NULL) png_error(png, "not enough memory");
  }
  memcpy(report.bytes + report.length, from, length);
  report.length += length;
}

static void png_output_flush(png_structp png) {}

/*
 * Writes a PNG file of pixels: 1 byte each, indices of a palette whose colors
 * have 3 bytes, or 3 or 4 bytes each. The first colors of the palette, as many
 * as are `translucent`, have `alphas`.
 */
EXPORT(write_png)
void write_png(const uint8_t *pixels, uint32_t width, uint32_t height,
               uint32_t channels, const uint8_t *palette, uint32_t colors,
               const uint8_t *alphas, uint32_t translucent) {
  memset(&report, 0, sizeof report);
  png_capacity = 0;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
                                            png_fails, png_warns);
  png_infop info = png_create_info_struct(png);
  if (info == NULL) {
    say("not enough memory");
    fail();
  }
  png_set_write_fn(png, NULL, png_output_write, png_output_flush);
  int depth = colors == 0 || colors > 16 ? 8
              : colors > 4               ? 4
              : colors > 2               ? 2
                                         : 1;
  int type = channels == 1   ? PNG_COLOR_TYPE_PALETTE
             : channels == 3 ? PNG_COLOR_TYPE_RGB
                             : PNG_COLOR_TYPE_RGB_ALPHA;
  png_set_IHDR(png, info, width, height, depth, type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (colors > 0) {
    png_set_PLTE(png, info, (png_const_colorp)palette, colors);
    if (translucent > 0) png_set_tRNS(png, info, alphas, translucent, NULL);
  }
  png_set_compression_level(png, 1);
  png_set_filter(png, 0, channels == 1 ? PNG_FILTER_NONE : PNG_FILTER_SUB);
  png_write_info(png, info);
  png_set_packing(png);
  for (uint32_t y = 0; y < height; y++) {
    png_write_row(png, pixels + (size_t)y * width * channels);
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
}
