using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>A bonus for every n units: 10.00 USD for each 100 likes, up to 1,000 likes.</summary>
/// <remarks>
/// bonus × ⌊min(total, up to) ÷ units⌋, of the period alone or of all periods less what earlier ones paid. A total that
/// falls again takes nothing back, and does not reach the same units a second time.
/// </remarks>
/// <param name="Units">How many units make one bonus; above zero.</param>
/// <param name="Bonus">What is paid for them, above zero.</param>
public sealed record Every(decimal Units, Money Bonus) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "every";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Bonus;

    /// <summary>What is measured; units of outcomes by default.</summary>
    public Measure Of { get; init; } = Measure.Quantity;

    /// <summary>The greatest total that counts; null means without an end.</summary>
    public decimal? UpTo { get; init; }

    /// <summary>Whether the total begins anew with each period; so by default.</summary>
    public PeriodCounting Counting { get; init; }

    /// <summary>The clauses that count; empty, the default, for all clauses of outcomes.</summary>
    public ValueList<ClauseId> Clauses { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<ClauseId> NamedClauses => Clauses;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Every Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Number("units"), terms.Value<Money>("bonus"))
        {
            Of = terms.Value("of", Measure.Quantity),
            UpTo = terms.OptionalNumber("upTo"),
            Counting = terms.Enum("counting", PeriodCounting.Period),
            Clauses = terms.Values<ClauseId>("clauses"),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        (decimal before, decimal now) = context.Reached(Of, Clauses, Counting);
        decimal times = TimesIn(now) - TimesIn(before);
        if (times > 0)
        {
            sheet.Add(new(TagName, (Accrual)Bonus * times) { Quantity = times * Units, Base = Bonus });
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("units", Units);
        terms.Value("bonus", Bonus);
        terms.Value("of", Of, Measure.Quantity);
        terms.Number("upTo", UpTo);
        terms.Enum("counting", Counting, PeriodCounting.Period);
        terms.Values("clauses", Clauses);
    }

    private decimal TimesIn(decimal total) => decimal.Floor(Math.Min(total, UpTo ?? total) / Units);
}
