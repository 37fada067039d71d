using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>Pays by how long the customer has been one: 25 % for 12 months, then 10 %.</summary>
/// <remarks>
/// Counted in whole months, by dates of the contract's zone, from the partner's first earning with the customer under
/// the clause that still stands; it is 0 for the first one. A line of nothing names the band. An outcome that names no
/// customer is in none and pays nothing.
/// </remarks>
/// <param name="Bands">The bands, with rising ends; only the last has none.</param>
public sealed record ByTenure(ValueList<TenureBand> Bands) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "by-tenure";

    /// <summary>The most bands of one model.</summary>
    public const int BandCountMax = 64;

    /// <summary>The most months of one end: a hundred years.</summary>
    public const int MonthsMax = 1_200;

    private static readonly NumberedCode BandLines = new("tenure");

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override bool ReadsHistory => true;

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => PayoutPart.ListOf(nameof(Bands), ".Pays", Bands, static b => b.Pays);

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the models' names are looked up.</param>
    public static ByTenure Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(terms.List("bands", t => TenureBand.Read(t, catalog), 1, BandCountMax));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        if (context.IsAnonymous)
        {
            sheet.Note(PayoutLineNames.Unknown);
            return;
        }

        int months = context.TenureMonths;
        int index = 0;
        while (index < Bands.Count - 1 && Bands[index].Months is { } end && end <= months)
        {
            index++;
        }

        sheet.Note(BandLines[index + 1]);
        sheet.Apply(Bands[index].Pays, context);
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("bands", Bands);
    }
}
