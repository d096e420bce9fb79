/** Types of `@std/text/levenshtein-distance`, for the untyped npm build. */

export function levenshteinDistance(str1: string, str2: string): number;
