-- Included by the scripts that write for an owner. Answers who owns the domain when it is somebody else, else false.
-- An older owner, or none at all (what a promoted replica that lost writes may know), is put right: the epoch only grows.
local function owned_by_another(epoch_key, epoch, owner)
  local mine = epoch .. ' ' .. owner
  local known = redis.call('GET', epoch_key)
  if known == mine then return false end
  if known and tonumber(string.match(known, '^%d+')) >= tonumber(epoch) then return known end
  redis.call('SET', epoch_key, mine)
  return false
end
