using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Periods;

/// <summary>
/// An advance on commissions that later ones repay: a draw of 2,400.00 EUR a month against commission.
/// </summary>
/// <remarks>
/// A period that earned less than the draw is filled up to it, and what was advanced is owed: the balance is below zero
/// by as much. A period that earned more repays what is owed as far as it exceeds the draw. The balance, the earnings
/// and the postings of all periods tie: balance = − the sum of what was posted.
/// </remarks>
/// <param name="Amount">What a whole period pays at least, as an advance; above zero.</param>
public sealed record Draw(Money Amount) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "draw";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Draw;

    /// <summary>What is advanced for a part of a period; by the days that there are by default.</summary>
    public override PeriodProration Proration { get; init; }

    /// <summary>The clauses whose earnings count; empty, the default, for all, of outcomes and of periods.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>What was not advanced is not owed.</summary>
    /// <inheritdoc/>
    public override Accrual BalanceWithout(Accrual balance, Money cut) => balance + cut;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Draw Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Money>("amount"))
        {
            Proration = terms.Enum("proration", PeriodProration.Actual),
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual zero = Accrual.Zero(context.Currency);
        Accrual amount = context.PartOf(Amount, Proration);

        // Owed is below zero: what exceeds the draw repays it, and not more.
        Accrual due = Accrual.Max(amount - context.Earned(Clauses), context.Balance);
        if (due != zero)
        {
            sheet.Add(new(due > zero ? TagName : PeriodLineNames.Recoupment, due) { Base = amount });
        }

        return context.Balance - due;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("amount", Amount);
        terms.Enum("proration", Proration, PeriodProration.Actual);
        terms.Values("clauses", Clauses);
    }
}
