using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>What statements are cut by from a period on.</summary>
/// <param name="From">The beginning of the first period; null when it goes on from what was closed before.</param>
/// <param name="Version">The version of the contract that says so.</param>
/// <param name="Terms">The terms of settlement, as they were applied.</param>
public sealed record PeriodCut(Instant? From, int Version, SettlementTerms Terms) : ITerms
{
    /// <summary>Reads what statements are cut by.</summary>
    /// <param name="terms">The terms.</param>
    public static PeriodCut Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.OptionalInstant("from"),
            terms.Int("version", 1),
            terms.OptionalObject("terms", SettlementTerms.Read) ?? SettlementTerms.Default);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("from", From);
        terms.Integer("version", Version);
        terms.Terms("terms", Terms == SettlementTerms.Default ? null : Terms);
    }
}
