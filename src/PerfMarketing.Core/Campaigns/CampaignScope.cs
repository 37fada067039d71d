using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <summary>Which outcomes belong to a campaign: by kind, place and condition. Others are refused.</summary>
public sealed record CampaignScope : ITerms
{
    /// <summary>The most entries of one list.</summary>
    public const int CountMax = 1_000;

    /// <summary>The kinds of outcome that belong; all when empty.</summary>
    public ValueList<OutcomeKind> Kinds { get; init; } = [];

    /// <summary>
    /// The places whose outcomes belong; all when empty. Otherwise an outcome whose place nobody knows does not.
    /// </summary>
    public ValueList<Place> Places { get; init; } = [];

    /// <summary>
    /// What must hold of the outcome's facts, in the campaign's zone; null asks for nothing. An unknown fact never
    /// holds.
    /// </summary>
    public Condition? When { get; init; }

    /// <summary>Reads a scope.</summary>
    /// <param name="terms">The terms.</param>
    public static CampaignScope Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Kinds = terms.Values<OutcomeKind>("kinds", 0, CountMax),
            Places = terms.Values<Place>("places", 0, CountMax),
            When = terms.OptionalObject("when", Condition.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("kinds", Kinds);
        terms.Values("places", Places);
        terms.Terms("when", When);
    }
}
