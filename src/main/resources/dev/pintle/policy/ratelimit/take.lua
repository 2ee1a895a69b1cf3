-- Takes tokens from the bucket of one key, by Redis' own clock in microseconds.
--
-- A bucket without a key is full. It keeps whole tokens ('left'), the part of the next one that has come so far ('part', in
-- units of which a token has as many as the period has microseconds: no time is lost to rounding), when that was ('at'), and
-- how many it holds ('burst'), to keep its level in proportion when the limit is changed. It expires once it is full.
local permits = tonumber(ARGV[1]) -- a period brings so many tokens
local period = tonumber(ARGV[2])  -- microseconds
local burst = tonumber(ARGV[3])
local want = tonumber(ARGV[4])    -- takes at most so many
local back = tonumber(ARGV[5])    -- gives so many back first
local most = tonumber(ARGV[6])    -- the node knows that no more than these are left

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local state = redis.call('HMGET', KEYS[1], 'left', 'part', 'at', 'burst')
local left, part = burst, 0
if state[1] then
  left, part = tonumber(state[1]), tonumber(state[2])
  if tonumber(state[4]) ~= burst then
    left = math.floor(left / state[4] * burst)
  end
  -- Redis' clock can be set back; that moment is lost, no more.
  local units = part + math.max(0, now - state[3]) * permits
  left = left + math.floor(units / period)
  part = units % period
end

left = left + back
if left > most then
  left, part = most, 0
end
if left >= burst then
  left, part = burst, 0
end
local granted = math.min(want, left)
left = left - granted

if left == burst then
  redis.call('DEL', KEYS[1])
  return {granted, left, 0}
end
redis.call('HSET', KEYS[1], 'left', left, 'part', part, 'at', now, 'burst', burst)
-- No bucket lives for more than a few centuries.
redis.call('PEXPIRE', KEYS[1], math.min(1e13, math.ceil(((burst - left) * period - part) / permits / 1000)))
return {granted, left, math.floor((period - part) / permits)}
