using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement;

/// <summary>What a campaign costs the advertiser in one currency, in all and for each result.</summary>
/// <remarks>
/// The cost is what the ledger says after corrections, of the contracts that the advertiser pays; where it pays none,
/// of those whose payer nobody pays.
/// </remarks>
public sealed record ComparedCost : ITerms
{
    /// <summary>The cost.</summary>
    public required Money Cost { get; init; }

    /// <summary>
    /// What payers in between keep of it: what comes in for them less what they pay on. Below zero when they pay more.
    /// </summary>
    public required Money Margin { get; init; }

    /// <summary>The effective CPC; null when there are no clicks.</summary>
    public UnitCost? PerClick { get; init; }

    /// <summary>The effective CPL; null when there are no leads.</summary>
    public UnitCost? PerLead { get; init; }

    /// <summary>The effective CPA; null when there are no acquisitions.</summary>
    public UnitCost? PerAcquisition { get; init; }

    /// <summary>The cost over the revenue, exact; null when there is no revenue in the currency.</summary>
    public Ratio? ShareOfRevenue { get; init; }

    /// <summary>Reads a cost.</summary>
    /// <param name="terms">The terms.</param>
    public static ComparedCost Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Cost = terms.Value<Money>("cost"),
            Margin = terms.Value<Money>("margin"),
            PerClick = OptionalUnit(terms, "perClick"),
            PerLead = OptionalUnit(terms, "perLead"),
            PerAcquisition = OptionalUnit(terms, "perAcquisition"),
            ShareOfRevenue = terms.Optional<Ratio>("shareOfRevenue"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("cost", Cost);
        terms.Value("margin", Margin);
        terms.Terms("perClick", PerClick);
        terms.Terms("perLead", PerLead);
        terms.Terms("perAcquisition", PerAcquisition);
        terms.Value("shareOfRevenue", ShareOfRevenue);
    }

    internal static ComparedCost Of(Money cost, Money margin, ComparedResults results)
    {
        Money revenue = results.RevenueIn(cost.Currency);
        return new()
        {
            Cost = cost,
            Margin = margin,
            PerClick = UnitCost.Of(cost, results.Clicks),
            PerLead = UnitCost.Of(cost, results.Leads),
            PerAcquisition = UnitCost.Of(cost, results.Acquisitions),
            ShareOfRevenue = revenue.MinorUnits > 0 ? new Ratio(cost.MinorUnits, revenue.MinorUnits) : null,
        };
    }

    private static UnitCost? OptionalUnit(TermReader terms, string name) =>
        terms.Has(name) ? terms.Object(name, UnitCost.Read) : null;
}
