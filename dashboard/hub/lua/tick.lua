-- Proof of life while a poll takes long: publish a tick with the stored source, if none went out lately.
-- KEYS: meta. ARGV: channel, stream, now in ms, build, least distance of two ticks in ms. Answers 1 if published.
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'source', 'ticked_at')
if not meta[1] or not meta[3] then return 0 end
if tonumber(ARGV[3]) - tonumber(meta[4] or 0) < tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], 'ticked_at', ARGV[3])
redis.call('PUBLISH', ARGV[1], '{"v":1,"t":"tick","stream":"' .. ARGV[2] .. '","epoch":"' .. meta[1] .. '","seq":' .. meta[2]
  .. ',"at":' .. ARGV[3] .. ',"build":"' .. ARGV[4] .. '","source":' .. meta[3] .. '}')
return 1
