using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Settle;

/// <summary>What became of one partner's outcomes, and what the partner is owed for them.</summary>
internal sealed record PartnerRow : ITerms
{
    /// <summary>The partner; null in a row of totals.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>How many outcomes the partner was credited with: shares of one add up to it.</summary>
    public decimal Outcomes { get; init; }

    /// <summary>How many outcomes the partner had any credit in.</summary>
    public long Touched { get; init; }

    /// <summary>How many of them qualified.</summary>
    public long Qualified { get; init; }

    /// <summary>How many of them wait for something.</summary>
    public long Pending { get; init; }

    /// <summary>How many of them were rejected, for each reason.</summary>
    public ValueList<ReasonCount> Rejected { get; init; } = [];

    /// <summary>The currency of the amounts; unset when nobody owes anything.</summary>
    public Currency Currency { get; init; }

    /// <summary>The sum of the earnings.</summary>
    public Money Gross { get; init; }

    /// <summary>The sum of the adjustments.</summary>
    public Money Adjustments { get; init; }

    /// <summary>What is to be paid.</summary>
    public Money Payable { get; init; }

    /// <summary>Gross and adjustments.</summary>
    public Money Total => Gross + Adjustments;

    /// <summary>How many outcomes were rejected.</summary>
    public long RejectedCount => Rejected.Sum(static reason => reason.Count);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("partner", Partner);
        terms.Value("outcomes", Outcomes.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture));
        terms.Integer("touched", Touched);
        terms.Integer("qualified", Qualified);
        terms.Integer("pending", Pending);
        terms.Integer("rejected", RejectedCount);
        terms.List("reasons", Rejected);
        if (!Currency.IsUnset)
        {
            terms.Value("gross", Gross);
            terms.Value("adjustments", Adjustments);
            terms.Value("payable", Payable);
            terms.Value("total", Total);
        }
    }
}

/// <summary>How often something was rejected for one reason.</summary>
/// <param name="Code">The reason's code.</param>
/// <param name="Count">How often.</param>
internal readonly record struct ReasonCount(string Code, long Count) : ITerms
{
    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.Integer("count", Count);
    }
}
