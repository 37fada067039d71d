using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Bookings;

/// <summary>What a person booked by hand, as an entry of the ledger.</summary>
/// <remarks>
/// No clause was applied: <see cref="LedgerEntry.Clause"/> has the name of the kind, such as <c>bounty</c>.
/// </remarks>
public sealed record ManualEntry : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "manual-entry";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsGross => Source.Kind is ManualKind.Earning or ManualKind.Bounty;

    /// <summary>What was booked, by whom and why.</summary>
    public required ManualEarning Source { get; init; }

    /// <summary>The digest of the contract's terms.</summary>
    public required Digest Terms { get; init; }

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The version of the campaign's terms.</summary>
    public required int CampaignVersion { get; init; }

    /// <summary>Whose outcomes count together in the tally that was opened; the partner's by default.</summary>
    public TallyScope TallyScope { get; init; }

    /// <summary>The key of the period of the tally that was opened; null when none was.</summary>
    public string? TallyPeriod { get; init; }

    /// <summary>What the tally that was opened counts for; null when none was.</summary>
    public TallyKey? TallyKey => Source.Tally is { } tally && TallyPeriod is { } period
        ? Tallies.TallyKey.Of(TallyScope, Contract, tally.Clause, Partner, tally.Customer, period)
        : null;

    /// <summary>The name of the entry.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="booking">The host's name for what is booked.</param>
    public static EntryId IdOf(CampaignId campaign, BookingId booking) =>
        new(DerivedId.Of(TagName, campaign.Value, booking.Value));

    internal static ManualEntry ReadCore(TermReader terms)
    {
        ManualEntry entry = ReadEntry(terms);
        _ = entry.Source is null || (entry.IsOwn(terms, "source", entry.Source.Amount.Currency)
            && (entry.Source.Tally is not { } tally || entry.IsOwn(terms, "source", tally.Counted.Accrued.Currency)));
        return entry;
    }

    private static ManualEntry ReadEntry(TermReader terms) => new()
    {
        OutcomeId = default,
        DecidedAt = TimeOf(terms),
        Id = terms.Value<EntryId>("id"),
        Contract = terms.Value<ContractId>("contract"),
        Version = terms.Int("version", 0),
        Clause = terms.Value<ClauseId>("clause"),
        Partner = terms.Value<PartnerId>("partner"),
        Amount = terms.Value<Money>("amount"),
        OccurredAt = terms.Instant("occurredAt"),
        PayableAt = terms.Instant("payableAt"),
        Source = terms.Object("source", ManualEarning.Read),
        Terms = terms.Value<Digest>("terms"),
        Campaign = terms.Value<CampaignId>("campaign"),
        CampaignVersion = terms.Int("campaignVersion", 0),
        TallyScope = terms.Enum("tallyScope", TallyScope.Partner),
        TallyPeriod = terms.OptionalText("tallyPeriod"),
    };

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Terms("source", Source);
        terms.Value("terms", Terms);
        terms.Value("campaign", Campaign);
        terms.Integer("campaignVersion", CampaignVersion);
        terms.Enum("tallyScope", TallyScope, TallyScope.Partner);
        terms.Value("tallyPeriod", TallyPeriod);
    }
}
