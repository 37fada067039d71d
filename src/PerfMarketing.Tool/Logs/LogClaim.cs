using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Logs;

/// <summary>A line of a log that says which campaign of the advertiser took an order.</summary>
/// <param name="Claim">The claim.</param>
internal sealed record LogClaim(OrderClaimed Claim) : ITerms
{
    /// <summary>When it was taken, and written down.</summary>
    public Instant RecordedAt => Claim.DecidedAt;

    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static LogClaim Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(new OrderClaimed
        {
            Order = terms.Value<OrderId>("order"),
            Campaign = terms.Value<CampaignId>("campaign"),
            OutcomeId = terms.Value<OutcomeId>("outcome"),
            DecidedAt = terms.Instant("at"),
        });
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("order", Claim.Order);
        terms.Value("campaign", Claim.Campaign);
        terms.Value("outcome", Claim.OutcomeId);
        terms.Instant("at", Claim.DecidedAt);
    }
}
