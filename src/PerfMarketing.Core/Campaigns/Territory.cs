using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns;

/// <summary>What a partner, such as a sales agent, owns: accounts, places or both.</summary>
/// <param name="Partner">The owner; a partner of a contract of the campaign.</param>
public sealed record Territory(PartnerId Partner) : ITerms
{
    /// <summary>The most accounts of one territory.</summary>
    public const int AccountCountMax = 100_000;

    /// <summary>The most places of one territory.</summary>
    public const int PlaceCountMax = 1_000;

    /// <summary>The customers that are the partner's, wherever they are.</summary>
    public ValueList<CustomerId> Accounts { get; init => field = value ?? []; } = [];

    /// <summary>The places whose outcomes are the partner's; a part of a country beats the country.</summary>
    public ValueList<Place> Places { get; init => field = value ?? []; } = [];

    /// <summary>The days on which it is the partner's, in the campaign's zone; null means always.</summary>
    public DateRange? Effective { get; init; }

    /// <summary>Reads a territory.</summary>
    /// <param name="terms">The terms.</param>
    public static Territory Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<PartnerId>("partner"))
        {
            Accounts = terms.Values<CustomerId>("accounts", 0, AccountCountMax),
            Places = terms.Values<Place>("places", 0, PlaceCountMax),
            Effective = terms.Optional<DateRange>("effective"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("partner", Partner);
        terms.Values("accounts", Accounts);
        terms.Values("places", Places);
        terms.Value("effective", Effective);
    }
}
