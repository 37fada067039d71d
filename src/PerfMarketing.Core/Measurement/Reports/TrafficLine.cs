using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What rules of invalid traffic made of the results of one partner under one contract.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Gross">All results that the contract was asked to pay for.</param>
/// <param name="Held">Of these, what waits because of what was found.</param>
/// <param name="Filtered">Of these, what was rejected because of what was found.</param>
public sealed record TrafficLine(
    ContractId Contract, PartnerId Partner, TrafficCount Gross, TrafficCount Held, TrafficCount Filtered) : ITerms
{
    /// <summary>What is left of all results when what was rejected is taken off; what is held is still in it.</summary>
    public TrafficCount Net => Gross - Filtered;

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
            terms.Object("gross", TrafficCount.Read),
            terms.Object("held", TrafficCount.Read),
            terms.Object("filtered", TrafficCount.Read))
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
        terms.Terms("gross", Gross);
        terms.Terms("held", Held);
        terms.Terms("filtered", Filtered);
        terms.List("found", Found);
    }
}
