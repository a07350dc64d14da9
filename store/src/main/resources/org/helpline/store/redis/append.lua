#!lua
-- Appends one batch to the journal: all of it or nothing. A batch that is there already, entry by entry, is
-- acknowledged again.
--
-- KEYS[1] journal  stream; the id of an entry is SEQ-0
-- KEYS[2] epoch    string, "EPOCH OWNER" of the newest owner
-- ARGV[1] epoch    of who appends
-- ARGV[2] owner    who took this epoch
-- ARGV[3] first    seq of the batch's first entry
-- ARGV[4...]       for each entry six values: epoch, at, contact ("" for none), type, version, body
--
-- Returns {"OK"}, {"FENCED", "EPOCH OWNER" of the one who owns the domain} or {"GAP", seq of the newest entry there}.
-- include fence.lua
-- include last.lua
local other = owned_by_another(KEYS[2], ARGV[1], ARGV[2])
if other then return {'FENCED', other} end

local first = tonumber(ARGV[3])
local count = (#ARGV - 3) / 6
local last = last_seq(KEYS[1])

local function id(seq) return string.format('%d-0', seq) end

if first <= last then
  local there = redis.call('XRANGE', KEYS[1], id(first), id(first + count - 1))
  if #there ~= count then return {'GAP', last} end
  for n = 1, count do
    for field = 1, 6 do
      if there[n][2][field * 2] ~= ARGV[3 + (n - 1) * 6 + field] then return {'GAP', last} end
    end
  end
  return {'OK'}
end
if first ~= last + 1 then return {'GAP', last} end

for n = 0, count - 1 do
  local at = 4 + n * 6
  redis.call('XADD', KEYS[1], id(first + n),
    'epoch', ARGV[at], 'at', ARGV[at + 1], 'contact', ARGV[at + 2],
    'type', ARGV[at + 3], 'version', ARGV[at + 4], 'body', ARGV[at + 5])
end
return {'OK'}
