using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>
/// What earlier results of a period are worth more or less, because an outcome or a correction took the tally across a
/// tier.
/// </summary>
/// <remarks>
/// An entry of the period, not of the outcome that caused it: that one is paid what it is worth itself.
/// </remarks>
public sealed record Repricing : LedgerEntry
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "repricing";

    /// <summary>Makes a repricing.</summary>
    public Repricing()
    {
    }

    [SetsRequiredMembers]
    private Repricing(TermReader terms)
        : base(terms, IdOf(terms))
    {
        CausedBy = terms.Value<EntryId>("causedBy");
        Correction = terms.Optional<CorrectionId>("correction");
        TallyPeriod = terms.Text("tallyPeriod");
        Counted = terms.Object("counted", Tally.Read);
        _ = IsOwn(terms, "counted", Counted.Accrued.Currency);
        Lines = terms.List("lines", PayoutLine.Read);
        _ = Lines.All(l => IsOwn(terms, "lines", l.Amount.Currency));
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsGross => Correction is null;

    /// <summary>The earning whose outcome, or whose correction, took the tally across the tier.</summary>
    public required EntryId CausedBy { get; init; }

    /// <summary>The correction, when one did; null when the outcome itself did.</summary>
    public CorrectionId? Correction { get; init; }

    /// <summary>The period that is priced again.</summary>
    public required string TallyPeriod { get; init; }

    /// <summary>What the entry changes in the tally beside money: what a correction takes out of it.</summary>
    public required Tally Counted { get; init; }

    /// <summary>The lines; they sum exactly to the amount.</summary>
    public required ValueList<PayoutLine> Lines { get; init; }

    /// <summary>The name of the entry that an earning, or a correction of it, causes.</summary>
    /// <param name="earning">The earning.</param>
    /// <param name="correction">The correction; null when the outcome itself is the cause.</param>
    public static EntryId IdOf(EntryId earning, CorrectionId? correction) =>
        new(DerivedId.Of(TagName, earning.Value, correction?.Value));

    internal static Repricing ReadCore(TermReader terms) => new(terms);

    private protected override void WriteEntry(TermWriter terms)
    {
        terms.Value("causedBy", CausedBy);
        terms.Value("correction", Correction);
        terms.Value("tallyPeriod", TallyPeriod);
        terms.Terms("counted", Counted);
        terms.List("lines", Lines);
    }
}
