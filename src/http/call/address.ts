import type { QueryParameter } from "../parameters/query_parameter.ts";

/** The description of a resource. */
export interface DescribedResource {
  /** Methods besides OPTIONS; GET comes with HEAD. */
  methods: readonly ("GET" | "HEAD" | "POST" | "PUT")[];
  /**
   * Open to everybody, whoever may watch.
   *
   * @default {undefined} only those who may watch
   */
  open?: true;
  /**
   * The parameters after the question mark of the address.
   *
   * @default {undefined} none
   */
  parameters?: readonly QueryParameter[];
}

/** An address, and what is there. */
export interface Address {
  /** The path, in which `NAME` is a channel's name. */
  path: string;
  /** The server, the channel that the path names, or the first one. */
  about: "server" | "channel" | "first channel";
  resource: DescribedResource;
}
