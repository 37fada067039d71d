using PerfMarketing.Identity;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>What a contract pays for each period, without an outcome, as data that may still be wrong.</summary>
public sealed record PeriodClauseDraft : ITerms
{
    /// <summary>The clause's name, unique among all clauses of the contract.</summary>
    public required ClauseId Id { get; init; }

    /// <summary>What is paid.</summary>
    public required PeriodPayout Pays { get; init; }

    /// <summary>The periods, in the contract's zone; months by default.</summary>
    public PeriodUnit Per { get; init; } = PeriodUnit.Month;

    /// <summary>The partners who are paid; empty, the default, for all partners of the contract.</summary>
    public ValueList<PartnerId> Partners { get; init => field = value ?? []; } = [];

    /// <summary>Reads a clause's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the names of payouts are looked up.</param>
    public static PeriodClauseDraft Read(TermReader terms, TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new()
        {
            Id = terms.Value<ClauseId>("id"),
            Pays = catalog.Periods.Read(terms, "pays"),
            Per = terms.Enum("per", PeriodUnit.Month),
            Partners = terms.Values<PartnerId>("partners"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Terms("pays", Pays);
        terms.Enum("per", Per, PeriodUnit.Month);
        terms.Values("partners", Partners);
    }
}
