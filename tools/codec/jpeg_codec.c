/* JPEG by libjpeg-turbo. */

#include "codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jpeglib.h"
#include "jerror.h"

#if JMSG_LENGTH_MAX > MESSAGE_BYTES
#error "messages of libjpeg are longer than those of the report"
#endif

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
  report.arithmetic = jpeg.arith_code;
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
