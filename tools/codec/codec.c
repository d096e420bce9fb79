/* What both formats need. */

#include "codec.h"

#include <stdio.h>
#include <stdlib.h>

struct report report;

EXPORT(report) void *get_report(void) { return &report; }
EXPORT(allocate) void *allocate(uint32_t length) { return malloc(length); }
EXPORT(release) void release(void *bytes) { free(bytes); }

void say(const char *message) {
  snprintf(report.message, sizeof report.message, "%s", message);
}

void *need(size_t length) {
  void *bytes = malloc(length);
  if (bytes == NULL) {
    say("not enough memory");
    fail();
  }
  return bytes;
}

uint32_t orientation(const uint8_t *tiff, size_t length) {
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

uint32_t denominator(uint32_t wanted_width, uint32_t wanted_height,
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

int is_too_large(uint32_t max_pixels) {
  return (uint64_t)report.width * report.height > max_pixels;
}
