using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>A tree of budgets in one currency and one zone of money.</summary>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Zone">The zone in whose hours, dates and months money is counted, such as <c>Europe/Berlin</c>.</param>
/// <param name="Lines">The limits, in any order.</param>
public sealed record BudgetPlan(Currency Currency, string Zone, ValueList<BudgetLine> Lines) : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most lines of a plan.</summary>
    public const int LineCountMax = 100_000;

    /// <summary>The most lines from the top down to one line.</summary>
    public const int DepthMax = 16;

    /// <summary>How many days of 24 hours the instant of a request may be ahead of the present.</summary>
    public const int DaysAheadMax = 400;

    /// <summary>
    /// How many days of 24 hours the instant of a request may be behind the present: about ten years.
    /// </summary>
    public const int DaysBehindMax = 3_660;

    /// <summary>Reads a plan.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetPlan Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new(
            terms.Value<Currency>("currency"),
            terms.Text("zone", "Etc/UTC"),
            terms.List("lines", BudgetLine.Read, countMin: 1, countMax: LineCountMax));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("currency", Currency);
        terms.Value("zone", Zone);
        terms.List("lines", Lines);
    }
}
