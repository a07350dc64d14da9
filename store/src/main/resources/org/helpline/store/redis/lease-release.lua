#!lua flags=allow-oom
-- Gives the lease up, if it is still held.
--
-- KEYS[1] lease    string with a life, "EPOCH OWNER" of who holds it
-- ARGV[1] epoch    of who releases
-- ARGV[2] owner    who took this epoch
--
-- Returns {"OK"}.
if redis.call('GET', KEYS[1]) == ARGV[1] .. ' ' .. ARGV[2] then redis.call('DEL', KEYS[1]) end
return {'OK'}
