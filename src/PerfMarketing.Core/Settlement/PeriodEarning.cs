using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>What a contract pays a partner for a period, without an outcome; posted when the period closes.</summary>
/// <remarks>
/// Decided in the last instant of its period, so that the statement that the period ends in contains it. The amount is
/// below zero when something is set off.
/// </remarks>
public sealed record PeriodEarning : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "period-earning";

    /// <summary>Makes an earning of a period.</summary>
    public PeriodEarning()
    {
    }

    [SetsRequiredMembers]
    private PeriodEarning(TermReader terms)
        : base(terms, default)
    {
        Terms = terms.Value<Digest>("terms");
        Campaign = terms.Value<CampaignId>("campaign");
        CampaignVersion = terms.Int("campaignVersion", 0);
        Period = terms.Text("period");
        Opening = terms.Value<Accrual>("opening");
        Closing = terms.Value<Accrual>("closing");
        _ = IsOwn(terms, "opening", Opening.Currency) && IsOwn(terms, "closing", Closing.Currency);
        Lines = terms.List("lines", PayoutLine.Read);
        CheckSum(terms, Lines);
        Notes = terms.List("notes", Reason.Read);
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsGross => true;

    /// <summary>The digest of the contract's terms.</summary>
    public required Digest Terms { get; init; }

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>The version of the campaign's terms.</summary>
    public required int CampaignVersion { get; init; }

    /// <summary>The period's key in the contract's zone, such as <c>2026-03</c>.</summary>
    public required string Period { get; init; }

    /// <summary>What the clause carried into the period.</summary>
    public required Accrual Opening { get; init; }

    /// <summary>What the clause carries out of it: below zero when it is owed, or still to be made up for.</summary>
    public required Accrual Closing { get; init; }

    /// <summary>The lines; they sum exactly to the amount.</summary>
    public required ValueList<PayoutLine> Lines { get; init; }

    /// <summary>What limits of the contract did to the amount; empty when it was within them.</summary>
    public ValueList<Reason> Notes { get; init; } = [];

    /// <summary>The lines as a payout, which explains itself.</summary>
    public Payout Payout => new(Amount.Currency, Lines);

    /// <summary>The name of what a version of a contract pays a partner for a period under a clause.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="version">The version of the contract.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="period">The period's key.</param>
    /// <param name="partner">The partner.</param>
    public static EntryId IdOf(
        CampaignId campaign, ContractId contract, int version, ClauseId clause, string period, PartnerId partner) =>
        new(DerivedId.Of(
            TagName,
            campaign.Value,
            contract.Value,
            InvariantText.Of(version),
            clause.Value,
            period,
            partner.Value));

    internal static PeriodEarning ReadCore(TermReader terms) => new(terms);

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Value("terms", Terms);
        terms.Value("campaign", Campaign);
        terms.Integer("campaignVersion", CampaignVersion);
        terms.Value("period", Period);
        terms.Value("opening", Opening);
        terms.Value("closing", Closing);
        terms.List("lines", Lines);
        terms.List("notes", Notes);
    }
}
