using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement.Reports;

/// <summary>
/// How much of what was earned corrections took back, by contract, partner and month of the outcomes.
/// </summary>
/// <remarks>
/// Earnings and their adjustments count. What tiers, amended terms and periods are worth are entries of their own and
/// no reversal of an earning.
/// </remarks>
/// <param name="Lines">
/// One line for each contract, partner, month and currency that something was earned in, in this order.
/// </param>
public sealed record ReversalReport(ValueList<ReversalLine> Lines) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The lines of each partner together.</summary>
    public ValueList<ReversalLine> ByPartner => Sum(static l => l with { Contract = default, Month = null });

    /// <summary>The lines of each contract together.</summary>
    public ValueList<ReversalLine> ByContract => Sum(static l => l with { Partner = default, Month = null });

    /// <summary>The lines of each month together.</summary>
    public ValueList<ReversalLine> ByMonth => Sum(static l => l with { Contract = default, Partner = default });

    /// <summary>All lines of a currency together.</summary>
    public ValueList<ReversalLine> Total =>
        Sum(static l => l with { Contract = default, Partner = default, Month = null });

    /// <summary>The report over the entries of a campaign.</summary>
    /// <param name="campaign">The campaign, whose contracts say in which zone months are cut.</param>
    /// <param name="entries">All entries of the earnings that are looked at, in any order.</param>
    /// <exception cref="ArgumentException">
    /// An entry is of a contract that the campaign does not have, or adjusts an earning that is not among the entries.
    /// </exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static ReversalReport Of(Campaign campaign, IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(entries);
        LedgerEntry[] all = [.. entries];
        EventMonths months = new(campaign);
        Dictionary<EntryId, ReversalLine> earnings = [];
        foreach (Earning earning in all.OfType<Earning>())
        {
            Money none = Money.Zero(earning.Amount.Currency);
            earnings.Add(
                earning.Id,
                new(earning.Contract, earning.Partner, months.Of(earning), 1, 0, earning.Amount, none, none));
        }

        foreach (Adjustment adjustment in all.OfType<Adjustment>())
        {
            ReversalLine line = earnings.GetValueOrDefault(adjustment.Corrects) ?? throw new ArgumentException(
                $"The earning '{adjustment.Corrects}' is not among the entries.", nameof(entries));
            earnings[adjustment.Corrects] = adjustment.Amount.MinorUnits < 0
                ? line with { Reversed = line.Reversed - adjustment.Amount }
                : line with { Raised = line.Raised + adjustment.Amount };
        }

        return new(Sum(
            earnings.Values.Select(static l => l with { ReversedCount = l.Net < l.Earned ? 1 : 0 }), static l => l));
    }

    /// <summary>Reads a report.</summary>
    /// <param name="terms">The terms.</param>
    public static ReversalReport Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(terms.List("lines", ReversalLine.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("lines", Lines);
    }

    private static ValueList<ReversalLine> Sum(
        IEnumerable<ReversalLine> lines, Func<ReversalLine, ReversalLine> named) =>
        lines.Select(named)
            .GroupBy(static l => (l.Contract, l.Partner, l.Month, l.Earned.Currency))
            .OrderBy(static g => g.Key.Contract).ThenBy(static g => g.Key.Partner)
            .ThenBy(static g => g.Key.Month, StringComparer.Ordinal)
            .ThenBy(static g => g.Key.Currency.Code, StringComparer.Ordinal)
            .Select(static g => g.Aggregate(static (sum, line) => sum.With(line)))
            .ToValueList();

    private ValueList<ReversalLine> Sum(Func<ReversalLine, ReversalLine> named) => Sum(Lines, named);
}
