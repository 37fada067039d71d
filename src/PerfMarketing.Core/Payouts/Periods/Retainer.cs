using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Periods;

/// <summary>A fixed amount for each period, whatever was brought: a fee for tenancy, a retainer.</summary>
/// <remarks>
/// For a part of a period, the part of the amount that its days are. The parts that several versions of a contract pay
/// for one period sum to the whole.
/// </remarks>
/// <param name="Amount">The amount for a whole period; above zero.</param>
public sealed record Retainer(Money Amount) : PeriodPayout
{
    /// <summary>The kind's name.</summary>
    public const string TagName = "retainer";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override PeriodStage Stage => PeriodStage.Retainer;

    /// <inheritdoc/>
    public override bool PaysByTime => true;

    /// <summary>What is due for a part of a period; by the days that there are by default.</summary>
    public override PeriodProration Proration { get; init; }

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Retainer Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Money>("amount"))
        {
            Proration = terms.Enum("proration", PeriodProration.Actual),
        };
    }

    /// <inheritdoc/>
    protected override Accrual ComputeCore(PeriodContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(sheet);
        Money part = context.PartOf(Amount, Proration);
        if (part.MinorUnits != 0)
        {
            sheet.Add(new(TagName, part) { Base = Amount });
        }

        return context.Balance;
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("amount", Amount);
        terms.Enum("proration", Proration, PeriodProration.Actual);
    }
}
