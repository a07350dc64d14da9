#!lua flags=allow-oom
-- Lets the entries before one go. Also when memory is full: it makes room.
--
-- KEYS[1] journal  stream; the id of an entry is SEQ-0
-- KEYS[2] epoch    string, "EPOCH OWNER" of the newest owner
-- ARGV[1] epoch    of who trims
-- ARGV[2] owner    who took this epoch
-- ARGV[3] before   seq of the first entry that stays
--
-- Returns {"OK"} or {"FENCED", "EPOCH OWNER" of the one who owns the domain}.
-- include fence.lua
local other = owned_by_another(KEYS[2], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
redis.call('XTRIM', KEYS[1], 'MINID', ARGV[3] .. '-0')
return {'OK'}
