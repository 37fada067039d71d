using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What became of the earnings of one contract, partner and month, in one currency.</summary>
/// <remarks>Earned − reversed + raised = net.</remarks>
/// <param name="Contract">The contract; unset in a sum over contracts.</param>
/// <param name="Partner">The partner; unset in a sum over partners.</param>
/// <param name="Month">
/// The month in which the outcomes occurred, in the contract's zone; null in a sum over months.
/// </param>
/// <param name="Count">How many earnings.</param>
/// <param name="ReversedCount">How many of them corrections left with less than at first.</param>
/// <param name="Earned">What they came to at first.</param>
/// <param name="Reversed">What corrections took back; not below zero.</param>
/// <param name="Raised">What corrections added, taken-back returns included; not below zero.</param>
public sealed record ReversalLine(
    ContractId Contract,
    PartnerId Partner,
    string? Month,
    long Count,
    long ReversedCount,
    Money Earned,
    Money Reversed,
    Money Raised) : ITerms
{
    /// <summary>What is left.</summary>
    public Money Net => Earned - Reversed + Raised;

    /// <summary>The part of the earnings that were reversed, in number; null when there are none.</summary>
    public Ratio? RateByCount => Count > 0 ? new Ratio(ReversedCount, Count) : null;

    /// <summary>The part of the money that was reversed; null when nothing was earned.</summary>
    public Ratio? RateByMoney => Earned.MinorUnits > 0 ? new Ratio(Reversed.MinorUnits, Earned.MinorUnits) : null;

    /// <summary>Reads a line; one of several currencies is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static ReversalLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ReversalLine line = new(
            terms.Value("contract", default(ContractId)),
            terms.Value("partner", default(PartnerId)),
            terms.OptionalText("month"),
            terms.Integer("count"),
            terms.Integer("reversedCount"),
            terms.Value<Money>("earned"),
            terms.Value<Money>("reversed"),
            terms.Value<Money>("raised"));
        if (line.Reversed.Currency != line.Earned.Currency || line.Raised.Currency != line.Earned.Currency)
        {
            terms.Fail("earned", ReportCodes.Unsound, "A line is in one currency.");
        }

        return line;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract, default);
        terms.Value("partner", Partner, default);
        terms.Value("month", Month);
        terms.Integer("count", Count);
        terms.Integer("reversedCount", ReversedCount);
        terms.Value("earned", Earned);
        terms.Value("reversed", Reversed);
        terms.Value("raised", Raised);
    }

    internal ReversalLine With(ReversalLine other) => this with
    {
        Count = Count + other.Count,
        ReversedCount = ReversedCount + other.ReversedCount,
        Earned = Earned + other.Earned,
        Reversed = Reversed + other.Reversed,
        Raised = Raised + other.Raised,
    };
}
