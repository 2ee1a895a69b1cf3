-- Takes tokens from all buckets of a request, or from none if one of them is empty. Times are of the clock of Redis, in
-- microseconds.
--
-- A bucket without a key is full. A bucket keeps
--   left     whole tokens; negative when the nodes overspent while Redis was unavailable
--   part     the part of the next token, in units; a token has as many units as the period has microseconds, which avoids
--            rounding errors
--   at       the time of the last call
--   burst    the tokens of the full bucket, to keep the level in proportion when the limit changes
--   created  the time of the first call
--   prepaid  tokens subtracted for other nodes that spent without Redis, before these nodes report
--   prepaid_at  the time of that subtraction
-- The key expires when the bucket is full.
local ARGUMENTS = 9

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

-- Returns the current state of a bucket.
local function read(key, permits, period, burst)
  local state = redis.call('HMGET', key, 'left', 'part', 'at', 'burst', 'created', 'prepaid', 'prepaid_at')
  local left, part = burst, 0
  if state[1] then
    left, part = tonumber(state[1]), tonumber(state[2])
    if tonumber(state[4]) ~= burst then
      left = math.floor(left / state[4] * burst)
    end
    -- A clock that is set back adds no tokens.
    local units = part + math.max(0, now - state[3]) * permits
    left = left + math.floor(units / period)
    part = units % period
  end
  if left >= burst then
    left, part = burst, 0
  end
  return {
    key = key, permits = permits, period = period, burst = burst, left = left, part = part, created = tonumber(state[5]) or now,
    prepaid = tonumber(state[6]) or 0, prepaid_at = tonumber(state[7]) or 0
  }
end

local function cap(bucket, max)
  if bucket.left > max then
    bucket.left, bucket.part = max, 0
  end
end

-- Settles the tokens that the node spent or returns since its last response, at 'last_time'.
local function settle(bucket, returned, unsettled, max, extrapolated_max, last_time)
  -- A younger bucket is a new one: Redis lost the previous one, or it was full.
  if bucket.created <= last_time then
    if bucket.prepaid_at > last_time then
      local covered = math.min(bucket.prepaid, unsettled)
      bucket.prepaid = bucket.prepaid - covered
      unsettled = unsettled - covered
    end
    bucket.left = bucket.left + returned - unsettled
    cap(bucket, max)
  end
  local before = bucket.left
  cap(bucket, extrapolated_max)
  if bucket.left < before then
    bucket.prepaid, bucket.prepaid_at = bucket.prepaid + before - bucket.left, now
  end
  cap(bucket, bucket.burst)
  bucket.left = math.max(bucket.left, -bucket.burst)
end

-- Stores a bucket. Returns the time until the next token, at least one.
local function store(bucket)
  local burst, left, part = bucket.burst, bucket.left, bucket.part
  if left == burst then
    redis.call('DEL', bucket.key)
    return 0
  end
  redis.call('HSET', bucket.key, 'left', left, 'part', part, 'at', now, 'burst', burst, 'created', bucket.created,
      'prepaid', bucket.prepaid, 'prepaid_at', bucket.prepaid_at)
  local full = math.ceil(((burst - left) * bucket.period - part) / bucket.permits / 1000)
  -- Limits the lifetime to a few centuries.
  redis.call('PEXPIRE', bucket.key, math.min(1e13, full))
  return math.min(1e15, math.floor((math.max(1, 1 - left) * bucket.period - part) / bucket.permits))
end

local buckets, enough = {}, true
for i, key in ipairs(KEYS) do
  local function argument(n) return tonumber(ARGV[(i - 1) * ARGUMENTS + n]) end
  local bucket = read(key, argument(1), argument(2), argument(3))
  bucket.wanted = argument(4)
  settle(bucket, argument(5), argument(6), argument(7), argument(8), argument(9))
  enough = enough and (bucket.wanted == 0 or bucket.left >= 1)
  buckets[i] = bucket
end

local result = {}
for _, bucket in ipairs(buckets) do
  local granted = 0
  if enough then
    granted = math.max(0, math.min(bucket.wanted, bucket.left))
  end
  bucket.left = bucket.left - granted
  for _, number in ipairs({granted, bucket.left, store(bucket), now}) do
    table.insert(result, number)
  end
end
return result
