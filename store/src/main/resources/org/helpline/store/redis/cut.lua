#!lua flags=allow-oom
-- Cuts off what lies behind a damaged place, some entries at a time, the newest first.
--
-- KEYS[1] journal  stream; the id of an entry is SEQ-0
-- KEYS[2] epoch    string, "EPOCH OWNER" of the newest owner
-- ARGV[1] epoch    of who cuts
-- ARGV[2] owner    who took this epoch
-- ARGV[3] keep     seq of the newest entry that stays
-- ARGV[4] most     entries to cut at once
--
-- Returns {"OK", entries that were cut: fewer than most at the end} or {"FENCED", "EPOCH OWNER" of the one who owns it}.
-- include fence.lua
local other = owned_by_another(KEYS[2], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end
local keep = ARGV[3] .. '-0'
local behind = redis.call('XREVRANGE', KEYS[1], '+', '(' .. keep, 'COUNT', ARGV[4])
for _, entry in ipairs(behind) do redis.call('XDEL', KEYS[1], entry[1]) end
if #behind < tonumber(ARGV[4]) then
  if ARGV[3] == '0' then redis.call('DEL', KEYS[1]) else redis.call('XSETID', KEYS[1], keep) end
end
return {'OK', #behind}
