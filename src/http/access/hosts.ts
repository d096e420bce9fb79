import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";
import { isAddress } from "./ip_address.ts";
import { type Place, publicOrigin } from "./public_address.ts";

/** Names that no stranger can have in the DNS (RFC 6761, 6762, 8375, 9476). */
const LOCAL_NAME = /^([^.]+|.*\.(localhost|local|home\.arpa|internal|test))$/;

const HOST_NAME = /^(\*\.)?[\w-]+(\.[\w-]+)*$/;

/**
 * The names by which clients may call the server.
 *
 * A page can have its own name lead to an address of somebody else's network
 * (DNS rebinding), and its scripts then read what is there as their own: the
 * name alone tells. No such name are addresses and names of local networks.
 */
export class Hosts {
  readonly #names: ReadonlySet<string>;

  /**
   * @param allowed Names, as in `cams.example.org`; `*.example.org` stands for
   * all below it. None: clients may use any name.
   * @throws {RangeError} If one is not a name.
   */
  constructor(allowed: readonly string[]) {
    this.#names = new Set(allowed.map(normalName));
  }

  /**
   * Refuses a request under a name that is not allowed, if some are.
   *
   * @throws {HttpError} With status 421.
   */
  check(request: Request, place: Place): void {
    if (this.#names.size === 0 || this.knows(request, place)) return;
    throw new HttpError(
      STATUS_CODE.MisdirectedRequest,
      "This server does not go by that name (--allow-host).",
    );
  }

  /** True if the name of the server is allowed, or cannot be a stranger's. */
  knows(request: Request, place: Place): boolean {
    const { hostname } = new URL(publicOrigin(request, place));
    const name = hostname.replace(/\.$/, "");
    return isAddress(name.replace(/^\[|\]$/g, "")) || LOCAL_NAME.test(name) ||
      this.#names.has(name) || above(name).some((it) => this.#names.has(it));
  }
}

/** All `*.` names that a name is below. */
function above(name: string): string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, i) => `*.${parts.slice(i + 1).join(".")}`);
}

function normalName(text: string): string {
  const name = text.toLowerCase();
  if (HOST_NAME.test(name)) return name;
  throw new RangeError(
    "Cannot allow host: expected a name such as cams.example.org, without a " +
      `port, found ${text}`,
  );
}
