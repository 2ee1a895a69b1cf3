-- Takes tokens from the buckets of one request, or from none of them if one has no token. Time is Redis' own, in microseconds.
--
-- A bucket without a key is full. A bucket keeps
--   left     whole tokens; negative when nodes spent too many by themselves while Redis was unavailable
--   part     the part of the next token that has come, in units: a token has as many as the period has microseconds, so that no
--            time is lost to rounding
--   at       the time of the last call
--   burst    the tokens of the full bucket, to keep the level in proportion when the limit changes
--   created  the time of the first call
--   prepaid  tokens subtracted for what other nodes have spent by themselves, before they told
--   prepaid_at  when that was
-- It expires once it is full.
local ARGUMENTS = 9

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

-- Reads a bucket as it is now.
local function read(key, permits, period, burst)
  local state = redis.call('HMGET', key, 'left', 'part', 'at', 'burst', 'created', 'prepaid', 'prepaid_at')
  local left, part = burst, 0
  if state[1] then
    left, part = tonumber(state[1]), tonumber(state[2])
    if tonumber(state[4]) ~= burst then
      left = math.floor(left / state[4] * burst)
    end
    -- If Redis' clock was set back, that time is lost.
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

local function cap(bucket, most)
  if bucket.left > most then
    bucket.left, bucket.part = most, 0
  end
end

-- Settles what the node has done since it was answered last, at the time 'seen'.
local function settle(bucket, back, unsettled, most, most_if_alone, seen)
  -- A bucket that is younger is another one: Redis lost the one that the node knows, or that one was full.
  if bucket.created <= seen then
    if bucket.prepaid_at > seen then
      local covered = math.min(bucket.prepaid, unsettled)
      bucket.prepaid = bucket.prepaid - covered
      unsettled = unsettled - covered
    end
    bucket.left = bucket.left + back - unsettled
    cap(bucket, most)
  end
  local before = bucket.left
  cap(bucket, most_if_alone)
  if bucket.left < before then
    bucket.prepaid, bucket.prepaid_at = bucket.prepaid + before - bucket.left, now
  end
  cap(bucket, bucket.burst)
  bucket.left = math.max(bucket.left, -bucket.burst)
end

-- Returns the time until the bucket has one more token, at least one.
local function store(bucket)
  local burst, left, part = bucket.burst, bucket.left, bucket.part
  if left == burst then
    redis.call('DEL', bucket.key)
    return 0
  end
  redis.call('HSET', bucket.key, 'left', left, 'part', part, 'at', now, 'burst', burst, 'created', bucket.created,
      'prepaid', bucket.prepaid, 'prepaid_at', bucket.prepaid_at)
  local full = math.ceil(((burst - left) * bucket.period - part) / bucket.permits / 1000)
  -- No bucket lives for more than a few centuries.
  redis.call('PEXPIRE', bucket.key, math.min(1e13, full))
  return math.min(1e15, math.floor((math.max(1, 1 - left) * bucket.period - part) / bucket.permits))
end

local buckets, enough = {}, true
for i, key in ipairs(KEYS) do
  local function argument(n) return tonumber(ARGV[(i - 1) * ARGUMENTS + n]) end
  local bucket = read(key, argument(1), argument(2), argument(3))
  bucket.want = argument(4)
  settle(bucket, argument(5), argument(6), argument(7), argument(8), argument(9))
  enough = enough and (bucket.want == 0 or bucket.left >= 1)
  buckets[i] = bucket
end

local answer = {}
for _, bucket in ipairs(buckets) do
  local granted = 0
  if enough then
    granted = math.max(0, math.min(bucket.want, bucket.left))
  end
  bucket.left = bucket.left - granted
  for _, number in ipairs({granted, bucket.left, store(bucket), now}) do
    table.insert(answer, number)
  end
end
return answer
