using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>What one contract's payouts over periods go by: sums by period, balances, and what is closed.</summary>
/// <remarks>Whatever was decided counts in the period in which it was decided. The order of applying is free.</remarks>
internal sealed class PeriodBook
{
    private readonly PeriodPlan plan;
    private readonly Dictionary<PeriodUnit, PeriodHistory> histories;
    private readonly Dictionary<PeriodUnit, CalendarPeriod> newest = [];
    private readonly Dictionary<(ClauseId Clause, PartnerId Partner), SortedList<Instant, Accrual>> balances = [];
    private readonly List<PeriodEarning> paid = [];
    private Instant? first;
    private (Instant From, Instant End) next;

    /// <summary>Begins a book.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="versions">All versions of the contract, newest first.</param>
    public PeriodBook(Campaign campaign, ValueList<Contract> versions)
    {
        plan = new(campaign, versions);
        Currency = versions[0].Currency;
        histories = plan.Units.ToDictionary(static unit => unit, _ => new PeriodHistory(Currency));
    }

    /// <summary>The contract's currency.</summary>
    public Currency Currency { get; }

    /// <summary>The contract's calendar.</summary>
    public ContractCalendar Calendar => plan.Calendar;

    /// <summary>The end of the newest periods that were closed; the beginning of time when none was.</summary>
    public Instant ClosedThrough { get; private set; } = Instant.MinValue;

    /// <summary>
    /// From when on everything is known; null while nothing is known and the contract has no beginning.
    /// </summary>
    public Instant? Since => plan.Start > ContractCalendar.Earliest ? plan.Start : first;

    // What runs when the contract ends is paid for when it is over, whatever else closed before.
    private Instant LastEnd => ContractCalendar.Covers(plan.End)
        ? plan.Units.Max(unit => Calendar.Containing(unit, plan.End - Duration.Epsilon).End)
        : plan.End;

    /// <summary>Counts an entry of the contract's ledgers.</summary>
    /// <param name="entry">The entry.</param>
    public void Apply(LedgerEntry entry)
    {
        if (entry.Amount.Currency != Currency || entry is DisputeHold)
        {
            return;
        }

        first = first is { } known && known < entry.DecidedAt ? known : entry.DecidedAt;
        foreach ((PeriodUnit unit, PeriodHistory history) in histories)
        {
            CalendarPeriod period = PeriodOf(unit, entry.DecidedAt);
            if (entry is PeriodEarning)
            {
                history.AddPaid(period, entry.Partner, entry.Clause, entry.Amount);
            }
            else
            {
                Tally counted = entry switch
                {
                    Earning earning => earning.Counted,
                    Repricing repricing => repricing.Counted,
                    Amendment { FromVersion: 0 } first => first.Counted,
                    _ => Tally.Zero(Currency),
                };
                history.Add(period, entry.Partner, entry.Clause, new(counted, entry.Amount));
            }
        }

        if (entry is PeriodEarning earned)
        {
            paid.Add(earned);
            var book = balances.GetValueOrDefault((earned.Clause, earned.Partner), []);
            book[earned.DecidedAt] = earned.Closing;
            balances[(earned.Clause, earned.Partner)] = book;
        }
    }

    /// <summary>Notes that periods are closed.</summary>
    /// <param name="end">The first instant after them.</param>
    public void Close(Instant end) => ClosedThrough = Instant.Max(ClosedThrough, end);

    /// <summary>When the next periods close.</summary>
    /// <param name="after">What is closed in any case.</param>
    /// <returns>The first instant after them; null when no more periods close.</returns>
    public Instant? Next(Instant after)
    {
        if (Since is not { } since)
        {
            return null;
        }

        Instant from = Instant.Max(Instant.Max(since, after), ClosedThrough);
        if (!ContractCalendar.Covers(from) || (from >= LastEnd && !balances.Values.Any(IsOpen)))
        {
            return null;
        }

        if (next.From != from || next.End == default)
        {
            next = (from, plan.Units.Min(unit => Calendar.Containing(unit, from).End));
        }

        return next.End;
    }

    /// <summary>Whether periods may have ended, whatever was earned in them.</summary>
    /// <param name="after">What is closed, or before the contract, in any case.</param>
    /// <param name="asOf">The instant that is asked about.</param>
    public bool MayEnd(Instant after, Instant asOf)
    {
        Instant from = Instant.Max(after, ClosedThrough);
        return !ContractCalendar.Covers(from) || plan.Units.Min(unit => Calendar.Containing(unit, from).End) <= asOf;
    }

    /// <summary>What is to be computed when the periods that end at an instant close, in this order.</summary>
    /// <param name="end">The first instant after them.</param>
    public IEnumerable<PeriodTask> Due(Instant end) => plan.Due(end);

    /// <summary>What is known of the period of a task; null when the task is over and nothing is open.</summary>
    /// <param name="task">The task.</param>
    public PeriodContext? ContextOf(PeriodTask task)
    {
        Accrual balance = BalanceOf(task.Clause.Id, task.Partner, task.Period.End);
        return task.IsOver && balance.Amount == 0 ? null : new()
        {
            Period = task.Period,
            Partner = task.Partner,
            History = histories[task.Period.Unit],
            Calendar = Calendar,
            InForce = task.InForce,
            Since = Since ?? Instant.MinValue,
            Partners = task.Contract.Partners,
            Balance = balance,
        };
    }

    /// <summary>What was paid when the periods that end at an instant were closed.</summary>
    /// <param name="end">The first instant after them.</param>
    public ValueList<PeriodEarning> PaidAt(Instant end) =>
        [.. paid.Where(entry => entry.DecidedAt == end - Duration.Epsilon)];

    private static bool IsOpen(SortedList<Instant, Accrual> balances) => balances.Values[^1].Amount != 0;

    private Accrual BalanceOf(ClauseId clause, PartnerId partner, Instant end)
    {
        SortedList<Instant, Accrual> known = balances.GetValueOrDefault((clause, partner), []);
        for (int i = known.Count - 1; i >= 0; i--)
        {
            if (known.GetKeyAtIndex(i) < end - Duration.Epsilon)
            {
                return known.GetValueAtIndex(i);
            }
        }

        return Accrual.Zero(Currency);
    }

    private CalendarPeriod PeriodOf(PeriodUnit unit, Instant at)
    {
        if (!newest.TryGetValue(unit, out CalendarPeriod period) || !period.Contains(at))
        {
            newest[unit] = period = Calendar.Containing(unit, at);
        }

        return period;
    }
}
