using System.Globalization;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts;

/// <summary>How an outcome becomes an amount: immutable data with its own pure arithmetic.</summary>
/// <remarks>
/// Derive a sealed record to add a model. Write its lines in <see cref="ComputeCore"/>, its terms in
/// <see cref="WriteCore"/>, give a static reading function and a validator to
/// <see cref="PayoutModelCatalog.With{T}"/>: then it nests in caps and sums, round-trips in JSON, is validated and is
/// part of the contract's digest. A model is stateless and thread-safe.
/// </remarks>
public abstract record PayoutModel : ITerms
{
    // Found out once, since every step of a cumulative clause asks; a copy may have other parts and asks anew.
    private Reading reading;

    /// <summary>Makes a model.</summary>
    protected PayoutModel()
    {
    }

    /// <summary>Makes a copy.</summary>
    /// <param name="original">The model that is copied.</param>
    protected PayoutModel(PayoutModel original) => ArgumentNullException.ThrowIfNull(original);

    private enum Reading : byte
    {
        Unknown,
        Nothing,
        Tally,
    }

    /// <summary>
    /// The model's name in JSON and digest; bare names are this library's, others carry a prefix: <c>acme.bonus</c>.
    /// </summary>
    public abstract string Tag { get; }

    /// <summary>Whether this model itself reads the period's tally. False by default.</summary>
    public virtual bool ReadsTally => false;

    /// <summary>
    /// Whether P, the payout of a period, follows from the period's tally alone, whatever the order of its outcomes.
    /// </summary>
    /// <remarks>
    /// False by default. A price per unit and a percentage of the value are, and so are tiers that count what they
    /// price.
    /// </remarks>
    public virtual bool IsOrderFree => false;

    /// <summary>
    /// Whether crossing a tier prices earlier results of the period again: then the model stands at the top, or within
    /// sums and multiples alone. False by default.
    /// </summary>
    public virtual bool Reprices => false;

    /// <summary>
    /// Whether lines that re-price earlier results go through this model unbent: sums and multiples. False by default.
    /// </summary>
    public virtual bool PassesRepricing => false;

    /// <summary>What the model itself measures, without the models inside it. Nothing by default.</summary>
    public virtual ValueList<Measure> Measures => ValueList<Measure>.Empty;

    /// <summary>The models inside this one, with the names of the properties that hold them. None by default.</summary>
    public virtual ValueList<PayoutPart> Parts => ValueList<PayoutPart>.Empty;

    /// <summary>Whether this model or one inside it reads the tally, which makes its clause cumulative.</summary>
    public bool UsesTally
    {
        get
        {
            if (reading == Reading.Unknown)
            {
                reading = ReadsTally || Parts.Any(static part => part.Model is { UsesTally: true })
                    ? Reading.Tally
                    : Reading.Nothing;
            }

            return reading == Reading.Tally;
        }
    }

    /// <summary>Whether this model itself reads what the customer brought before. False by default.</summary>
    public virtual bool ReadsHistory => false;

    /// <summary>Whether this model or one inside it reads what the customer brought before.</summary>
    public bool UsesHistory => ReadsHistory || Parts.Any(static part => part.Model is { UsesHistory: true });

    // Whether crossing a tier of this model or of one inside it prices earlier results again.
    internal bool MayReprice => Reprices || Parts.Any(static part => part.Model is { MayReprice: true });

    /// <summary>Computes a payout; the total is the sum of its lines.</summary>
    /// <param name="context">The outcome's facts.</param>
    /// <exception cref="Monetary.CurrencyMismatchException">
    /// A model's amount has another currency than the contract.
    /// </exception>
    public Payout Compute(in PayoutContext context)
    {
        PayoutSheet sheet = new();
        Compute(context, sheet);
        return sheet.ToPayout();
    }

    /// <summary>Computes a payout onto a sheet that is cleared first, without allocating.</summary>
    /// <param name="context">The outcome's facts.</param>
    /// <param name="sheet">The sheet to write to.</param>
    public void Compute(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        sheet.Clear(context.Currency);
        sheet.Apply(this, context);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("model", Tag);
        WriteCore(terms);
    }

    /// <inheritdoc/>
    public virtual bool Equals(PayoutModel? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    internal void WriteLines(in PayoutContext context, PayoutSheet sheet) => ComputeCore(context, sheet);

    /// <summary>Writes the lines of one outcome.</summary>
    /// <param name="context">The outcome's facts.</param>
    /// <param name="sheet">Where the lines go; other models' lines come by <see cref="PayoutSheet.Apply"/>.</param>
    protected abstract void ComputeCore(in PayoutContext context, PayoutSheet sheet);

    /// <summary>Writes the model's own terms, without the tag.</summary>
    /// <param name="terms">Where to write them.</param>
    protected abstract void WriteCore(TermWriter terms);
}

/// <summary>A model inside another one.</summary>
/// <param name="Name">The property that holds it, such as <c>Inner</c> or <c>Parts[2]</c>.</param>
/// <param name="Model">The model.</param>
public readonly record struct PayoutPart(string Name, PayoutModel Model)
{
    internal static ValueList<PayoutPart> ListOf(string name, ValueList<PayoutModel> models) =>
        ListOf(name, string.Empty, models, static m => m);

    /// <summary>The models of a list's items, named <c>Cases[2].Pays</c>.</summary>
    internal static ValueList<PayoutPart> ListOf<T>(
        string name, string suffix, ValueList<T> items, Func<T, PayoutModel> modelOf)
    {
        var parts = new PayoutPart[items.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]{suffix}"), modelOf(items[i]));
        }

        return ValueList.Create<PayoutPart>(parts);
    }
}
