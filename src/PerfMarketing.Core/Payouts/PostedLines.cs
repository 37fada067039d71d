using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>
/// The lines of a posted amount: a list, or mostly a single line and what rounds it, of which a list is made when
/// somebody asks.
/// </summary>
internal readonly struct PostedLines
{
    private readonly ValueList<PayoutLine>? list;
    private readonly PayoutLine only;

    /// <summary>Lines that sum to what was posted.</summary>
    /// <param name="list">The lines.</param>
    public PostedLines(ValueList<PayoutLine> list) => this.list = list;

    /// <summary>One line before it is rounded.</summary>
    /// <param name="only">The line.</param>
    public PostedLines(in PayoutLine only) => this.only = only;

    /// <summary>The lines; they sum exactly to what was posted.</summary>
    /// <param name="posted">What was posted.</param>
    public ValueList<PayoutLine> ListOf(Money posted) => list is not null ? list
        : posted == only.Amount ? ValueList<PayoutLine>.One(only)
        : [only, new(PayoutLineNames.Rounding, posted - only.Amount)];
}
