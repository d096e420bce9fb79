import type { QueryParameter } from "../parameters/query_parameter.ts";

/** What can be told of a resource without asking it. */
export interface DescribedResource {
  /** Methods besides OPTIONS. Whoever has GET has HEAD, too. */
  methods: readonly ("GET" | "HEAD" | "POST" | "PUT")[];
  /**
   * Open to everybody, whoever may watch.
   *
   * @default {undefined} only those who may watch
   */
  open?: true;
  /**
   * What the part of the address after the question mark may carry.
   *
   * @default {undefined} nothing
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
