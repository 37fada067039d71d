using NodaTime;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>What all reports on one message say together, in whatever order they come.</summary>
/// <remarks>
/// Reports climb the ladder none, accepted, sent, delivered, read; the highest step stands. A failure is the end,
/// unless the provider says that a delivery came after it. A failure that came after a delivery, or of which it cannot
/// be said what came first, contradicts it: nothing is paid, and a person looks at it. Adding reports is commutative,
/// associative and idempotent, so two partial views may be merged.
/// </remarks>
public sealed record DeliveryProgress
{
    private DeliveryOutcome reached = DeliveryOutcome.Unknown;
    private DeliveryOutcome failure = DeliveryOutcome.Unknown;
    private Instant? deliveredAt;
    private Instant? failedAt;
    private bool failedSometime;

    private DeliveryProgress()
    {
    }

    /// <summary>No report came yet.</summary>
    public static DeliveryProgress Start { get; } = new();

    /// <summary>What became of the message, as far as it is known.</summary>
    public DeliveryOutcome Outcome => HasFailed && !IsRecovered ? failure : reached;

    /// <summary>Whether there are a delivery and a failure of which neither is known to have ended the other.</summary>
    public bool IsContradicted => HasFailed && HasArrived && !IsRecovered;

    private bool HasFailed => failure != DeliveryOutcome.Unknown;

    private bool HasArrived => reached >= DeliveryOutcome.Delivered;

    private bool IsRecovered => HasArrived && !failedSometime && deliveredAt > failedAt;

    /// <summary>What some reports say together.</summary>
    /// <param name="reports">The reports, in any order, repetitions included.</param>
    public static DeliveryProgress Of(IEnumerable<DeliveryReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        DeliveryProgress progress = Start;
        foreach (DeliveryReport report in reports)
        {
            progress = progress.With(report);
        }

        return progress;
    }

    /// <summary>The progress with one more report.</summary>
    /// <param name="report">The report; one of an unknown status changes nothing.</param>
    public DeliveryProgress With(DeliveryReport report) => report.Outcome switch
    {
        DeliveryOutcome.Unknown => this,
        DeliveryOutcome.Failed or DeliveryOutcome.Expired => Merge(new()
        {
            failure = report.Outcome,
            failedAt = report.At,
            failedSometime = report.At is null,
        }),
        var outcome => Merge(new()
        {
            reached = outcome,
            deliveredAt = outcome >= DeliveryOutcome.Delivered ? report.At : null,
        }),
    };

    /// <summary>What two partial views say together.</summary>
    /// <param name="other">The other one.</param>
    public DeliveryProgress Merge(DeliveryProgress other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            reached = Higher(reached, other.reached),
            failure = Failed(failure, other.failure),
            deliveredAt = Later(deliveredAt, other.deliveredAt),
            failedAt = Later(failedAt, other.failedAt),
            failedSometime = failedSometime || other.failedSometime,
        };
    }

    private static DeliveryOutcome Higher(DeliveryOutcome left, DeliveryOutcome right) => left > right ? left : right;

    // Failed says more than expired, and either says more than nothing.
    private static DeliveryOutcome Failed(DeliveryOutcome left, DeliveryOutcome right) =>
        left == DeliveryOutcome.Unknown ? right
        : right == DeliveryOutcome.Unknown || left == right ? left
        : DeliveryOutcome.Failed;

    private static Instant? Later(Instant? left, Instant? right) =>
        left is null ? right : right is null ? left : Instant.Max(left.Value, right.Value);
}
