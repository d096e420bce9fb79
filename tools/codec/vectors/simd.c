/*
 * Says which of libjpeg-turbo's functions for vectors there are, and calls
 * them: those for AltiVec, in C, with altivec.h of this folder. For all others
 * jsimd_none.c stands.
 */

#include <stdlib.h>

#define JPEG_INTERNALS
#include "jinclude.h"
#include "jpeglib.h"
#include "jsimd.h"
#include "jdct.h"
#include "jsimddct.h"
#include "simd/jsimd.h"

GLOBAL(int) jsimd_can_rgb_ycc(void) { return 1; }
GLOBAL(int) jsimd_can_ycc_rgb(void) { return 1; }
GLOBAL(int) jsimd_can_h2v1_downsample(void) { return 1; }
GLOBAL(int) jsimd_can_h2v2_downsample(void) { return 1; }
GLOBAL(int) jsimd_can_h2v1_fancy_upsample(void) { return 1; }
GLOBAL(int) jsimd_can_h2v2_fancy_upsample(void) { return 1; }
GLOBAL(int) jsimd_can_convsamp(void) { return 1; }
GLOBAL(int) jsimd_can_fdct_islow(void) { return 1; }
GLOBAL(int) jsimd_can_quantize(void) { return 1; }
GLOBAL(int) jsimd_can_idct_islow(void) { return 1; }

GLOBAL(void)
jsimd_rgb_ycc_convert(j_compress_ptr cinfo, JSAMPARRAY input_buf,
                      JSAMPIMAGE output_buf, JDIMENSION output_row,
                      int num_rows)
{
  /* codec.c has pixels of three and of four values, red first. */
  if (cinfo->input_components == 4)
    jsimd_extrgbx_ycc_convert_altivec(cinfo->image_width, input_buf,
                                      output_buf, output_row, num_rows);
  else
    jsimd_rgb_ycc_convert_altivec(cinfo->image_width, input_buf, output_buf,
                                  output_row, num_rows);
}

GLOBAL(void)
jsimd_ycc_rgb_convert(j_decompress_ptr cinfo, JSAMPIMAGE input_buf,
                      JDIMENSION input_row, JSAMPARRAY output_buf,
                      int num_rows)
{
  jsimd_ycc_rgb_convert_altivec(cinfo->output_width, input_buf, input_row,
                                output_buf, num_rows);
}

GLOBAL(void)
jsimd_h2v1_downsample(j_compress_ptr cinfo, jpeg_component_info *compptr,
                      JSAMPARRAY input_data, JSAMPARRAY output_data)
{
  jsimd_h2v1_downsample_altivec(cinfo->image_width, cinfo->max_v_samp_factor,
                                compptr->v_samp_factor, compptr->width_in_blocks,
                                input_data, output_data);
}

GLOBAL(void)
jsimd_h2v2_downsample(j_compress_ptr cinfo, jpeg_component_info *compptr,
                      JSAMPARRAY input_data, JSAMPARRAY output_data)
{
  jsimd_h2v2_downsample_altivec(cinfo->image_width, cinfo->max_v_samp_factor,
                                compptr->v_samp_factor, compptr->width_in_blocks,
                                input_data, output_data);
}

GLOBAL(void)
jsimd_h2v1_fancy_upsample(j_decompress_ptr cinfo,
                          jpeg_component_info *compptr, JSAMPARRAY input_data,
                          JSAMPARRAY *output_data_ptr)
{
  jsimd_h2v1_fancy_upsample_altivec(cinfo->max_v_samp_factor,
                                    compptr->downsampled_width, input_data,
                                    output_data_ptr);
}

GLOBAL(void)
jsimd_h2v2_fancy_upsample(j_decompress_ptr cinfo,
                          jpeg_component_info *compptr, JSAMPARRAY input_data,
                          JSAMPARRAY *output_data_ptr)
{
  jsimd_h2v2_fancy_upsample_altivec(cinfo->max_v_samp_factor,
                                    compptr->downsampled_width, input_data,
                                    output_data_ptr);
}

GLOBAL(void)
jsimd_convsamp(JSAMPARRAY sample_data, JDIMENSION start_col,
               DCTELEM *workspace)
{
  jsimd_convsamp_altivec(sample_data, start_col, workspace);
}

GLOBAL(void)
jsimd_fdct_islow(DCTELEM *data)
{
  jsimd_fdct_islow_altivec(data);
}

GLOBAL(void)
jsimd_quantize(JCOEFPTR coef_block, DCTELEM *divisors, DCTELEM *workspace)
{
  jsimd_quantize_altivec(coef_block, divisors, workspace);
}

/*
 * True if all numbers on the way to the samples fit into 16 bits, and samples
 * before they are limited into 10. Others, as damaged data have them, overflow in
 * jpeg_idct_islow as in any libjpeg without vectors.
 */
static int is_moderate(const JCOEF *coefficients, const short *quantizers)
{
  unsigned int sum = 0, all = 0;
  int any = 0;
  for (int i = 0; i < DCTSIZE2; i++) {
    unsigned int size = abs(coefficients[i]);
    sum += size * quantizers[i];
    all |= size;
    any |= quantizers[i];
  }
  if (all > 2047 || any < 0) return 0;
  unsigned int dc = abs(coefficients[0]) * quantizers[0];
  return dc / 8 + (sum - dc) / 4 < 500;
}

GLOBAL(void)
jsimd_idct_islow(j_decompress_ptr cinfo, jpeg_component_info *compptr,
                 JCOEFPTR coef_block, JSAMPARRAY output_buf,
                 JDIMENSION output_col)
{
  if (!is_moderate(coef_block, compptr->dct_table)) {
    jpeg_idct_islow(cinfo, compptr, coef_block, output_buf, output_col);
    return;
  }
  jsimd_idct_islow_altivec(compptr->dct_table, coef_block, output_buf,
                           output_col);
}
