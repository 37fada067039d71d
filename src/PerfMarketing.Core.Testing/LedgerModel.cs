using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <summary>
/// A ledger of reservations as one would count by hand, for one caller: what others are compared with.
/// </summary>
internal sealed partial class LedgerModel
{
    private readonly BudgetPlan plan;
    private readonly ContractCalendar calendar;
    private readonly Dictionary<BudgetId, BudgetLine> lines;
    private readonly Dictionary<(BudgetId Line, string Window), Sum> sums = [];
    private readonly Dictionary<ReservationId, Slot> slots = [];

    public LedgerModel(BudgetPlan plan)
    {
        this.plan = plan;
        calendar = ContractCalendar.In(plan.Zone);
        lines = plan.Lines.ToDictionary(static l => l.Id);
    }

    public LedgerDecision Decide(LedgerRequest request, Instant asOf)
    {
        foreach (Slot slot in slots.Values.Where(s => s.Phase == "reserved" && s.Expires <= asOf))
        {
            Free(slot, "expired");
        }

        return request switch
        {
            LedgerRequest.Reserve r => Reserve(r, asOf),
            LedgerRequest.Commit c => Commit(c, asOf),
            LedgerRequest.Reverse r => Reverse(r),
            LedgerRequest.Expect or LedgerRequest.ChangeLimit => Change(request, asOf),
            _ => Release(request.Id),
        };
    }

    /// <summary>Committed and reserved of a line in the period of an instant.</summary>
    public (long Committed, long Reserved) Read(BudgetId line, Instant at)
    {
        Sum sum = SumOf(lines[line], at);
        return (sum.Committed, sum.Used - sum.Committed - sum.Kept);
    }

    private LedgerDecision Reserve(LedgerRequest.Reserve asked, Instant asOf)
    {
        if (slots.TryGetValue(asked.Id, out Slot? known))
        {
            return known.Change is { } change ? Refuse(asked.Id, asked.Amount, BudgetReasons.Conflict) with
            {
                Amount = change.Decision.Amount,
            }
                : known.Reserved is null ? Refuse(asked.Id, asked.Amount, BudgetReasons.AlreadyCommitted)
                : known.Budgets == asked.Budgets && known.At == asked.At && known.First == (asked.Amount, asked.Count)
                ? known.Reserved with { IsRepeat = true }
                : Refuse(asked.Id, asked.Amount, BudgetReasons.Conflict) with { Amount = known.First.Money };
        }

        if (asked.Budgets.Count == 0 || asked.Budgets.Any(b => !lines.ContainsKey(b)))
        {
            return Refuse(asked.Id, asked.Amount, LedgerReasons.NotLive);
        }

        if (asked.Expires <= asOf)
        {
            return Refuse(asked.Id, asked.Amount, LedgerReasons.Expired);
        }

        BudgetLine[] path = PathOf(asked.Budgets);
        BudgetLine? wrong = path.FirstOrDefault(static l => l.IsPaused) ?? path.FirstOrDefault(l => !Has(l, asked.At));
        if (wrong is not null)
        {
            string code = wrong.IsPaused ? LedgerReasons.Paused : LedgerReasons.OutsideWindow;
            return Refuse(asked.Id, asked.Amount, code) with { Binding = wrong.Id };
        }

        foreach (BudgetLine line in path)
        {
            long units = line.Count is null ? asked.Amount.MinorUnits : asked.Count;
            long left = Math.Max(0, Left(line, asked.At) - SumOf(line, asked.At).InFlight);
            if (units > left || (units == 0 && left == 0 && line.Count is null))
            {
                Sum stopped = SumOf(line, asked.At);
                stopped.StoppedAt = asOf < stopped.RaisedAt ? stopped.StoppedAt : Instant.Min(stopped.StoppedAt, asOf);
                bool isOwn = asked.Budgets.Contains(line.Id);
                return Refuse(asked.Id, asked.Amount, isOwn ? BudgetReasons.Exhausted : LedgerReasons.ParentCap) with
                {
                    Binding = line.Id,
                    Headroom = left,
                };
            }
        }

        Slot slot = new(asked.Budgets, asked.At, "reserved")
        {
            First = (asked.Amount, asked.Count),
            Held = (asked.Amount.MinorUnits, asked.Count),
            Expires = asked.Expires,
            Reserved = new() { Id = asked.Id, Requested = asked.Amount, Amount = asked.Amount },
        };
        slots.Add(asked.Id, slot);
        Place(slot, asked.At, asked.At, asked.At);
        Add(slot, slot.Held, static (sum, units) => sum.Used += units);
        return slot.Reserved;
    }

    private LedgerDecision Commit(LedgerRequest.Commit asked, Instant asOf)
    {
        if (!slots.TryGetValue(asked.Id, out Slot? slot))
        {
            if (Begin(asked, asOf, out slot) is { } wrong)
            {
                return wrong;
            }

            slots.Add(asked.Id, slot);
        }

        if (slot.Change is { } change)
        {
            return Refuse(asked.Id, asked.Actual, BudgetReasons.Conflict) with { Amount = change.Decision.Amount };
        }

        if (slot.Committed is { } first)
        {
            bool isElsewhere = slot.Reserved is null
                && ((asked.Budgets.Count > 0 && asked.Budgets != slot.Budgets) || (asked.At ?? slot.At) != slot.At);
            return slot.Asked == (asked.Actual, asked.Count) && !isElsewhere
                ? first with { IsRepeat = true }
                : Refuse(asked.Id, asked.Actual, BudgetReasons.Conflict) with { Amount = slot.Asked.Money };
        }

        if (slot.Reserved is not null)
        {
            Add(slot, slot.Held, static (sum, units) => sum.Used -= units);
            Place(slot, asked.At ?? slot.At, slot.At, asked.ApprovedAt ?? asOf);
            Add(slot, slot.Held, static (sum, units) => sum.Used += units);
        }

        (long money, long count) = Payable(slot, asked, out BudgetLine? binding);
        CommitMarks marks = slot.Phase switch
        {
            "none" => CommitMarks.Unreserved,
            "reserved" when asked.Actual.MinorUnits > slot.Held.Money || asked.Count > slot.Held.Count =>
                CommitMarks.OverReserve,
            "reserved" => CommitMarks.None,
            _ => CommitMarks.Late,
        } | (binding is null ? CommitMarks.None : CommitMarks.Cut);
        Free(slot, "committed");
        slot.Asked = (asked.Actual, asked.Count);
        slot.Paid = (money, count);
        Add(slot, slot.Paid, static (sum, units) =>
        {
            sum.Used += units;
            sum.Committed += units;
        });
        BudgetLine? over = Array.Find(
            PathOf(slot.Budgets), l => SumOf(l, slot.Where[l.Id]) is var sum && sum.Used > MostOf(l, sum));
        slot.Committed = new()
        {
            Id = asked.Id,
            Requested = asked.Actual,
            Amount = Money.FromMinor(money, plan.Currency),
            Marks = marks | (over is null ? CommitMarks.None : CommitMarks.OverLimit),
            Binding = (binding ?? over)?.Id,
        };
        return slot.Committed;
    }

    // What nothing was reserved for; what is wrong, or null.
    private LedgerDecision? Begin(LedgerRequest.Commit asked, Instant asOf, out Slot slot)
    {
        slot = new(asked.Budgets, asked.At ?? asOf, "none");
        if (asked.Budgets.Count == 0 || asked.At is not { } at)
        {
            return Refuse(asked.Id, asked.Actual, BudgetReasons.Unknown);
        }

        if (asked.Budgets.Any(b => !lines.ContainsKey(b)))
        {
            return Refuse(asked.Id, asked.Actual, LedgerReasons.NotLive);
        }

        return Place(slot, at, asked.BoughtAt ?? at, asked.ApprovedAt ?? asOf) is { } outside
            ? Refuse(asked.Id, asked.Actual, LedgerReasons.OutsideWindow) with { Binding = outside.Id }
            : null;
    }

    // What all lines let pass, with what is held for it.
    private (long Money, long Count) Payable(Slot slot, LedgerRequest.Commit asked, out BudgetLine? cutBy)
    {
        cutBy = null;
        (long money, long count) = (asked.Actual.MinorUnits, asked.Count);
        Instant bought = asked.BoughtAt ?? slot.At;
        foreach (BudgetLine line in PathOf(slot.Budgets))
        {
            bool isCapped = line.AtCap switch
            {
                CapBehavior.StopAndReject => true,
                CapBehavior.StopAdmission => false,
                _ => slot.Reserved is null && bought > SumOf(line, slot.Where[line.Id]).StoppedAt,
            };
            long held = line.Count is null ? slot.Held.Money : slot.Held.Count;
            long wanted = line.Count is null ? money : count;
            long room = held + Left(line, slot.Where[line.Id]);
            if (isCapped && wanted > held && wanted > room)
            {
                cutBy = line;
                (money, count) = line.Count is null && room > 0 ? (room, count) : (0, 0);
            }
        }

        return (money, count);
    }

    private LedgerDecision Release(ReservationId id)
    {
        Money nothing = Money.FromMinor(0, plan.Currency);
        Slot? slot = slots.GetValueOrDefault(id);
        if (slot?.Phase == "reserved")
        {
            Money freed = Money.FromMinor(slot.Held.Money, plan.Currency);
            Free(slot, "released");
            slot.Released = new() { Id = id, Requested = freed, Amount = freed };
            return slot.Released;
        }

        return slot?.Released is { } first ? first with { IsRepeat = true } : slot?.Phase switch
        {
            "committed" => Refuse(id, nothing, BudgetReasons.AlreadyCommitted),
            "expired" => Refuse(id, nothing, LedgerReasons.Expired),
            _ => Refuse(id, nothing, BudgetReasons.Unknown),
        };
    }

    private LedgerDecision Reverse(LedgerRequest.Reverse asked)
    {
        if (!slots.TryGetValue(asked.Id, out Slot? slot) || slot.Phase != "committed")
        {
            return Refuse(asked.Id, asked.Part, BudgetReasons.NotCommitted);
        }

        if (slot.Reversals.TryGetValue(asked.Correction, out (LedgerDecision Decision, long Count) first))
        {
            return (first.Decision.Requested, first.Count) == (asked.Part, asked.Count)
                ? first.Decision with { IsRepeat = true }
                : Refuse(asked.Id, asked.Part, BudgetReasons.Conflict) with { Amount = first.Decision.Requested };
        }

        if (asked.Part.MinorUnits > slot.Paid.Money || asked.Count > slot.Paid.Count)
        {
            return Refuse(asked.Id, asked.Part, BudgetReasons.ReversesTooMuch) with
            {
                Amount = Money.FromMinor(slot.Paid.Money, plan.Currency),
            };
        }

        slot.Paid = (slot.Paid.Money - asked.Part.MinorUnits, slot.Paid.Count - asked.Count);
        foreach (BudgetLine line in PathOf(slot.Budgets))
        {
            Sum sum = SumOf(line, slot.Where[line.Id]);
            long units = line.Count is null ? asked.Part.MinorUnits : asked.Count;
            sum.Committed -= units;
            sum.Used -= line.ReversalsGiveRoom ? units : 0;
            sum.Kept += line.ReversalsGiveRoom ? 0 : units;
        }

        LedgerDecision done = new() { Id = asked.Id, Requested = asked.Part, Amount = asked.Part };
        slot.Reversals.Add(asked.Correction, (done, asked.Count));
        return done;
    }

    private void Free(Slot slot, string phase)
    {
        Add(slot, slot.Held, static (sum, units) => sum.Used -= units);
        slot.Held = default;
        slot.Phase = phase;
    }

    private void Add(Slot slot, (long Money, long Count) amount, Action<Sum, long> add)
    {
        foreach (BudgetLine line in PathOf(slot.Budgets))
        {
            add(SumOf(line, slot.Where[line.Id]), line.Count is null ? amount.Money : amount.Count);
        }
    }

    private BudgetLine[] PathOf(ValueList<BudgetId> budgets)
    {
        HashSet<BudgetId> ids = [.. budgets.SelectMany(b => Above(lines[b])).Select(static l => l.Id)];
        return [.. plan.Lines.Where(l => ids.Contains(l.Id)).OrderBy(l => Above(l).Count())];
    }

    private IEnumerable<BudgetLine> Above(BudgetLine line)
    {
        for (BudgetLine? at = line; at is not null; at = at.Parent is { } parent ? lines[parent] : null)
        {
            yield return at;
        }
    }

    private bool Has(BudgetLine line, Instant at) => PeriodOf(line, at).Contains(at);

    private CalendarPeriod PeriodOf(BudgetLine line, Instant at) =>
        line.Flight is { } flight ? calendar.Flight(flight) : calendar.Containing(line.Per, at);

    private Sum SumOf(BudgetLine line, Instant at)
    {
        var key = (line.Id, PeriodOf(line, at).Key);
        if (!sums.TryGetValue(key, out Sum? sum))
        {
            sums.Add(key, sum = new());
        }

        return sum;
    }

    private long Left(BudgetLine line, Instant at) =>
        Math.Max(0, MostOf(line, SumOf(line, at)) - SumOf(line, at).Used);

    private static long MostOf(BudgetLine line, Sum sum) => line.IsUnlimited
        ? BudgetCounter.AmountMax
        : (long)decimal.Floor((sum.Limit ?? line.Count ?? line.Limit!.Value.MinorUnits) * (1 + line.Flex.Fraction));

    private static LedgerDecision Refuse(ReservationId id, Money asked, string code) =>
        new() { Id = id, Code = code, Requested = asked, Amount = asked - asked };

    private sealed class Sum
    {
        public long Used { get; set; }

        public long Committed { get; set; }

        public long Kept { get; set; }

        public long InFlight { get; set; }

        public long? Limit { get; set; }

        public Instant RaisedAt { get; set; } = Instant.MinValue;

        public Instant StoppedAt { get; set; } = Instant.MaxValue;
    }

    private sealed class Slot(ValueList<BudgetId> budgets, Instant at, string phase)
    {
        public ValueList<BudgetId> Budgets => budgets;

        public Instant At => at;

        public string Phase { get; set; } = phase;

        public Dictionary<BudgetId, Instant> Where { get; } = [];

        public (LedgerRequest Request, LedgerDecision Decision)? Change { get; init; }

        public (Money Money, long Count) First { get; init; }

        public (long Money, long Count) Held { get; set; }

        public (Money Money, long Count) Asked { get; set; }

        public (long Money, long Count) Paid { get; set; }

        public Instant? Expires { get; init; }

        public LedgerDecision? Reserved { get; init; }

        public LedgerDecision? Committed { get; set; }

        public LedgerDecision? Released { get; set; }

        public Dictionary<CorrectionId, (LedgerDecision Decision, long Count)> Reversals { get; } = [];
    }
}
