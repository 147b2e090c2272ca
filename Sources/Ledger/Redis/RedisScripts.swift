// What Redis runs for us: each script is one step that no other command interleaves with.
//
// Keys: `P` is the prefix, with braces, so that a cluster keeps all of it on one node.
//   P clock       the latest instant at which anything was granted, in microseconds
//   P c:DIGEST    hash: t latest instant seen, w calendar window, v sum
//   P e:DIGEST    sorted set of a sliding counter: `ticket:place:amount` by instant
//   P t:TICKET    list: for each reservation six texts
//
// INVARIANT: amounts never become Lua numbers whole, which are doubles and exact to 2^53 only: they
// are pairs of limbs to the base 10^9, exact beyond Int64. Instants are microseconds: exact.

/// The texts of the scripts.
enum RedisScripts {
    /// Amounts as pairs of limbs; the instant; how a counter stands.
    private static let common = """
        local BASE, GRACE = 1000000000, 86400000000
        local function parsed(text)
          if not text then return {0, 0} end
          if text:sub(1, 1) == '-' then return {-1, 0} end
          if #text <= 9 then return {0, tonumber(text)} end
          return {tonumber(text:sub(1, -10)), tonumber(text:sub(-9))}
        end
        local function shown(n)
          if n[1] == 0 then return string.format('%.0f', n[2]) end
          return string.format('%.0f%09.0f', n[1], n[2])
        end
        local function less(a, b) return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2]) end
        local function plus(a, b)
          local low = a[2] + b[2]
          local carry = low >= BASE and 1 or 0
          return {a[1] + b[1] + carry, low - carry * BASE}
        end
        local function minus(a, b)
          if less(a, b) then return {0, 0} end
          local low = a[2] - b[2]
          local carry = low < 0 and 1 or 0
          return {a[1] - b[1] - carry, low + carry * BASE}
        end
        local function whole(n) return string.format('%.0f', n) end
        local function amount(member) return parsed(member:match(':(%d+)$')) end
        local function instant(given)
          if given ~= '' then return tonumber(given) end
          local time = redis.call('TIME')
          return tonumber(time[1]) * 1000000 + tonumber(time[2])
        end
        local function look(clock, counter, entries, kind, seconds, now)
          local found = redis.call('HMGET', counter, 't', 'w', 'v')
          local view = {at = now, total = parsed(found[3]), width = seconds * 1000000}
          local seen = tonumber(found[1] or clock) or 0
          if not found[1] then seen = seen - GRACE end
          if seen > view.at then view.at = seen end
          if kind == 'calendar' then
            view.start = math.floor(math.floor(view.at / 1000000) / seconds)
            view.ends = (view.start + 1) * view.width
            if found[2] ~= whole(view.start) then view.total = {0, 0} end
          else
            view.gone = view.at - view.width
            view.ends = view.at + view.width
            local over = redis.call('ZRANGEBYSCORE', entries, '-inf', whole(view.gone))
            for _, member in ipairs(over) do view.total = minus(view.total, amount(member)) end
          end
          return view
        end

        """

    /// KEYS: clock, ticket, and counter and entries of each reservation.
    /// ARGV: instant or nothing, ticket, and kind, seconds, amount, most and charge of each.
    /// Answers {1} when granted, else {0, index, what the counter says, milliseconds or -1}.
    static let reserve =
        common + """
            if redis.call('EXISTS', KEYS[2]) == 1 then return {1} end
            local now, clock = instant(ARGV[1]), redis.call('GET', KEYS[1])
            local views, taken, count = {}, {}, (#KEYS - 2) / 2
            local function wait(view, entries, needed)
              local free = view.ends
              if view.gone then
                local freed, from = {0, 0}, 0
                repeat
                  local part = redis.call('ZRANGEBYSCORE', entries, '(' .. whole(view.gone),
                    '+inf', 'WITHSCORES', 'LIMIT', from, 128)
                  for i = 1, #part, 2 do
                    freed = plus(freed, amount(part[i]))
                    free = tonumber(part[i + 1]) + view.width
                    if not less(freed, needed) then break end
                  end
                  from = from + 128
                until #part == 0 or not less(freed, needed)
              end
              return math.max(1, math.ceil((free - now) / 1000))
            end
            for i = 1, count do
              local counter, entries, a = KEYS[2 * i + 1], KEYS[2 * i + 2], 5 * i - 2
              local kind, seconds = ARGV[a], tonumber(ARGV[a + 1])
              local view = views[counter] or look(clock, counter, entries, kind, seconds, now)
              views[counter] = view
              local asked = plus(taken[counter] or {0, 0}, parsed(ARGV[a + 2]))
              local most = parsed(ARGV[a + 3])
              if less(most, asked) then return {0, i - 1, shown(view.total), -1} end
              local sum = plus(view.total, asked)
              if less(most, sum) then
                return {0, i - 1, shown(view.total), wait(view, entries, minus(sum, most))}
              end
              taken[counter] = asked
            end
            local latest, longest = tonumber(clock or 0), 0
            for i = 1, count do
              local counter, entries, a = KEYS[2 * i + 1], KEYS[2 * i + 2], 5 * i - 2
              local view, kind, sum = views[counter], ARGV[a], ARGV[a + 2]
              local life = math.ceil((view.ends - now + GRACE) / 1000)
              local member = ARGV[2] .. ':' .. i .. ':' .. sum
              if view.gone then
                redis.call('ZREMRANGEBYSCORE', entries, '-inf', whole(view.gone))
                if sum ~= '0' then redis.call('ZADD', entries, whole(view.at), member) end
                redis.call('PEXPIRE', entries, whole(life))
              end
              redis.call('HSET', counter, 't', whole(view.at), 'w', whole(view.start or 0),
                'v', shown(plus(view.total, taken[counter])))
              redis.call('PEXPIRE', counter, whole(life))
              redis.call('RPUSH', KEYS[2], kind, counter, entries,
                view.start and whole(view.start) or member, sum, ARGV[a + 4])
              if view.at > latest then latest = view.at end
              if life > longest then longest = life end
            end
            redis.call('PEXPIRE', KEYS[2], whole(longest))
            redis.call('SET', KEYS[1], whole(latest))
            return {1}
            """

    /// KEYS: ticket. ARGV: how it came out. The other keys are in the ticket, on the same node.
    static let settle =
        common + """
            local held = redis.call('LRANGE', KEYS[1], 0, -1)
            redis.call('DEL', KEYS[1])
            for i = 1, #held, 6 do
              local counter, entries, mark = held[i + 1], held[i + 2], held[i + 3]
              local back = ARGV[1] == 'unused'
                or (ARGV[1] == 'failed' and held[i + 5] == 'success')
              if back then
                local is_there
                if held[i] == 'calendar' then
                  is_there = redis.call('HGET', counter, 'w') == mark
                else
                  is_there = redis.call('ZREM', entries, mark) == 1
                end
                if is_there then
                  local sum = redis.call('HGET', counter, 'v')
                  local less_now = shown(minus(parsed(sum), parsed(held[i + 4])))
                  if sum then redis.call('HSET', counter, 'v', less_now) end
                end
              end
            end
            return {1}
            """

    /// KEYS: clock, and counter and entries of each. ARGV: instant, and kind and seconds of each.
    static let values =
        common + """
            local now, clock = instant(ARGV[1]), redis.call('GET', KEYS[1])
            local sums = {}
            for i = 1, (#KEYS - 1) / 2 do
              local view = look(clock, KEYS[2 * i], KEYS[2 * i + 1], ARGV[2 * i],
                tonumber(ARGV[2 * i + 1]), now)
              sums[i] = shown(view.total)
            end
            return sums
            """
}
