#!lua
-- Opens the journal for an owner, and gives a new journal its name.
--
-- KEYS[1] epoch    string, "EPOCH OWNER" of the newest owner
-- KEYS[2] name     string, the name of this numbering
-- ARGV[1] epoch    of who opens
-- ARGV[2] owner    who took this epoch
-- ARGV[3] name     to give when there is none
--
-- Returns {"OK", name} or {"FENCED", "EPOCH OWNER" of the one who owns the domain}.
-- include fence.lua
local other = owned_by_another(KEYS[1], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
redis.call('SET', KEYS[2], ARGV[3], 'NX')
return {'OK', redis.call('GET', KEYS[2])}
