#!lua flags=allow-oom
-- Takes the domain over when nobody else holds it.
--
-- KEYS[1] lease    string with a life, "EPOCH OWNER" of who holds it
-- KEYS[2] epoch    string, "EPOCH OWNER" of the newest owner
-- ARGV[1] owner    who wants it
-- ARGV[2] life     of the lease in milliseconds
--
-- Returns {"TAKEN", epoch of this owner} or {"HELD", "EPOCH OWNER" of who holds it, milliseconds it has left}.
local held = redis.call('GET', KEYS[1])
if held and string.match(held, ' (.*)$') ~= ARGV[1] then
  return {'HELD', held, redis.call('PTTL', KEYS[1])}
end
local epoch = tonumber(string.match(redis.call('GET', KEYS[2]) or '0', '^%d+')) + 1
local token = string.format('%d %s', epoch, ARGV[1])
redis.call('SET', KEYS[2], token)
redis.call('SET', KEYS[1], token, 'PX', ARGV[2])
return {'TAKEN', epoch}
