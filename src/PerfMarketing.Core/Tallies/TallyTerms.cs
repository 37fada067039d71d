using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tallies;

/// <summary>What a clause counts together: per which period, for whom, by which clock, of which outcomes.</summary>
/// <remarks>Every part has a default: by calendar month of the contract's zone, per partner, by credit.</remarks>
public sealed record TallyTerms : ITerms
{
    /// <summary>By calendar month and partner.</summary>
    public static TallyTerms Default { get; } = new();

    /// <summary>The period after which counting begins anew; a month by default.</summary>
    public PeriodUnit Per { get; init; } = PeriodUnit.Month;

    /// <summary>
    /// How many dates a rolling period has, the outcome's own date included; with <see cref="PeriodUnit.Rolling"/>
    /// only.
    /// </summary>
    public int? RollingDays { get; init; }

    /// <summary>Whose outcomes count together; the partner's by default.</summary>
    public TallyScope Scope { get; init; }

    /// <summary>Which instant says in which period an outcome counts; when it occurred by default.</summary>
    public TallyClock Clock { get; init; }

    /// <summary>Which outcomes count; all that are qualified by default.</summary>
    public TallyStates States { get; init; }

    /// <summary>Whether parts of an outcome count by credit; so by default.</summary>
    public TallyCredit Credit { get; init; }

    /// <summary>What corrections do to the tally; nothing by default.</summary>
    public TallyCorrections Corrections { get; init; }

    /// <summary>Whether the tally is a list of what was counted when, and not one running sum.</summary>
    public bool IsListed => Per == PeriodUnit.Rolling || States == TallyStates.Payable;

    /// <summary>Reads the terms of a tally.</summary>
    /// <param name="terms">The terms.</param>
    public static TallyTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Per = terms.Enum("per", PeriodUnit.Month),
            RollingDays = terms.Has("rollingDays") ? terms.Int("rollingDays", 0) : null,
            Scope = terms.Enum("scope", TallyScope.Partner),
            Clock = terms.Enum("clock", TallyClock.OccurredAt),
            States = terms.Enum("states", TallyStates.Qualified),
            Credit = terms.Enum("credit", TallyCredit.Credited),
            Corrections = terms.Enum("corrections", TallyCorrections.Frozen),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("per", Per, PeriodUnit.Month);
        terms.Integer("rollingDays", RollingDays);
        terms.Enum("scope", Scope, TallyScope.Partner);
        terms.Enum("clock", Clock, TallyClock.OccurredAt);
        terms.Enum("states", States, TallyStates.Qualified);
        terms.Enum("credit", Credit, TallyCredit.Credited);
        terms.Enum("corrections", Corrections, TallyCorrections.Frozen);
    }
}
