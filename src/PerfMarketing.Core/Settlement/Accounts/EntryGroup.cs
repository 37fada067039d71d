using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement.Accounts;

/// <summary>Postings that belong together and sum to zero: one step of one contract's and partner's ledger.</summary>
/// <remarks>Groups are never edited or deleted. A group of nothing is kept: it says that nothing was owed.</remarks>
public sealed record EntryGroup : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The version of the campaign's terms.</summary>
    public required int CampaignVersion { get; init; }

    /// <summary>The contract.</summary>
    public required ContractId Contract { get; init; }

    /// <summary>The partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>The group's place among those of its contract, partner and currency, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was posted.</summary>
    public required Instant At { get; init; }

    /// <summary>What made it.</summary>
    public required GroupCause Cause { get; init; }

    /// <summary>
    /// The id of what made it: the outcome of a decision, the ledger entry, the statement or the payment.
    /// </summary>
    public required string Record { get; init; }

    /// <summary>The version of the contract; 0 when no one version is concerned.</summary>
    public int Version { get; init; }

    /// <summary>The digest of that version's terms; all zeros when no one version is concerned.</summary>
    public Digest Terms { get; init; }

    /// <summary>The clause; unset when no one clause is concerned.</summary>
    public ClauseId Clause { get; init; }

    /// <summary>The outcome; unset when no one outcome is concerned.</summary>
    public OutcomeId OutcomeId { get; init; }

    /// <summary>The evidence that proved what was earned; none when no proof is required.</summary>
    public ValueList<EvidenceId> Evidence { get; init; } = [];

    /// <summary>The decision by hand by which it qualified; null when there was none.</summary>
    public CorrectionId? Approval { get; init; }

    /// <summary>
    /// The rates by which the basis of what was earned was converted, of what corrects it too; none when nothing was.
    /// </summary>
    public ValueList<RateSnapshot> Rates { get; init; } = [];

    /// <summary>What had been tallied before what was earned; null for all else.</summary>
    public Tally? Before { get; init; }

    /// <summary>The entry that is corrected, or that had made the debt which is settled; null for all else.</summary>
    public EntryId? Corrects { get; init; }

    /// <summary>The postings, in the order of their accounts, at most one for each account.</summary>
    /// <exception cref="ArgumentException">There are none, or they do not sum to zero.</exception>
    public required ValueList<Posting> Postings
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = IsBalanced(value)
                ? value
                : throw new ArgumentException("Debits and credits are equal.", nameof(value));
        }
    }

    /// <summary>The group's name, derived from all that makes it unique.</summary>
    public EntryId Id => new(DerivedId.Of(
        "group",
        Campaign.Value,
        Contract.Value,
        Partner.Value,
        Postings[0].Amount.Currency.Code,
        InvariantText.Of(Number),
        EnumText.Of(Cause),
        Record));

    /// <summary>Reads a group.</summary>
    /// <param name="terms">The terms.</param>
    public static EntryGroup Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        ValueList<Posting> postings = terms.List("postings", Posting.Read);
        if (!IsBalanced(postings))
        {
            terms.Fail("postings", SettlementReasons.GroupUnbalanced, "Debits and credits are equal.");
            postings = [default];
        }

        return new()
        {
            Campaign = terms.Value<CampaignId>("campaign"),
            CampaignVersion = terms.Int("campaignVersion", 0),
            Contract = terms.Value<ContractId>("contract"),
            Partner = terms.Value<PartnerId>("partner"),
            Number = terms.Integer("number"),
            At = terms.Instant("at"),
            Cause = terms.Enum<GroupCause>("cause"),
            Record = terms.Text("record"),
            Version = terms.Int("version", 0),
            Terms = terms.Value<Digest>("terms", default),
            Clause = terms.Value<ClauseId>("clause", default),
            OutcomeId = terms.Value<OutcomeId>("outcomeId", default),
            Evidence = terms.Values<EvidenceId>("evidence"),
            Approval = terms.Optional<CorrectionId>("approval"),
            Rates = terms.List("rates", RateSnapshot.Read),
            Before = terms.Has("before") ? terms.Object("before", Tally.Read) : null,
            Corrects = terms.Optional<EntryId>("corrects"),
            Postings = postings,
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("campaign", Campaign);
        terms.Integer("campaignVersion", CampaignVersion);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Integer("number", Number);
        terms.Instant("at", At);
        terms.Enum("cause", Cause);
        terms.Value("record", Record);
        terms.Integer("version", Version == 0 ? null : Version);
        terms.Value("terms", Terms, default);
        terms.Value("clause", Clause, default);
        terms.Value("outcomeId", OutcomeId, default);
        terms.Values("evidence", Evidence);
        terms.Value("approval", Approval);
        terms.List("rates", Rates);
        terms.Terms("before", Before);
        terms.Value("corrects", Corrects);
        terms.List("postings", Postings);
    }

    // A group is of one currency: what is converted is a basis, which is not posted.
    private static bool IsBalanced(ValueList<Posting> postings)
    {
        Int128 sum = 0;
        foreach (Posting posting in postings)
        {
            if (posting.Amount.Currency != postings[0].Amount.Currency)
            {
                return false;
            }

            sum += posting.Amount.MinorUnits;
        }

        return postings.Count > 0 && sum == 0;
    }
}
