using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <content>What the clause pays on.</content>
public sealed partial class Clause
{
    /// <summary>What of an order the clause pays on; null when it pays on the outcome's kept value.</summary>
    public CommissionableAmount? Commissionable => draft.Commissionable;

    /// <summary>What the clause prices of an outcome, as it now stands.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="truth">What is true of it after its corrections.</param>
    /// <param name="currency">
    /// The contract's currency: an outcome that is worth no amount, or one in another currency, counts nothing in it.
    /// </param>
    /// <param name="rate">
    /// Converts a value in another currency exactly, line by line; null when there is no rate.
    /// </param>
    /// <exception cref="InexactArithmeticException">A converted value has more digits than an amount can.</exception>
    /// <exception cref="OverflowException">The parts of the order together are more than an amount can be.</exception>
    public Basis BasisOf(Outcome outcome, OutcomeTruth truth, Currency currency, RateSnapshot? rate = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(truth);
        RateSnapshot? by = rate is not null && truth.KeptValue?.Currency == rate.From && rate.To == currency
            ? rate
            : null;
        bool isKnown = by is not null || truth.KeptValue?.Currency == currency;
        Accrual value = !isKnown ? Accrual.Zero(currency)
            : by is null ? truth.KeptValue!.Value
            : by.Convert(truth.KeptValue!.Value);
        ValueList<CommissionableLine> lines = isKnown ? OrderParts.LinesOf(Commissionable, outcome, truth) : [];
        Basis basis = new(value, truth.KeptQuantity, outcome.Facts)
        {
            At = outcome.At,
            IsAnonymous = outcome.Customer is null,
            Lines = by is null ? lines : Converted(lines, by),
        };
        if (Commissionable is not { } terms)
        {
            return basis;
        }

        bool counts = outcome.Lines.Count == 0 && !terms.Excludes;
        return basis with
        {
            Value = counts ? value : basis.Lines.Aggregate(Accrual.Zero(value.Currency), static (s, l) => s + l.Amount),
        };
    }

    private static ValueList<CommissionableLine> Converted(ValueList<CommissionableLine> lines, RateSnapshot by) =>
        [.. lines.Select(l => l with { Amount = by.Convert(l.Amount) })];

    // The amount that this clause pays on is a fact for its condition; what cannot be said stays unknown.
    private FactSet FactsFor(in ClauseSubject subject)
    {
        if (!AsksForAmount || subject.Order is not { Truth.KeptValue: { } kept } order)
        {
            return subject.Facts;
        }

        try
        {
            Basis basis = BasisOf(order.Outcome, order.Truth, kept.Currency);
            return OutcomeFacts.With(subject.Facts, basis.Value.Round());
        }
        catch (ArithmeticException)
        {
            return subject.Facts;
        }
    }

    // Whether the condition asks what the clause pays on.
    internal bool AsksForAmount { get; }

    private static bool Asks(TermNode node) =>
        (node.Kind == TermKind.Text && node.Text == OutcomeFacts.Commissionable.Name) || node.Items.Any(Asks);
}
