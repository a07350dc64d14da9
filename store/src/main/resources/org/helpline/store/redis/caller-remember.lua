#!lua
-- Keeps a contact that is over, and the language chosen in it.
--
-- KEYS[1] contacts  list with a life, "MILLISECONDS<tab>HELPLINE<tab>QUEUE" of this caller, newest first
-- KEYS[2] language  string with a life, "MILLISECONDS<tab>LANGUAGE", when this caller chose it
-- ARGV[1] contact   to keep
-- ARGV[2] life      of contacts in milliseconds; 0 to keep none
-- ARGV[3] cutoff    contacts that arrived then or earlier go
-- ARGV[4] most      contacts of one caller
-- ARGV[5] language  to keep; "" for the one that is there
-- ARGV[6] life      of a language in milliseconds; 0 to keep none
--
-- Returns {"OK"}.
local life, cutoff = tonumber(ARGV[2]), tonumber(ARGV[3])
if life > 0 then
  redis.call('LPUSH', KEYS[1], ARGV[1])
  redis.call('LTRIM', KEYS[1], 0, ARGV[4] - 1)
  local oldest = redis.call('LINDEX', KEYS[1], -1)
  while oldest and (tonumber(string.match(oldest, '^%d+')) or 0) <= cutoff do
    redis.call('RPOP', KEYS[1])
    oldest = redis.call('LINDEX', KEYS[1], -1)
  end
  redis.call('PEXPIRE', KEYS[1], life)
else
  redis.call('DEL', KEYS[1])
end
if tonumber(ARGV[6]) == 0 then
  redis.call('DEL', KEYS[2])
elseif ARGV[5] ~= '' then
  redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6])
end
return {'OK'}
