using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>
/// A channel, a place or a category that is the contract's partners' alone, or a combination of them.
/// </summary>
/// <remarks>
/// No other contract of the campaign may grant the same to another partner, and a touch of another partner through the
/// channel and in the place gets no credit. A category of goods says nothing of a touch: it only keeps other contracts
/// from granting it.
/// </remarks>
public sealed record ExclusiveGrant : ITerms
{
    /// <summary>The most grants of one contract.</summary>
    public const int CountMax = 20;

    /// <summary>The most characters of a category.</summary>
    public const int CategoryLengthMax = 200;

    /// <summary>The channel; null means any.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>The place; null means any.</summary>
    public Place? Place { get; init; }

    /// <summary>The category of goods, as order lines name it; null means any.</summary>
    public string? Category { get; init; }

    /// <summary>Whose it is, one of the contract's partners; null means all of them together.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>
    /// The days on which it is theirs, in the contract's zone; null, the default, while the contract is in force.
    /// </summary>
    public DateRange? Effective { get; init; }

    /// <summary>Reads a grant.</summary>
    /// <param name="terms">The terms.</param>
    public static ExclusiveGrant Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Channel = terms.Optional<ChannelId>("channel"),
            Place = terms.Optional<Place>("place"),
            Category = terms.OptionalText("category"),
            Partner = terms.Optional<PartnerId>("partner"),
            Effective = terms.Optional<DateRange>("effective"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("channel", Channel);
        terms.Value("place", Place);
        terms.Value("category", Category);
        terms.Value("partner", Partner);
        terms.Value("effective", Effective);
    }

    /// <summary>Whether some touch, sale or outcome would fall under both grants.</summary>
    internal bool Overlaps(ExclusiveGrant other) =>
        (Channel is not { } mine || other.Channel is not { } theirs || mine == theirs)
        && (Place is not { } here || other.Place is not { } there || here.Contains(there) || there.Contains(here))
        && (Category is null || other.Category is null
            || string.Equals(Category, other.Category, StringComparison.Ordinal));
}
