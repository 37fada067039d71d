using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// Another model's payout, for the first outcomes of a customer, for some months from the first, or for ever.
/// </summary>
/// <remarks>
/// What counts are the partner's earnings with the customer under the clause that still stand. Months are whole months
/// from the first of them, by dates of the contract's zone: with 12, an outcome 11 months later is paid, one 12 months
/// later is not. With both terms both must hold; with neither every outcome is paid. What comes too late is a line of
/// nothing, and so is an outcome that names no customer when there is a term.
/// </remarks>
/// <param name="Inner">The model that pays.</param>
public sealed record Recurring(PayoutModel Inner) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "recurring";

    /// <summary>The code of the line that says that no more is paid.</summary>
    public const string LineCode = "recurring-ended";

    /// <summary>The most outcomes, and the most months: what is longer is for ever.</summary>
    public const int TermMax = 1_200;

    /// <summary>How many outcomes of a customer are paid; null means that their number does not matter.</summary>
    public int? First { get; init; }

    /// <summary>For how many months from the first earning; null means that time does not matter.</summary>
    public int? Months { get; init; }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool ReadsHistory => true;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => [new(nameof(Inner), Inner)];

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the inner model's name is looked up.</param>
    public static Recurring Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "inner"))
        {
            First = terms.Has("first") ? terms.Int("first", 0) : null,
            Months = terms.Has("months") ? terms.Int("months", 0) : null,
        };
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        if (context.IsAnonymous && (First ?? Months) is not null)
        {
            sheet.Note(PayoutLineNames.Unknown);
            return;
        }

        if (context.History.Count >= First || context.TenureMonths >= Months)
        {
            sheet.Note(LineCode);
            return;
        }

        sheet.Apply(Inner, context);
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("inner", Inner);
        terms.Integer("first", First);
        terms.Integer("months", Months);
    }
}
