/* PNG by libpng, with libdeflate for what comes as it should. */

#include "codec.h"

#include <stdlib.h>
#include <string.h>

#include "libdeflate.h"
#include "png.h"
#include "zlib.h"

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

/* Colors of a palette on black, with a byte more each. */
static void read_palette(png_structp png, png_infop info, uint32_t *colors) {
  png_colorp palette;
  png_bytep alphas = NULL;
  int count = 0, translucent = 0;
  png_get_PLTE(png, info, &palette, &count);
  png_get_tRNS(png, info, &alphas, &translucent, NULL);
  memset(colors, 0, 256 * sizeof *colors);
  for (int i = 0; i < count; i++) {
    png_color color = palette[i];
    uint8_t alpha = i < translucent ? alphas[i] : 255;
    uint8_t rgba[4] = {color.red, color.green, color.blue, alpha};
    put_on_black(rgba, (uint8_t *)&colors[i], 1);
  }
}

/* Takes a third of the time of what libpng has for it. */
static void look_up(const uint32_t *colors, const uint8_t *indices,
                    uint8_t *rgb, uint32_t width) {
  for (uint32_t x = 0; x + 1 < width; x++, rgb += 3) {
    memcpy(rgb, &colors[indices[x]], 4);
  }
  memcpy(rgb, &colors[indices[width - 1]], 3);
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

/*
 * The rows of a picture with their filters, where libdeflate could inflate
 * them: it takes well less than half the time of zlib, but needs all data at
 * once, and without a fault.
 */
static struct {
  uint8_t *rows;
  const uint8_t *next;
  size_t left;
} inflated;

/* Rows that take more are left to zlib, which needs no room for them. */
#define MAX_INFLATED_BYTES (64 << 20)

static uint32_t u32_at(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

/*
 * Joins the data of IDAT chunks, of which the first one's head is read.
 * Returns NULL if one is not as it should be.
 */
static uint8_t *join_data(size_t *length) {
  const uint8_t *at = png_input.data - 8;
  size_t left = png_input.left + 8;
  uint8_t *joined = need(left);
  *length = 0;
  while (left >= 12 && memcmp(at + 4, "IDAT", 4) == 0) {
    size_t size = u32_at(at);
    if (size > left - 12 || crc32(0, at + 4, size + 4) != u32_at(at + 8 + size)) {
      free(joined);
      return NULL;
    }
    memcpy(joined + *length, at + 8, size);
    *length += size;
    at += size + 12;
    left -= size + 12;
  }
  return joined;
}

/* Inflates all rows, unless anything about them is odd. */
static void inflate_rows(uint64_t expected) {
  size_t length, found;
  if (expected > MAX_INFLATED_BYTES) return;
  uint8_t *data = join_data(&length);
  if (data == NULL) return;
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  uint8_t *rows = need(expected);
  if (inflater != NULL &&
      libdeflate_zlib_decompress(inflater, data, length, rows, expected,
                                 &found) == LIBDEFLATE_SUCCESS &&
      found == expected) {
    inflated.rows = rows;
    inflated.next = rows;
    inflated.left = expected;
  } else {
    free(rows);
  }
  libdeflate_free_decompressor(inflater);
  free(data);
}

/* What libpng calls in place of `inflate`. */
int inflate_for_png(z_streamp stream, int flush) {
  if (inflated.rows == NULL) return inflate(stream, flush);
  size_t length =
      stream->avail_out < inflated.left ? stream->avail_out : inflated.left;
  memcpy(stream->next_out, inflated.next, length);
  stream->next_out += length;
  stream->avail_out -= length;
  inflated.next += length;
  inflated.left -= length;
  return inflated.left > 0 ? Z_OK : Z_STREAM_END;
}

/* Reads a PNG file, as `read_jpeg` does a JPEG file. */
EXPORT(read_png)
uint32_t read_png(const uint8_t *data, uint32_t length, uint32_t max_pixels) {
  memset(&report, 0, sizeof report);
  memset(&inflated, 0, sizeof inflated);
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
  if (png_get_interlace_type(png, info) == PNG_INTERLACE_NONE) {
    uint64_t row = png_get_rowbytes(png, info) + 1;
    inflate_rows(row * report.height);
  }
  uint32_t colors[256];
  int is_indexed = png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE;
  if (is_indexed) {
    read_palette(png, info, colors);
    png_set_packing(png);
  } else {
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
  }
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t channels = png_get_channels(png, info);
  size_t stride = 3 * (size_t)report.width, raw = channels * report.width;
  report.length = stride * report.height;
  report.bytes = need(report.length);
  memset(report.bytes, 0, report.length);
  /* Interlaced pictures have their pixels in several rows each. */
  int is_kept = channels != 3 && passes > 1;
  size_t kept = channels == 3 ? 0 : is_kept ? raw * report.height : raw;
  uint8_t *raws = need(kept + 1);
  memset(raws, 0, kept + 1);
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < report.height; y++) {
      uint8_t *row = report.bytes + stride * y;
      if (channels == 3) {
        png_read_row(png, NULL, row);
      } else {
        uint8_t *from = is_kept ? raws + raw * y : raws;
        png_read_row(png, NULL, from);
        if (is_indexed) look_up(colors, from, row, report.width);
        else put_on_black(from, row, report.width);
      }
      if (report.rows <= y) report.rows = y + 1;
    }
  }
  free(raws);
  free(inflated.rows);
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
 * Rows as they are compressed: each begins with its filter. Indices are packed;
 * of other pixels, the difference from the one to the left is written.
 */
static uint8_t *filter_rows(const uint8_t *pixels, uint32_t width,
                            uint32_t height, uint32_t channels, int depth,
                            size_t *length) {
  size_t stride = channels == 1 ? ((size_t)width * depth + 7) / 8
                                : (size_t)width * channels;
  *length = (stride + 1) * height;
  uint8_t *rows = need(*length), *row = rows;
  memset(rows, 0, *length);
  for (uint32_t y = 0; y < height; y++) {
    *row++ = channels == 1 ? PNG_FILTER_VALUE_NONE : PNG_FILTER_VALUE_SUB;
    if (depth == 8) {
      size_t from = channels == 1 ? stride : channels;
      memcpy(row, pixels, from);
      for (size_t i = from; i < stride; i++) {
        row[i] = pixels[i] - pixels[i - channels];
      }
    } else {
      for (uint32_t x = 0; x < width; x++) {
        row[x * depth / 8] |= pixels[x] << (8 - depth - x * depth % 8);
      }
    }
    row += stride;
    pixels += (size_t)width * channels;
  }
  return rows;
}

/* libdeflate's fastest: half the time of zlib's, and less to send. */
#define LEVEL 1

static void write_data(png_structp png, const uint8_t *rows, size_t length) {
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
  if (compressor == NULL) png_error(png, "not enough memory");
  size_t most = libdeflate_zlib_compress_bound(compressor, length);
  uint8_t *data = need(most);
  size_t size = libdeflate_zlib_compress(compressor, rows, length, data, most);
  libdeflate_free_compressor(compressor);
  png_write_chunk(png, (png_const_bytep)"IDAT", data, size);
  free(data);
}

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
  png_write_info(png, info);
  size_t length;
  uint8_t *rows = filter_rows(pixels, width, height, channels, depth, &length);
  write_data(png, rows, length);
  free(rows);
  png_write_chunk(png, (png_const_bytep)"IEND", NULL, 0);
  png_destroy_write_struct(&png, &info);
}
