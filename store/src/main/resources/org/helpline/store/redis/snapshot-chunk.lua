#!lua
-- Puts one chunk of a snapshot into a place that no reader looks at yet; the first chunk empties the place.
--
-- KEYS[1] epoch     string, "EPOCH OWNER" of the newest owner
-- KEYS[2] snapshots hash, which places can be read: letter of the place -> description
-- KEYS[3] place     hash, number of the chunk -> bytes
-- ARGV[1] epoch     of who saves
-- ARGV[2] owner     who took this epoch
-- ARGV[3] letter    of the place
-- ARGV[4] number    of the chunk, from 0
-- ARGV[5] bytes
--
-- Returns {"OK"} or {"FENCED", "EPOCH OWNER" of the one who owns the domain}.
-- include fence.lua
local other = owned_by_another(KEYS[1], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
if ARGV[4] == '0' then
  redis.call('HDEL', KEYS[2], ARGV[3])
  redis.call('UNLINK', KEYS[3])
end
redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
return {'OK'}
