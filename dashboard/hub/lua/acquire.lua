-- Take the lease of a stream. KEYS: lease, meta. ARGV: token, time to live in ms.
-- Answers {1, epoch, seq, turn}, or {0, ms that the holder's lease still runs}.
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return {0, redis.call('PTTL', KEYS[1])}
end
local meta = redis.call('HMGET', KEYS[2], 'epoch', 'seq', 'turn')
return {1, meta[1] or '', tonumber(meta[2] or 0), tonumber(meta[3] or 0)}
