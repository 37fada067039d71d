using PerfMarketing.Identity;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>What a contract pays for each period; part of a <see cref="Contract"/> and so never wrong.</summary>
public sealed class PeriodClause
{
    private readonly HashSet<PartnerId> paid;

    internal PeriodClause(PeriodClauseDraft draft, ValueList<PartnerId> all)
    {
        Id = draft.Id;
        Pays = draft.Pays;
        Per = draft.Per;
        Partners = draft.Partners.Count > 0 ? draft.Partners : all;
        paid = [.. Partners];
    }

    /// <summary>The clause's name.</summary>
    public ClauseId Id { get; }

    /// <summary>What is paid.</summary>
    public PeriodPayout Pays { get; }

    /// <summary>The periods, in the contract's zone.</summary>
    public PeriodUnit Per { get; }

    /// <summary>The partners who are paid, in the order of the draft.</summary>
    public ValueList<PartnerId> Partners { get; }

    /// <summary>Whether the clause pays a partner.</summary>
    /// <param name="partner">The partner.</param>
    public bool PaysTo(PartnerId partner) => paid.Contains(partner);
}
