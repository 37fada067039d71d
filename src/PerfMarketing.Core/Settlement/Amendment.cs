using System.Diagnostics.CodeAnalysis;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>
/// What an earning is worth more or less because terms were amended with effect for its time: the difference, which
/// cites both versions.
/// </summary>
/// <remarks>
/// The earning itself stays as it was. Later corrections of the outcome follow the amended terms, by
/// <see cref="Restated"/>. One for each earning and version, also when it changes nothing.
/// </remarks>
public sealed record Amendment : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "amendment";

    /// <summary>Makes an amendment.</summary>
    public Amendment()
    {
    }

    [SetsRequiredMembers]
    private Amendment(TermReader terms)
        : base(terms, IdOf(terms))
    {
        Corrects = terms.Value<EntryId>("corrects");
        FromVersion = terms.Int("fromVersion", 0);
        AcceptedAt = terms.Instant("acceptedAt");
        Earning restated = terms.Object("restated", ReadRestated);
        Restated = restated;
        _ = restated is null || IsOwn(terms, "restated", restated.Amount.Currency);
        Repriced = terms.Value<Money>("repriced");
        _ = IsOwn(terms, "repriced", Repriced.Currency);
        ByHand = OwnOf(terms, "byHand");
        Kept = OwnOf(terms, "kept");
        Invalid = OwnOf(terms, "invalid");
        Counted = terms.Object("counted", Tally.Read);
        _ = IsOwn(terms, "counted", Counted.Accrued.Currency);
        Instalments = terms.List("instalments", Instalment.Read);
        _ = Instalments.All(i => IsOwn(terms, "instalments", i.Amount.Currency));
        Reason = terms.Object("reason", Primitives.Reason.Read);
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The earning that is priced again.</summary>
    public required EntryId Corrects { get; init; }

    /// <summary>
    /// The version under which it was priced before; <see cref="LedgerEntry.Version"/> is the one it is priced under
    /// now: the same when it measures a leg that was amended. 0 when it was not priced before, because the partner
    /// accepted later.
    /// </summary>
    public required int FromVersion { get; init; }

    /// <summary>When the version was accepted by both.</summary>
    public required Instant AcceptedAt { get; init; }

    /// <summary>The earning as the amended terms price it; it was never posted.</summary>
    public required Earning Restated { get; init; }

    /// <summary>The part of the amount that is for other results of the period; nothing mostly.</summary>
    public required Money Repriced { get; init; }

    /// <summary>
    /// What of the earning stands beside what the terms pay, as <see cref="Adjustment.ByHand"/>; null when nothing
    /// does.
    /// </summary>
    public Money? ByHand { get; init; }

    /// <summary>
    /// What stays with the partner of what corrections said is gone, as <see cref="Adjustment.Kept"/>; null when
    /// nothing does.
    /// </summary>
    public Money? Kept { get; init; }

    /// <summary>
    /// What of the earning's worth is invalid, as <see cref="Adjustment.Invalid"/>; null when nothing is.
    /// </summary>
    public Money? Invalid { get; init; }

    /// <summary>What the outcome now counts in the tally: less than was priced when corrections change it.</summary>
    public required Tally Counted { get; init; }

    /// <summary>
    /// When which part of the amount is payable, by the instalments of the terms: those of the past at once. Empty when
    /// the amount is not paid in instalments.
    /// </summary>
    public ValueList<Instalment> Instalments { get; init; } = [];

    internal override ValueList<Instalment> Parts => Instalments;

    /// <summary>Why the amount is what it is.</summary>
    public required Reason Reason { get; init; }

    /// <summary>The name of the entry that a version makes for an earning.</summary>
    /// <param name="earning">The earning.</param>
    /// <param name="version">The version that prices it again.</param>
    /// <param name="measured">
    /// When a leg that the earning measures was amended, when that is why; null when its own terms were.
    /// </param>
    public static EntryId IdOf(EntryId earning, int version, Instant? measured = null) => new(measured is { } at
        ? DerivedId.Of(TagName, earning.Value, InvariantText.Of(version), InstantText.Of(at))
        : DerivedId.Of(TagName, earning.Value, InvariantText.Of(version)));

    internal static Amendment ReadCore(TermReader terms) => new(terms);

    private static Earning ReadRestated(TermReader terms)
    {
        if (CampaignRecord.Read(terms) is Earning earning)
        {
            return earning;
        }

        terms.Fail("record", SettlementReasons.RecordUnknown, "What is restated is an earning.");
        return null!;
    }

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Value("corrects", Corrects);
        terms.Integer("fromVersion", FromVersion);
        terms.Instant("acceptedAt", AcceptedAt);
        terms.Terms("restated", Restated);
        terms.Value("repriced", Repriced);
        terms.Value("byHand", ByHand);
        terms.Value("kept", Kept);
        terms.Value("invalid", Invalid);
        terms.Terms("counted", Counted);
        terms.List("instalments", Instalments);
        terms.Terms("reason", Reason);
    }
}
