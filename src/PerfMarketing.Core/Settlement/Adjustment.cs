using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Settlement;

/// <summary>
/// A later entry that corrects an earning; one for each correction and earning, also when it changes nothing.
/// </summary>
public sealed record Adjustment : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "adjustment";

    /// <summary>Makes an adjustment.</summary>
    public Adjustment()
    {
    }

    [SetsRequiredMembers]
    private Adjustment(TermReader terms)
        : base(terms, IdOf(terms))
    {
        Corrects = terms.Value<EntryId>("corrects");
        Cause = terms.Value<CorrectionId>("cause");
        Reason = terms.Object("reason", Primitives.Reason.Read);
        Kept = OwnOf(terms, "kept");
        IsExempt = terms.Flag("exempt");
        Invalidated = terms.OptionalObject("invalidated", InvalidatedShare.Read);
        _ = Invalidated is null || IsOwn(terms, "invalidated", Invalidated.Amount.Currency);
        Invalid = OwnOf(terms, "invalid");
        ByHand = OwnOf(terms, "byHand");
        Ruling = terms.Has("ruling") ? terms.Int("ruling", 0) : null;
        LeavesPlace = terms.Flag("leavesPlace");
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The earning that is corrected.</summary>
    public required EntryId Corrects { get; init; }

    /// <summary>The correction that caused this entry; see also <see cref="Invalidation.CauseOf"/>.</summary>
    public required CorrectionId Cause { get; init; }

    /// <summary>Why the amount is what it is.</summary>
    public required Reason Reason { get; init; }

    /// <summary>
    /// What stays with the partner of what is gone, after this correction: the clause's schedule or the contract's
    /// limit on reversals leaves it there. Null when nothing does.
    /// </summary>
    public Money? Kept { get; init; }

    /// <summary>
    /// Whether the contract's limit on reversals did not concern it, because of why it was made; or because it gives
    /// back what was taken so.
    /// </summary>
    public bool IsExempt { get; init; }

    /// <summary>
    /// The share of an invalidation by source and period that it takes; null for any other correction.
    /// </summary>
    public InvalidatedShare? Invalidated { get; init; }

    /// <summary>
    /// What of the earning's worth is invalid after this correction, as earlier invalidations by source and period say:
    /// the same part of it as before. Null when nothing is.
    /// </summary>
    public Money? Invalid { get; init; }

    /// <summary>
    /// What of the earning stands beside what the terms pay, after this correction, because a person approved another
    /// amount or a grade scaled it: below zero when that is less. Null when nothing does.
    /// </summary>
    /// <remarks>It is no part of what the period of the clause's tally is worth.</remarks>
    public Money? ByHand { get; init; }

    /// <summary>
    /// The how manieth time a ruling on the evidence takes the earning back, or gives it back, from 1: odd numbers
    /// take, even ones give. Null for what no such ruling caused.
    /// </summary>
    public int? Ruling { get; init; }

    /// <summary>
    /// Whether an outcome that was worth nothing when it was earned gives its place under counts back, because nothing
    /// is kept of it: what was worth something gives it back with its money.
    /// </summary>
    public bool LeavesPlace { get; init; }

    /// <summary>The name of the adjustment that a correction makes to an earning.</summary>
    /// <param name="earning">The earning.</param>
    /// <param name="cause">The correction.</param>
    public static EntryId IdOf(EntryId earning, CorrectionId cause) =>
        new(DerivedId.Of(TagName, earning.Value, cause.Value));

    internal static Adjustment ReadCore(TermReader terms) => new(terms);

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Value("corrects", Corrects);
        terms.Value("cause", Cause);
        terms.Terms("reason", Reason);
        terms.Value("kept", Kept);
        terms.Flag("exempt", IsExempt);
        terms.Terms("invalidated", Invalidated);
        terms.Value("invalid", Invalid);
        terms.Value("byHand", ByHand);
        terms.Integer("ruling", Ruling);
        terms.Flag("leavesPlace", LeavesPlace);
    }
}
