/** Time without a sign of life after which an origin counts as gone. */
export const OWNER_MILLISECONDS = 5000;
/** Time after which nothing is left in Redis of an origin that is gone. */
export const GONE_MILLISECONDS = 60_000;

/** Redis' own time in milliseconds: those of origins and edges may differ. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/**
 * Takes a channel, unless another origin has it. That begins a session, at the
 * same moment: entries of others that come later are void.
 *
 * Keys: owner, channels, parts, state, keyframe, jpeg. Arguments: this origin,
 * the channel, the facts of the first entry, then fields of the state. Answers
 * with the ID of the first entry; nothing if another origin has the channel.
 */
export const CLAIM = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return false end
${NOW}
redis.call('SET', KEYS[1], ARGV[1], 'PX', ${OWNER_MILLISECONDS})
redis.call('ZADD', KEYS[2], now, ARGV[2])
redis.call('XTRIM', KEYS[3], 'MAXLEN', 0)
redis.call('DEL', KEYS[5], KEYS[6])
redis.call('HSET', KEYS[4], unpack(ARGV, 4))
local id = redis.call('XADD', KEYS[3], '*', 'm', ARGV[3])
for i = 3, 4 do redis.call('PEXPIRE', KEYS[i], ${GONE_MILLISECONDS}) end
return id`;

/**
 * Gives a sign of life, and the state. Keys as of {@linkcode CLAIM}. Arguments:
 * this origin, the channel, its session, then fields of the state. Answers with
 * 1; 0 if the session is over.
 */
export const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[4], 'session') ~= ARGV[3] then return 0 end
${NOW}
redis.call('PEXPIRE', KEYS[1], ${OWNER_MILLISECONDS})
redis.call('ZADD', KEYS[2], now, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ${GONE_MILLISECONDS})
redis.call('HSET', KEYS[4], unpack(ARGV, 4))
for i = 3, 6 do redis.call('PEXPIRE', KEYS[i], ${GONE_MILLISECONDS}) end
return 1`;

/**
 * Gives a channel up, so that another origin may take it at once. Keys as of
 * {@linkcode CLAIM}. Arguments: this origin, the channel, the facts of the last
 * entry, 1 if the channel stays.
 */
export const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('XADD', KEYS[3], '*', 'm', ARGV[3])
if ARGV[4] ~= '1' then redis.call('ZREM', KEYS[2], ARGV[2]) end
return 1`;
