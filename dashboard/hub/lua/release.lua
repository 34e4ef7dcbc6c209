-- Give the lease back, unless somebody asked for another poll meanwhile. KEYS: lease, nudge. ARGV: token, time to live in ms.
-- Answers 1 if the lease is kept (renewed) for one more poll, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('DEL', KEYS[2]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1
end
redis.call('DEL', KEYS[1])
return 0
