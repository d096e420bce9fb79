/** The default quality of JPEG, as in other camera servers. */
export const DEFAULT_QUALITY: number = 80;
