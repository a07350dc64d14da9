#!lua
-- Counts a new call unless it is one too many, and tells what is known of the caller. A caller belongs to no owner, so
-- there is no fence.
--
-- KEYS[1] all       list with a life, when the newest calls of everybody came, newest first
-- KEYS[2] number    the same of this number; absent, with those below, for a withheld one
-- KEYS[3] language  string with a life, "MILLISECONDS<tab>LANGUAGE", when this caller chose it
-- KEYS[4] contacts  list with a life, "MILLISECONDS<tab>HELPLINE<tab>QUEUE" of this caller, newest first
-- ARGV[1] now       in milliseconds, as the lists have it
-- ARGV[2] all       most calls of everybody within that time; 0 for no limit
-- ARGV[3] within    that time, in milliseconds
-- ARGV[4] number    most calls of one number within that time; 0 for no limit
-- ARGV[5] within    that time, in milliseconds
--
-- Returns {"OK" | "NUMBER" | "ALL", language or "", contacts...}: the limit that the call is beyond.
local now = tonumber(ARGV[1])

-- A call of the future is from before a clock was set back, and says nothing.
local function full(key, most, within)
  if most == 0 then return false end
  local oldest = redis.call('LINDEX', key, most - 1)
  if not oldest then return false end
  local age = now - tonumber(oldest)
  return age >= 0 and age < within
end

local function count(key, most, within)
  if most == 0 then return end
  redis.call('LPUSH', key, ARGV[1])
  redis.call('LTRIM', key, 0, most - 1)
  redis.call('PEXPIRE', key, within)
end

local all, all_within = tonumber(ARGV[2]), tonumber(ARGV[3])
local number, number_within = tonumber(ARGV[4]), tonumber(ARGV[5])

local answer = {'OK', ''}
if KEYS[2] then
  answer[2] = redis.call('GET', KEYS[3]) or ''
  for _, contact in ipairs(redis.call('LRANGE', KEYS[4], 0, -1)) do answer[#answer + 1] = contact end
  if full(KEYS[2], number, number_within) then answer[1] = 'NUMBER' end
end
if answer[1] == 'OK' and full(KEYS[1], all, all_within) then answer[1] = 'ALL' end
if answer[1] == 'OK' then
  count(KEYS[1], all, all_within)
  if KEYS[2] then count(KEYS[2], number, number_within) end
end
return answer
