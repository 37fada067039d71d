using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>
/// An outcome took or gave back room under a limit, or began to wait for it; or a payout for a period took it.
/// </summary>
/// <remarks>
/// A payout for a period has no outcome: in its place the entry names the <see cref="PeriodEarning"/>.
/// </remarks>
public sealed record LimitMoved : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "limit";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Which room of which limit.</summary>
    public required LimitKey Key { get; init; }

    /// <summary>How the outcome stands to it from now on.</summary>
    public required LimitEntry Entry { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("key", Key);
        terms.Terms("entry", Entry);
    }

    internal static LimitMoved ReadCore(TermReader terms) => new()
    {
        OutcomeId = terms.Value<OutcomeId>("outcomeId", default),
        DecidedAt = TimeOf(terms),
        Key = terms.Object("key", LimitKey.Read),
        Entry = terms.Object("entry", LimitEntry.Read),
    };
}
