/** The parameter of an address that names one channel. */
const CHANNEL = "channel";
const REDIS = /^rediss?:\/\//i;

/** True for the address of a Redis. */
export function isRedisAddress(input: string): boolean {
  return REDIS.test(input);
}

/** The channel that an address names; undefined for all that are there. */
export function channelOfRedis(address: string): string | undefined {
  return URL.parse(address)?.searchParams.get(CHANNEL) ?? undefined;
}

/** The address of one channel of a Redis. */
export function addressOfChannel(address: string, channel: string): string {
  const url = new URL(address);
  url.searchParams.set(CHANNEL, channel);
  return url.href;
}

/** The address of a Redis itself. */
export function withoutChannel(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(CHANNEL);
  return url.href;
}

/** The address with a password, unless it has one. */
export function withPassword(address: string, password: string): string {
  const url = new URL(address);
  if (url.password !== "") return address;
  url.password = encodeURIComponent(password);
  return url.href;
}
