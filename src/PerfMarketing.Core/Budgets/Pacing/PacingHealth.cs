using NodaTime;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>How a budget stands against its plan at an instant.</summary>
public sealed record PacingHealth
{
    // Traffic that is still to come when a budget may be used up without anybody minding.
    private const double LateTraffic = 0.05;
    private const double DeliveryMin = 0.9;

    private PacingHealth()
    {
    }

    /// <summary>Whether it is used as it was meant to be.</summary>
    public PacingStatus Status { get; private init; }

    /// <summary>What is used, as a part of the limit.</summary>
    public double Used { get; private init; }

    /// <summary>Which part of the window's traffic is over.</summary>
    public double TrafficOver { get; private init; }

    /// <summary>
    /// What is expected to be used at the end of the window, as a part of the limit; null when nothing can be said.
    /// </summary>
    public double? ProjectedUse { get; private init; }

    /// <summary>When the budget is expected to be used up; null when it is not, or when nothing can be said.</summary>
    public Instant? ProjectedEnd { get; private init; }

    /// <summary>
    /// What has to be used in each hour that is left so that the budget is used up, in minor units or pieces.
    /// </summary>
    public double RequiredPerHour { get; private init; }

    /// <summary>How a pace stands.</summary>
    /// <param name="pacer">The pace.</param>
    /// <param name="forecast">The forecast that it was made with.</param>
    /// <param name="asOf">Now.</param>
    /// <param name="usedUpAt">
    /// When the budget was used up, if the host noted it: then a report at the end of the day still says that it was
    /// too early. Null takes it to be used up now; it is ignored while something is left.
    /// </param>
    public static PacingHealth Of(
        Pacer pacer, TrafficForecast forecast, Instant asOf, Instant? usedUpAt = null)
    {
        ArgumentNullException.ThrowIfNull(pacer);
        ArgumentNullException.ThrowIfNull(forecast);
        double limit = Math.Max(1, pacer.Counter.Limit);
        double used = pacer.Counter.Used + pacer.ExpectedInFlight;
        double over = forecast.ShareBefore(asOf);
        Duration left = forecast.Window.End - asOf;
        PacingHealth known = new()
        {
            Used = used / limit,
            TrafficOver = over,
            RequiredPerHour = left > Duration.Zero ? Math.Max(0, limit - used) / left.TotalHours : 0,
        };
        if (pacer.IsPaused)
        {
            return known with { Status = PacingStatus.Paused };
        }

        bool isPlanned = pacer.Plan.From > forecast.Window.Start || asOf >= forecast.Window.End;
        if (!isPlanned || !forecast.IsKnown)
        {
            return known;
        }

        PacingHealth projected = Projected(known, pacer.Plan, forecast, (limit, used), asOf);
        return used >= limit && usedUpAt is { } gone && gone < asOf
            ? projected with
            {
                ProjectedEnd = gone,
                Status = forecast.ShareBefore(gone) < 1 - LateTraffic
                    ? PacingStatus.ExhaustedTooEarly
                    : PacingStatus.OnPlan,
            }
            : projected;
    }

    private static PacingHealth Projected(
        PacingHealth known, PacePlan plan, TrafficForecast forecast, (double Limit, double Used) budget, Instant asOf)
    {
        double rest = (1 - known.TrafficOver) * forecast.ExpectedCost * plan.Level;
        double room = budget.Limit - budget.Used;
        double pass = rest > 0 ? Math.Min(plan.PassRate, 1) : 0;
        bool runsOut = room <= 0 || (rest * pass > room && !plan.IsByCurve);

        // The part of the traffic after which the room is gone, at the pass rate of now.
        double gone = room <= 0 ? known.TrafficOver
            : known.TrafficOver + ((1 - known.TrafficOver) * room / Math.Max(rest * pass, 1e-9));
        PacingHealth projected = known with
        {
            ProjectedUse = Math.Min(Math.Max(1, known.Used), (budget.Used + rest) / budget.Limit),
            ProjectedEnd = runsOut ? InstantOf(forecast, gone, asOf) : null,
        };
        return projected with
        {
            Status = runsOut && gone < 1 - LateTraffic ? PacingStatus.ExhaustedTooEarly
                : projected.ProjectedUse < DeliveryMin ? PacingStatus.UnderDelivery
                : PacingStatus.OnPlan,
        };
    }

    // By halving, as a curve says how much traffic is over at an instant, and not the other way round.
    private static Instant InstantOf(TrafficForecast forecast, double share, Instant asOf)
    {
        (Instant low, Instant high) = (Instant.Min(asOf, forecast.Window.End), forecast.Window.End);
        while (high - low > Duration.FromSeconds(1))
        {
            Instant middle = low + ((high - low) / 2);
            (low, high) = forecast.ShareBefore(middle) < share ? (middle, high) : (low, middle);
        }

        return high;
    }
}
