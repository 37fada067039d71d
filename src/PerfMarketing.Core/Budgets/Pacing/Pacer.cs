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
/// alike.
/// </para>
/// </remarks>
public sealed partial class Pacer
{
    private readonly PacingTerms terms;
    private readonly TrafficForecast forecast;
    private readonly BudgetCounter counter;
    private readonly Lock gate = new();
    private readonly ValueHistogram values = new();
    private volatile PacePlan plan;
    private volatile bool isPaused;
    private long plain;
    private long requests;
    private long turn;
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
        plan = new() { From = Instant.MinValue, Until = Instant.MinValue };
        Restore(state ?? new());
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
    /// Now, by the host's clock: not when the request says that it was made. A clock that goes back a little does no
    /// harm; one that jumps ahead makes a pace believe that the time between was without traffic.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The cost is negative, or the worth is negative or no number.
    /// </exception>
    public PaceDecision Decide(in PaceRequest request, Instant asOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.Cost);
        if (request.Worth is { } worth && !(worth >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(request), worth, "What a request is worth is not negative.");
        }

        PacePlan now = plan;
        if (asOf >= now.Until)
        {
            now = Replan(asOf);
        }

        double ratio = Observe(request, now);
        long headroom = counter.Available - now.InFlight;
        return new(Judge(request, ratio, headroom, now, asOf), now, Math.Max(0, headroom));
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
    private double Observe(in PaceRequest request, PacePlan now)
    {
        if (now.Stop == PaceReason.OutsideWindow || request.Cost > counter.Limit)
        {
            return 0;
        }

        // Only the mean cost comes from it: a count that two threads lose between them does not matter.
        requests++;
        if (request.Worth is not { } worth)
        {
            Interlocked.Add(ref plain, request.Cost);
            return 0;
        }

        double ratio = request.Cost > 0 ? worth / request.Cost : double.PositiveInfinity;
        values.Count(ratio, request.Cost);
        return ratio;
    }

    private PaceReason Judge(in PaceRequest request, double ratio, long headroom, PacePlan now, Instant asOf)
    {
        // A clock that went back within the window is decided by the plan in force.
        if (isPaused || asOf < forecast.Window.Start || now.Stop is not null)
        {
            return isPaused ? PaceReason.Paused : PaceReason.OutsideWindow;
        }

        if (request.Cost > headroom)
        {
            return PaceReason.Exhausted;
        }

        if (now.IsByValue && request.Worth is not null)
        {
            if (ratio < now.Threshold || (ratio < now.ThresholdAbove && !IsTurn(now.Between, request.Id)))
            {
                return PaceReason.BelowValue;
            }
        }
        else if (now.PassRate < 1 && !IsTurn(now.Passes, request.Id))
        {
            return PaceReason.Throttled;
        }

        if (!counter.TryReserve(request.Cost, now.Ceiling))
        {
            return request.Cost > counter.Available - now.InFlight ? PaceReason.Exhausted : PaceReason.BurstCap;
        }

        if (terms.TargetReturn is not null)
        {
            Interlocked.Add(ref bought, MilliOf(request.Worth ?? 0));
        }

        return PaceReason.Admitted;
    }

    // Whether the share of requests that is bought has grown by a whole one; by the hash of the id where terms say so.
    private bool IsTurn(long share, string? id)
    {
        if (terms.ByIdentity && id is not null)
        {
            return (StableHash.Of(id) >> 32) < (ulong)share;
        }

        long after = Interlocked.Add(ref turn, share);
        return (after >> 32) != (unchecked(after - share) >> 32);
    }

    private static long MilliOf(double worth) => (long)Math.Min(worth * 1_000, 1e15);
}
