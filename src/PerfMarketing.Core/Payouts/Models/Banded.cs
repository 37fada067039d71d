using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// Pays by the band in which the outcome lies: a call of 90 to 120 seconds pays 20.00, from 120 on 35.00.
/// </summary>
/// <remarks>
/// The whole outcome is paid by one band: where it lies below <see cref="Band.UpTo"/>. What lies below the first end is
/// in the first band. A line of nothing names the band; a fact that is not known is in none and pays nothing.
/// </remarks>
/// <param name="Of">
/// What decides on the band: the value, the quantity, a numeric fact, another contract's payout.
/// </param>
/// <param name="Bands">The bands, with rising ends; only the last has none.</param>
public sealed record Banded(Measure Of, ValueList<Band> Bands) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "banded";

    /// <summary>The most bands of one model.</summary>
    public const int BandCountMax = 256;

    private static readonly NumberedCode BandLines = new("band");

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Of];

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts => PayoutPart.ListOf(nameof(Bands), ".Pays", Bands, static b => b.Pays);

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the models' names are looked up.</param>
    public static Banded Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(terms.Value<Measure>("of"), terms.List("bands", t => Band.Read(t, catalog), 1, BandCountMax));
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        if (!context.TryMeasure(Of, out decimal position))
        {
            sheet.Note(PayoutLineNames.Unknown);
            return;
        }

        int index = IndexOf(position);
        sheet.Note(BandLines[index + 1]);
        sheet.Apply(Bands[index].Pays, context);
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("of", Of);
        terms.List("bands", Bands);
    }

    // The first band whose end lies above the position.
    private int IndexOf(decimal position)
    {
        int low = 0;
        int high = Bands.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Bands[middle].UpTo is { } upTo && upTo <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
