using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>Which results of a log divide the cost, and which of them are revenue.</summary>
/// <remarks>
/// They are the same for all campaigns that are compared: what they pay differs, what happened does not.
/// </remarks>
public sealed record ComparisonBasis
{
    /// <summary>Clicks, leads, and sales or subscriptions.</summary>
    public static ComparisonBasis Default { get; } = new();

    /// <summary>
    /// The kinds that count as an acquisition, whose number divides the cost into the CPA; unless stated sales, orders
    /// and starts of subscriptions.
    /// </summary>
    public ValueList<OutcomeKind> Acquisitions { get; init; } =
        [OutcomeKind.Sale, OutcomeKind.Order, OutcomeKind.SubscriptionStart];

    /// <summary>
    /// The kinds whose value is revenue; unless stated sales, orders, and starts and renewals of subscriptions. A
    /// payment that is collected for an order is the order's value once more, so it is not among them.
    /// </summary>
    public ValueList<OutcomeKind> Revenue { get; init; } =
        [OutcomeKind.Sale, OutcomeKind.Order, OutcomeKind.SubscriptionStart, OutcomeKind.SubscriptionRenewal];

    /// <summary>
    /// How many of the log's touchpoints are clicks. They divide the cost into the CPC when no outcome is a click;
    /// where clicks are outcomes, those do.
    /// </summary>
    public long ClickTouches { get; init; }
}
