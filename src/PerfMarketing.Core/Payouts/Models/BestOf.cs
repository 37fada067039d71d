using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>Of several models the one that pays most for the outcome.</summary>
/// <remarks>
/// Money is compared, never rates: 30 % of 10.00 beats a flat 0.50. Of two that pay the same the earlier wins. Only the
/// winner's lines stay on the sheet. In a cumulative clause the amounts for the credited part are compared, and the
/// clause's tally counts the outcome whichever model wins.
/// </remarks>
/// <param name="Models">The models, at least one.</param>
public sealed record BestOf(ValueList<PayoutModel> Models) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "best-of";

    /// <summary>The most models to choose from.</summary>
    public const int ModelCountMax = 64;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => PayoutPart.ListOf(nameof(Models), Models);

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the models' names are looked up.</param>
    public static BestOf Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.ReadList(terms, "models"));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        int start = sheet.Lines.Length;
        Accrual before = sheet.Total;
        Accrual best = sheet.Apply(Models[0], context);
        for (int i = 1; i < Models.Count; i++)
        {
            int mark = sheet.Lines.Length;
            Accrual next = sheet.Apply(Models[i], context);
            if (next > best)
            {
                sheet.Drop(start, mark - start, before + next);
                best = next;
            }
            else
            {
                sheet.Truncate(mark, before + best);
            }
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("models", Models);
    }
}
