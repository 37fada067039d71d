using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>Where results are seen beside each other: what they have in common, in one stretch of time.</summary>
/// <remarks>
/// A stretch is as long as a rule looks back, and stretches follow each other from 1970 on: whoever looks at a result
/// looks at its room and at the one before.
/// </remarks>
/// <param name="Contract">The contract whose rules look.</param>
/// <param name="Common">
/// What the results have in common, such as one partner or one device, as a derived name: no fact stands here.
/// </param>
/// <param name="Period">The number of the stretch.</param>
public readonly record struct TrafficRoom(ContractId Contract, string Common, long Period) : ITerms
{
    /// <summary>The room of the stretch before.</summary>
    public TrafficRoom Before => this with { Period = Period - 1 };

    /// <summary>Reads a room.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficRoom Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<ContractId>("contract"), terms.Text("common"), terms.Integer("period"));
    }

    /// <summary>The contract, what is common, and the number of the stretch.</summary>
    /// <remarks>Not member by member: each room has one before.</remarks>
    public override string ToString() => $"{Contract} {Common} {InvariantText.Of(Period)}";

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("contract", Contract);
        terms.Value("common", Common);
        terms.Integer("period", Period);
    }
}
