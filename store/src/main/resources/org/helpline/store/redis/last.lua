-- Included by the scripts that number entries. The seq of the newest entry ever given, 0 for none.
local function last_seq(journal)
  local newest = redis.call('XREVRANGE', journal, '+', '-', 'COUNT', 1)
  if newest[1] then return tonumber(string.match(newest[1][1], '^%d+')) end
  if redis.call('EXISTS', journal) == 0 then return 0 end
  -- All entries have been trimmed; the stream remembers the id of the newest.
  local info = redis.call('XINFO', 'STREAM', journal)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return tonumber(string.match(info[i + 1], '^%d+')) end
  end
  return 0
end
