/*
 * Those of AltiVec's intrinsics that libjpeg-turbo uses, as WebAssembly has
 * them: the order of elements is that of little-endian PowerPC.
 */

#include <wasm_simd128.h>

#define __vector __attribute__((vector_size(16)))

typedef __vector signed char v_s8;
typedef __vector unsigned char v_u8;
typedef __vector short v_s16;
typedef __vector unsigned short v_u16;
typedef __vector int v_s32;
typedef __vector unsigned int v_u32;

#define OVER static inline __attribute__((overloadable, always_inline))

#define vec_add(a, b) ((a) + (b))
#define vec_sub(a, b) ((a) - (b))
#define vec_or(a, b) ((a) | (b))
#define vec_xor(a, b) ((a) ^ (b))
#define vec_mladd(a, b, c) ((a) * (b) + (c))
#define vec_sl(a, b) ((a) << (__typeof__(a))(b))
#define vec_sra(a, b) ((a) >> (__typeof__(a))(b))
#define vec_splat_u16(n) ((v_u16)wasm_u16x8_splat(n))
#define vec_splat(a, i) \
  __builtin_shufflevector(a, a, i, i, i, i, i, i, i, i)
#define vec_all_eq(a, b) (!wasm_v128_any_true((v128_t)((a) ^ (b))))

/* Rows begin where vectors do, so that no address is rounded. */
#define vec_ld(offset, from) \
  (*(__typeof__(vector_of(from)) *)((const char *)(from) + (offset)))
#define vec_st(a, offset, to) wasm_v128_store((char *)(to) + (offset), (v128_t)(a))
#define vec_vsx_ld vec_ld_anywhere
#define vec_vsx_st vec_st
/* Both halves of what is stored in this way are alike. */
OVER void vec_ste(v_s32 a, int offset, void *to) {
  int part = a[offset / 4];
  __builtin_memcpy((char *)to + offset, &part, 4);
}
OVER v_u8 vector_of(const unsigned char *from) { return (v_u8){0}; }
OVER v_s16 vector_of(const short *from) { return (v_s16){0}; }
OVER v_u8 vec_ld_anywhere(int offset, const unsigned char *from) {
  return (v_u8)wasm_v128_load(from + offset);
}

OVER v_s16 vec_sr(v_s16 a, v_u16 by) { return (v_s16)((v_u16)a >> by); }
OVER v_u16 vec_sr(v_u16 a, v_u16 by) { return a >> by; }

#define MERGE_8(a, b, i) \
  __builtin_shufflevector(a, b, i, i + 16, i + 1, i + 17, i + 2, i + 18, \
                          i + 3, i + 19, i + 4, i + 20, i + 5, i + 21, \
                          i + 6, i + 22, i + 7, i + 23)
#define MERGE_16(a, b, i) \
  __builtin_shufflevector(a, b, i, i + 8, i + 1, i + 9, i + 2, i + 10, \
                          i + 3, i + 11)
OVER v_u8 vec_mergeh(v_u8 a, v_u8 b) { return MERGE_8(a, b, 0); }
OVER v_u8 vec_mergel(v_u8 a, v_u8 b) { return MERGE_8(a, b, 8); }
OVER v_s16 vec_mergeh(v_s16 a, v_s16 b) { return MERGE_16(a, b, 0); }
OVER v_s16 vec_mergel(v_s16 a, v_s16 b) { return MERGE_16(a, b, 4); }

/* Indices from 16 on are those of the second. */
#define PERMUTE(type) \
  OVER type vec_perm(type a, type b, v_u8 at) { \
    return (type)wasm_v128_or( \
      wasm_i8x16_swizzle((v128_t)a, (v128_t)at), \
      wasm_i8x16_swizzle((v128_t)b, (v128_t)(at - 16))); \
  }
PERMUTE(v_u8)
PERMUTE(v_s16)
PERMUTE(v_u16)

OVER v_s32 vec_unpackh(v_s16 a) {
  return (v_s32)wasm_i32x4_extend_low_i16x8((v128_t)a);
}
OVER v_s32 vec_unpackl(v_s16 a) {
  return (v_s32)wasm_i32x4_extend_high_i16x8((v128_t)a);
}
OVER v_s16 vec_pack(v_s32 a, v_s32 b) {
  return __builtin_shufflevector((v_s16)a, (v_s16)b, 0, 2, 4, 6, 8, 10, 12, 14);
}
OVER v_u8 vec_pack(v_u16 a, v_u16 b) {
  return __builtin_shufflevector((v_u8)a, (v_u8)b, 0, 2, 4, 6, 8, 10, 12, 14,
                                 16, 18, 20, 22, 24, 26, 28, 30);
}
OVER v_s8 vec_packs(v_s16 a, v_s16 b) {
  return (v_s8)wasm_i8x16_narrow_i16x8((v128_t)a, (v128_t)b);
}
OVER v_u8 vec_packsu(v_s16 a, v_s16 b) {
  return (v_u8)wasm_u8x16_narrow_i16x8((v128_t)a, (v128_t)b);
}

OVER v_s32 vec_msums(v_s16 a, v_s16 b, v_s32 c) {
  return (v_s32)wasm_i32x4_dot_i16x8((v128_t)a, (v128_t)b) + c;
}
OVER v_u32 vec_msum(v_u16 a, v_u16 b, v_u32 c) {
  v_u32 even = ((v_u32)a & 0xffff) * ((v_u32)b & 0xffff);
  return even + ((v_u32)a >> 16) * ((v_u32)b >> 16) + c;
}
OVER v_s16 vec_madds(v_s16 a, v_s16 b, v_s16 c) {
  v_s32 low = (v_s32)wasm_i32x4_extmul_low_i16x8((v128_t)a, (v128_t)b) >> 15;
  v_s32 high = (v_s32)wasm_i32x4_extmul_high_i16x8((v128_t)a, (v128_t)b) >> 15;
  v128_t product = wasm_i16x8_narrow_i32x4((v128_t)low, (v128_t)high);
  return (v_s16)wasm_i16x8_add_sat(product, (v128_t)c);
}
OVER v_u32 vec_mule(v_u16 a, v_u16 b) {
  return ((v_u32)a & 0xffff) * ((v_u32)b & 0xffff);
}
OVER v_u32 vec_mulo(v_u16 a, v_u16 b) {
  return ((v_u32)a >> 16) * ((v_u32)b >> 16);
}
OVER v_u16 vec_mule(v_u8 a, v_u8 b) {
  return ((v_u16)a & 0xff) * ((v_u16)b & 0xff);
}
OVER v_u16 vec_mulo(v_u8 a, v_u8 b) { return ((v_u16)a >> 8) * ((v_u16)b >> 8); }
