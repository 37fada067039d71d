using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What rules of invalid traffic made of the results of one partner under one contract.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Counts">The results, gross and net.</param>
public sealed record TrafficLine(ContractId Contract, PartnerId Partner, TrafficCounts Counts) : ITerms
{
    /// <summary>How often each code was found, in the order of the codes, also where it was only noted.</summary>
    public ValueList<CodeCount> Found { get; init; } = [];

    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<ContractId>("contract"),
            terms.Value<PartnerId>("partner"),
            terms.Object("counts", TrafficCounts.Read))
        {
            Found = terms.List("found", CodeCount.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Value("partner", Partner);
        terms.Terms("counts", Counts);
        terms.List("found", Found);
    }
}
