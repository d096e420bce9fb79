import deno from "../../deno.json" with { type: "json" };

/** The version of this program and library. */
export const VERSION: string = deno.version;
