-- Write one poll's result: state, log, memory of the poller; publish the delta (if any) and the tick. All or nothing.
-- KEYS: lease, meta, snapshot, log, memory, directory
-- ARGV: 1 token, 2-4 epoch, seq and turn on which the result stands, 5-6 epoch and seq it leads to, 7 now in ms,
--       8 snapshot ('' if the state did not change), 9 delta message ('' if none), 10 tick message, 11 source, 12 memory,
--       13 directory ('' if it did not change), 14 channel, 15 length of the log
-- Answers 'done'; 'lease' if the lease is lost; 'moved' if the store is not where the result stands.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lease' end
local meta = redis.call('HMGET', KEYS[2], 'epoch', 'seq', 'turn')
if (meta[1] or '') ~= ARGV[2] or (meta[2] or '0') ~= ARGV[3] or (meta[3] or '0') ~= ARGV[4] then return 'moved' end

redis.call('HSET', KEYS[2], 'epoch', ARGV[5], 'seq', ARGV[6], 'turn', tonumber(ARGV[4]) + 1,
           'source', ARGV[11], 'ticked_at', ARGV[7])
redis.call('SET', KEYS[5], ARGV[12])
if ARGV[13] ~= '' then redis.call('SET', KEYS[6], ARGV[13]) end
if ARGV[5] ~= ARGV[2] then redis.call('DEL', KEYS[4]) end
if ARGV[8] ~= '' then redis.call('SET', KEYS[3], ARGV[8]) end
if ARGV[9] ~= '' then
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[15], ARGV[6] .. '-0', 'delta', ARGV[9])
  redis.call('PUBLISH', ARGV[14], ARGV[9])
end
redis.call('PUBLISH', ARGV[14], ARGV[10])
return 'done'
