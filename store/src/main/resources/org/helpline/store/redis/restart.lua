#!lua flags=allow-oom
-- Gives up every entry; the next one appended has the given number.
--
-- KEYS[1] journal  stream; the id of an entry is SEQ-0
-- KEYS[2] epoch    string, "EPOCH OWNER" of the newest owner
-- ARGV[1] epoch    of who restarts
-- ARGV[2] owner    who took this epoch
-- ARGV[3] next     seq of the next entry
--
-- Returns {"OK"}, {"FENCED", "EPOCH OWNER" of the one who owns the domain} or {"GAP", seq of the newest entry there}
-- when the number has been given already.
-- include fence.lua
-- include last.lua
local other = owned_by_another(KEYS[2], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
local last = last_seq(KEYS[1])
local before = tonumber(ARGV[3]) - 1
if before < last then return {'GAP', last} end
redis.call('UNLINK', KEYS[1])
if before > 0 then
  -- An empty stream remembers the newest id it has seen.
  redis.call('XADD', KEYS[1], string.format('%d-0', before), 'restart', '')
  redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)
end
return {'OK'}
