using NodaTime;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>Decides whether the next request may be bought, so that a budget lasts as long as it is meant to.</summary>
/// <remarks>
/// <para>
/// A decision first looks at what is left, then at the plan of the current minute, and sets the cost aside in the
/// budget's counter in the same step in which it checks the limit: whatever the pace says, the limit holds. Safe from
/// many threads; a decision allocates nothing. The first decision of a minute plans it.
/// </para>
/// <para>
/// Decisions follow from the state, the counter and the requests alone: the same ones in the same order are decided
/// alike. Of requests that several threads decide at the very same time the pace may miss some, and those of a minute
/// at most; for the limit each counts.
/// </para>
/// </remarks>
public sealed partial class Pacer
{
    private readonly PacingTerms terms;
    private readonly TrafficForecast forecast;
    private readonly BudgetCounter counter;
    private readonly Lock gate = new();
    private readonly ValueHistogram values = new();
    private readonly BudgetCounter[] parents = [];
    private readonly bool hasTarget;
    private volatile PacePlan plan;
    private volatile bool isPaused;
    private PaceTally tally;
    private long bought;
    private long inFlight;

    /// <summary>A pace for one window of a budget.</summary>
    /// <param name="terms">Valid terms.</param>
    /// <param name="forecast">The traffic to expect in the window.</param>
    /// <param name="counter">The budget in this window: its limit, and what is in use of it.</param>
    /// <param name="state">What was learned before, in this window or an earlier one; null when nothing.</param>
    public Pacer(PacingTerms terms, TrafficForecast forecast, BudgetCounter counter, PacerState? state = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentNullException.ThrowIfNull(counter);
        this.terms = terms;
        this.forecast = forecast;
        this.counter = counter;
        hasTarget = terms.TargetReturn is not null;
        finishEarly = (double)terms.FinishEarly.Fraction;
        plan = new() { From = Instant.MinValue, Until = Instant.MinValue };
        Restore(state ?? new());
    }

    /// <summary>
    /// The caps above this budget, such as the account's and the campaign's: the outermost first. A cost is set aside
    /// in all of them or in none, and a plan never counts on more than the one with the least has left. Who releases or
    /// settles a cost does so in each of them.
    /// </summary>
    public IReadOnlyList<BudgetCounter> Parents
    {
        get => parents;
        init => parents = [.. value ?? throw new ArgumentNullException(nameof(value))];
    }

    /// <summary>The plan of the minute of the last decision.</summary>
    public PacePlan Plan => plan;

    /// <summary>The budget in this window.</summary>
    public BudgetCounter Counter => counter;

    /// <summary>Whether nothing is bought until further notice.</summary>
    public bool IsPaused => isPaused;

    /// <summary>
    /// What results are still expected to cost that were bought but have not come yet; 0 where costs are known at once.
    /// </summary>
    public long ExpectedInFlight => Volatile.Read(ref inFlight);

    /// <summary>Buys nothing until further notice.</summary>
    public void Pause() => isPaused = true;

    /// <summary>Goes on after a pause.</summary>
    public void Resume() => isPaused = false;

    /// <summary>Counts what is in flight as used, from the next plan on.</summary>
    /// <param name="expected">What is still expected to come; not negative. See <see cref="InFlightCost"/>.</param>
    public void CountInFlight(long expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        Volatile.Write(ref inFlight, expected);
    }

    /// <summary>Decides on one request; when it is admitted, its cost is set aside.</summary>
    /// <param name="request">The request.</param>
    /// <param name="asOf">
    /// Now, by the host's clock: not when the request says that it was made. One reading that is wrong does no harm
    /// for longer than a minute. A clock that is behind the plan in force is believed once it has gone on for a minute
    /// behind it; what a jump ahead of more than half an hour had made the pace believe is undone then. Until then the
    /// plan in force decides.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The cost is negative, or the worth is negative or no number.
    /// </exception>
    public PaceDecision Decide(in PaceRequest request, Instant asOf)
    {
        long cost = request.Cost;
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        double worth = request.Worth.GetValueOrDefault();
        if (!(worth >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(request), worth, "What a request is worth is not negative.");
        }

        PacePlan now = plan;
        if (asOf >= now.Until || asOf < now.From)
        {
            now = PlanAt(asOf);
        }

        if (now.Stop is not null)
        {
            return Stopped(now);
        }

        bool isValued = request.Worth.HasValue;
        double ratio = !isValued ? 0 : cost > 0 ? worth / cost : double.PositiveInfinity;
        long used = counter.Used;
        long headroom = BudgetCounter.Left(counter.Limit, used) - now.InFlight;
        PaceReason reason = isPaused ? PaceReason.Paused
            : cost > headroom ? PaceReason.Exhausted
            : Choose(request.Id, isValued, ratio, now) is var chosen and not PaceReason.Admitted ? chosen
            : parents.Length > 0 ? ReserveAll(cost, now)
            : counter.TryReserve(cost, now.Ceiling, used) ? PaceReason.Admitted
            : Full(cost, now);

        // Last, as the atomic step waits for whatever is written before it.
        Observe(cost, isValued, ratio);
        if (hasTarget && reason == PaceReason.Admitted)
        {
            Buy(worth);
        }

        return new(reason, now, Math.Max(0, headroom));
    }

    /// <summary>
    /// What was learned until now; give it to the pacer of the next window, or of a restarted process.
    /// </summary>
    public PacerState Save()
    {
        lock (gate)
        {
            return Saved();
        }
    }

    // Every eligible request counts for what is expected later, whether it is bought or not. What the whole budget
    // could not buy is not eligible: it would make all others seem cheap.
    private void Observe(long cost, bool isValued, double ratio)
    {
        if (cost > counter.Limit)
        {
            return;
        }

        PaceTally.Add(ref tally.Requests, 1);
        if (isValued)
        {
            values.Count(ratio, cost);
        }
        else
        {
            PaceTally.Add(ref tally.Plain, cost);
        }
    }

    // What the pace says, whatever is left.
    private PaceReason Choose(string? id, bool isValued, double ratio, PacePlan now)
    {
        if (now.IsByValue && isValued)
        {
            return ratio >= now.ThresholdAbove || (ratio >= now.Threshold && IsTurn(now.Between, id))
                ? PaceReason.Admitted
                : PaceReason.BelowValue;
        }

        return now.PassRate >= 1 || IsTurn(now.Passes, id) ? PaceReason.Admitted : PaceReason.Throttled;
    }

    // In the caps above first, from the outermost on; all or none.
    private PaceReason ReserveAll(long cost, PacePlan now)
    {
        for (int i = 0; i < parents.Length; i++)
        {
            if (!parents[i].TryReserve(cost))
            {
                Release(cost, i);
                return PaceReason.ParentCap;
            }
        }

        if (counter.TryReserve(cost, now.Ceiling))
        {
            return PaceReason.Admitted;
        }

        Release(cost, parents.Length);
        return Full(cost, now);
    }

    private PaceReason Full(long cost, PacePlan now) =>
        cost > counter.Available - now.InFlight ? PaceReason.Exhausted : PaceReason.BurstCap;

    private PaceDecision Stopped(PacePlan now) => new(
        isPaused ? PaceReason.Paused : now.Stop!.Value, now, Math.Max(0, counter.Available - now.InFlight));

    private void Buy(double worth) => Interlocked.Add(ref bought, (long)Math.Min(worth * 1_000, 1e15));

    private void Release(long cost, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            parents[i].Release(cost);
        }
    }

    // Whether the share of requests that is bought has grown by a whole one; by the hash of the id where terms say so.
    private bool IsTurn(long share, string? id)
    {
        if (terms.ByIdentity && id is not null)
        {
            return (StableHash.Of(id) >> 32) < (ulong)share;
        }

        long after = PaceTally.Add(ref tally.Turn, share);
        return (after >> 32) != (unchecked(after - share) >> 32);
    }
}
