using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>
/// The lines of a posted amount: a list, or mostly a single line and what rounds it, of which a list is made when
/// somebody asks.
/// </summary>
internal struct PostedLines
{
    private readonly PayoutLine.Packed only;
    private ValueList<PayoutLine>? list;

    /// <summary>Lines that sum to what was posted.</summary>
    /// <param name="list">The lines.</param>
    public PostedLines(ValueList<PayoutLine> list) => this.list = list;

    /// <summary>One line before it is rounded.</summary>
    /// <param name="only">The line.</param>
    public PostedLines(in PayoutLine only) => this.only = new(only);

    /// <summary>The lines; they sum exactly to what was posted.</summary>
    /// <param name="posted">What was posted.</param>
    public ValueList<PayoutLine> ListOf(Money posted) => list ??= Make(only.Line, posted);

    /// <summary>What rounding added to what was posted, as <see cref="RoundingIn"/> tells.</summary>
    /// <param name="posted">What was posted.</param>
    public readonly decimal RoundingOf(Money posted) =>
        list is null ? posted.Amount - only.Line.Amount.Amount : RoundingIn(list);

    /// <summary>What rounding added that is still in the amount, line by line.</summary>
    /// <param name="lines">The lines. What limits and budgets cut is cut to whole minor units: none is left.</param>
    public static decimal RoundingIn(ValueList<PayoutLine> lines)
    {
        decimal sum = 0;
        foreach (PayoutLine line in lines)
        {
            if (line.Code is PayoutLineNames.OverLimit or PayoutLineNames.OverBudget or PayoutLineNames.Unpaid)
            {
                return 0;
            }

            sum += line.Code == PayoutLineNames.Rounding ? line.Amount.Amount : 0;
        }

        return sum;
    }

    private static ValueList<PayoutLine> Make(in PayoutLine only, Money posted) => posted == only.Amount
        ? ValueList<PayoutLine>.One(only)
        : [only, new(PayoutLineNames.Rounding, posted - only.Amount)];
}
