using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>Which clauses of a contract pay a partner for an outcome, and why the others do not.</summary>
/// <remarks>Pure; made by <see cref="Make"/>, following the contract's <see cref="Contract.Precedence"/>.</remarks>
public sealed class ClauseChoice
{
    private ClauseChoice(ValueList<Clause> winners, ValueList<ClauseCandidate> losers)
    {
        Winners = winners;
        Losers = losers;
    }

    /// <summary>
    /// The clauses that pay, in the order of the contract: several only under <see cref="Precedence.Sum"/>, none when
    /// none applies.
    /// </summary>
    public ValueList<Clause> Winners { get; }

    /// <summary>
    /// Every other clause with the reason, in the order of the contract; empty unless everything is explained.
    /// </summary>
    public ValueList<ClauseCandidate> Losers { get; }

    /// <summary>Chooses.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="subject">The outcome and the partner.</param>
    /// <param name="worth">
    /// What a clause would pay the partner, exact; null when that cannot be said yet. Asked only for
    /// <see cref="Precedence.Best"/>, and only when several clauses apply.
    /// </param>
    /// <param name="explain">Whether the clauses that do not pay are listed with their reasons.</param>
    /// <exception cref="ArgumentNullException">The best is to pay, and nobody says what clauses are worth.</exception>
    public static ClauseChoice Make(
        Contract contract,
        in ClauseSubject subject,
        Func<Clause, Accrual?>? worth = null,
        ExplainLevel explain = ExplainLevel.Standard)
    {
        ArgumentNullException.ThrowIfNull(contract);
        List<Clause> applying = [];
        foreach (Clause clause in contract.Clauses)
        {
            if (clause.AppliesTo(subject))
            {
                applying.Add(clause);
            }
        }

        Dictionary<Clause, Reason> beaten = [];
        List<Clause> winners = applying.Count < 2 ? applying : contract.Precedence switch
        {
            Precedence.Sum => applying,
            Precedence.MostSpecific => [MostSpecific(applying, subject, beaten)],
            Precedence.Best => [Best(applying, worth ?? throw new ArgumentNullException(nameof(worth)), beaten)],
            _ => [First(applying, beaten)],
        };
        return new(
            winners.ToValueList(),
            explain == ExplainLevel.Full ? Explain(contract, subject, winners, beaten) : []);
    }

    private static ValueList<ClauseCandidate> Explain(
        Contract contract, in ClauseSubject subject, List<Clause> winners, Dictionary<Clause, Reason> beaten)
    {
        List<ClauseCandidate> losers = [];
        foreach (Clause clause in contract.Clauses)
        {
            if (!winners.Contains(clause)
                && (beaten.GetValueOrDefault(clause) ?? clause.Refuse(subject)) is { } reason)
            {
                losers.Add(new(clause.Id, reason));
            }
        }

        return losers.ToValueList();
    }

    private static Clause First(List<Clause> applying, Dictionary<Clause, Reason> beaten)
    {
        foreach (Clause later in applying[1..])
        {
            beaten.Add(later, Beaten(ClauseReasons.NotFirst, later, applying[0]));
        }

        return applying[0];
    }

    private static Clause MostSpecific(
        List<Clause> applying, in ClauseSubject subject, Dictionary<Clause, Reason> beaten)
    {
        Clause winner = applying[0];
        foreach (Clause clause in applying)
        {
            winner = clause.SpecificityFor(subject).CompareTo(winner.SpecificityFor(subject)) > 0 ? clause : winner;
        }

        foreach (Clause clause in applying)
        {
            if (clause != winner)
            {
                bool isEqual = clause.SpecificityFor(subject) == winner.SpecificityFor(subject);
                string code = isEqual ? ClauseReasons.NotFirst : ClauseReasons.LessSpecific;
                beaten.Add(clause, Beaten(code, clause, winner));
            }
        }

        return winner;
    }

    // Money is compared, never rates. What cannot be priced yet might be the best: it wins, so that the outcome waits.
    private static Clause Best(
        List<Clause> applying, Func<Clause, Accrual?> worth, Dictionary<Clause, Reason> beaten)
    {
        Accrual?[] amounts = [.. applying.Select(worth)];
        int best = Array.FindIndex(amounts, static amount => amount is null);
        if (best < 0)
        {
            best = 0;
            for (int i = 1; i < amounts.Length; i++)
            {
                best = amounts[i]!.Value > amounts[best]!.Value ? i : best;
            }
        }

        for (int i = 0; i < applying.Count; i++)
        {
            if (i != best)
            {
                beaten.Add(applying[i], PaidLess(applying[i], amounts[i], applying[best], amounts[best]));
            }
        }

        return applying[best];
    }

    private static Reason PaidLess(Clause clause, Accrual? amount, Clause winner, Accrual? paid) =>
        amount is not { } less || paid is not { } more
            ? Beaten(ClauseReasons.PriceOpen, clause, winner)
            : less == more
                ? Beaten(ClauseReasons.NotFirst, clause, winner)
                : Reason.Of(
                    ClauseReasons.PaysLess,
                    ("clause", clause.Id),
                    ("amount", less),
                    ("winner", winner.Id),
                    ("paid", more));

    private static Reason Beaten(string code, Clause clause, Clause winner) =>
        Reason.Of(code, ("clause", clause.Id), ("winner", winner.Id));
}
