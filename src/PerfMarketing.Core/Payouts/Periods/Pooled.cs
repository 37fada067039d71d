using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>A share of a result that is pooled over the period: net revenue after bonuses, fees and taxes.</summary>
/// <remarks>
/// rate × max(0, measured − deductions + carried in). A pool below zero is forgotten, or carried forward until later
/// pools have made up for it ("negative carry-over"); never is anything taken back for it.
/// </remarks>
/// <param name="Rate">The share of the pool, from 0 % to 100 %.</param>
public sealed record Pooled(Percentage Rate) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "pooled";

    /// <summary>The most deductions.</summary>
    public const int DeductionCountMax = 64;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Bonus;

    /// <summary>What is pooled, an amount; the commissionable value by default.</summary>
    public Measure Of { get; init; } = Measure.Value;

    /// <summary>What is taken from it before the rate, in order; nothing by default.</summary>
    public ValueList<Deduction> Deductions { get; init; } = [];

    /// <summary>What becomes of a pool below zero; it is forgotten by default.</summary>
    public PeriodCarry Carry { get; init; }

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of, .. Deductions.Select(static d => d.Of)];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Pooled Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("rate"))
        {
            Of = terms.Value("of", Measure.Value),
            Deductions = terms.List("deductions", Deduction.Read, 0, DeductionCountMax),
            Carry = terms.Enum("carry", PeriodCarry.None),
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual pool = Accrual.Zero(context.Currency);
        Pour(TagName, new(context.Measured(Of, Clauses), context.Currency));
        foreach (Deduction deduction in Deductions)
        {
            Accrual taken = new(context.Measured(deduction.Of, Clauses), context.Currency);
            Pour(PeriodLineNames.Deduction, -ShareOf(taken, deduction.Rate));
        }

        Pour(PeriodLineNames.CarriedIn, context.Balance);
        if (pool.Amount >= 0)
        {
            return Accrual.Zero(context.Currency);
        }

        sheet.Add(new(PeriodLineNames.CarriedOut, -sheet.Total) { Base = -pool });
        return Carry == PeriodCarry.Forward ? pool : Accrual.Zero(context.Currency);

        void Pour(string code, Accrual amount)
        {
            if (amount.Amount != 0)
            {
                pool += amount;
                sheet.Add(new(code, ShareOf(amount, Rate)) { Base = amount, Rate = Rate });
            }
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("rate", Rate);
        terms.Value("of", Of, Measure.Value);
        terms.List("deductions", Deductions);
        terms.Enum("carry", Carry, PeriodCarry.None);
        terms.Values("clauses", Clauses);
    }
}
