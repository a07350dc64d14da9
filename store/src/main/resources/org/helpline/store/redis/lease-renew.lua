#!lua flags=allow-oom
-- Renews the lease, also one that has run out while nobody else took it.
--
-- KEYS[1] lease    string with a life, "EPOCH OWNER" of who holds it
-- KEYS[2] epoch    string, "EPOCH OWNER" of the newest owner
-- ARGV[1] epoch    of who renews
-- ARGV[2] owner    who took this epoch
-- ARGV[3] life     of the lease in milliseconds
--
-- Returns {"OK"} or {"FENCED", "EPOCH OWNER" of the one who owns the domain}.
-- include fence.lua
local other = owned_by_another(KEYS[2], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
return {'OK'}
