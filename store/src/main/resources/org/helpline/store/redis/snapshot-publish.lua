#!lua
-- Lets readers see a snapshot whose chunks are all there, and removes all but the one before it.
--
-- KEYS[1] epoch     string, "EPOCH OWNER" of the newest owner
-- KEYS[2] snapshots hash, which places can be read: letter of the place -> "ORDER DESCRIPTION"
-- KEYS[3...5]       the places a, b and c: hashes, number of the chunk -> bytes
-- ARGV[1] epoch     of who saves
-- ARGV[2] owner     who took this epoch
-- ARGV[3] letter    of the place
-- ARGV[4] description
--
-- Returns {"OK"} or {"FENCED", "EPOCH OWNER" of the one who owns the domain}.
-- include fence.lua
local other = owned_by_another(KEYS[1], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
local places = {a = KEYS[3], b = KEYS[4], c = KEYS[5]}
local known = redis.call('HGETALL', KEYS[2])
local newest = 0
for i = 1, #known, 2 do
  newest = math.max(newest, tonumber(string.match(known[i + 1], '^%d+')))
end
for i = 1, #known, 2 do
  local order = tonumber(string.match(known[i + 1], '^%d+'))
  if order < newest and known[i] ~= ARGV[3] then
    redis.call('HDEL', KEYS[2], known[i])
    redis.call('UNLINK', places[known[i]])
  end
end
redis.call('HSET', KEYS[2], ARGV[3], string.format('%d %s', newest + 1, ARGV[4]))
return {'OK'}
