using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// Another model's payout times a number: increased by 33.50 % is times 1.335, a weekend may pay double.
/// </summary>
/// <param name="Inner">The model whose payout is multiplied.</param>
/// <param name="Factor">
/// The number: above zero, at most <see cref="FactorMax"/>, with at most 9 decimals; 1 changes nothing.
/// </param>
public sealed record Multiplied(PayoutModel Inner, decimal Factor) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "multiplied";

    /// <summary>The code of the line that adds or takes away what the number changes.</summary>
    public const string LineCode = "multiplied";

    /// <summary>The greatest factor.</summary>
    public const decimal FactorMax = 1_000;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => Inner.IsOrderFree;

    /// <inheritdoc/>
    public override bool PassesRepricing => true;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the inner model's name is looked up.</param>
    public static Multiplied Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "inner"), terms.Number("factor"));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Accrual before = sheet.Repriced;
        Accrual inner = sheet.Apply(Inner, context);
        Accrual repriced = sheet.Repriced - before;
        decimal more = Factor - 1;
        if (inner.Amount != 0 && Factor != 1)
        {
            sheet.Add(new(LineCode, inner * more) { Base = inner, Rate = Percentage.FromFraction(more) });
        }

        if (repriced.Amount != 0 && Factor != 1)
        {
            sheet.Add(new(LineCode, repriced * more)
            {
                Base = repriced,
                Rate = Percentage.FromFraction(more),
                IsRepricing = true,
            });
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("inner", Inner);
        terms.Number("factor", Factor);
    }
}
