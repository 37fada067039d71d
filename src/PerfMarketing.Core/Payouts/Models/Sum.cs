using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>The payouts of several models together, such as 20.00 a sale and 5 % of its value.</summary>
/// <param name="Models">The models, at least one; their lines follow one another.</param>
public sealed record Sum(ValueList<PayoutModel> Models) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "sum";

    /// <summary>The most models of one sum.</summary>
    public const int ModelCountMax = 64;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool IsOrderFree => Models.All(static m => m.IsOrderFree);

    /// <inheritdoc/>
    public override bool PassesRepricing => true;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => PayoutPart.ListOf(nameof(Models), Models);

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the models' names are looked up.</param>
    public static Sum Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.ReadList(terms, "models"));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        foreach (PayoutModel model in Models)
        {
            sheet.Apply(model, context);
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("models", Models);
    }
}
