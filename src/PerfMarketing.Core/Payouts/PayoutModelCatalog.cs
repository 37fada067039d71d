using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Validation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>The payout models that contracts may use: one registration feeds JSON, validation and schema.</summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With{T}"/> returns a new catalog. A model that is not in the catalog is
/// refused by name, both when it is read and when it is validated; nothing unknown ever pays.
/// </remarks>
public sealed class PayoutModelCatalog
{
    /// <summary>The most models nested in one another.</summary>
    public const int DepthMax = 16;

    private readonly KindRegistry<PayoutModel, PayoutModelCatalog> models;

    private PayoutModelCatalog(KindRegistry<PayoutModel, PayoutModelCatalog> models) => this.models = models;

    /// <summary>The models of this library.</summary>
    public static PayoutModelCatalog Default { get; } = new(
        new KindRegistry<PayoutModel, PayoutModelCatalog>(new(
            "payout model", "model", static m => m.Tag, PayoutCodes.ModelMissing, PayoutCodes.ModelUnknown))
        .Add(Fixed.TagName, static (terms, _) => Fixed.Read(terms), static () => new FixedValidator())
        .Add(
            RevenueShare.TagName,
            static (terms, _) => RevenueShare.Read(terms),
            static () => new RevenueShareValidator())
        .Add(Tiered.TagName, static (terms, _) => Tiered.Read(terms), static () => new TieredValidator())
        .Add(Allowance.TagName, Allowance.Read, static () => new AllowanceValidator())
        .Add(Capped.TagName, Capped.Read, static () => new CappedValidator())
        .Add(Floored.TagName, Floored.Read, static () => new FlooredValidator())
        .Add(Multiplied.TagName, Multiplied.Read, static () => new MultipliedValidator())
        .Add(Sum.TagName, Sum.Read, static () => new SumValidator())
        .Add(ByLine.TagName, ByLine.Read, static () => new ByLineValidator())
        .Add(BestOf.TagName, BestOf.Read, static () => new BestOfValidator())
        .Add(FirstMatch.TagName, FirstMatch.Read, static () => new FirstMatchValidator())
        .Add(Banded.TagName, Banded.Read, static () => new BandedValidator())
        .Add(ByTenure.TagName, ByTenure.Read, static () => new ByTenureValidator())
        .Add(Recurring.TagName, Recurring.Read, static () => new RecurringValidator())
        .Add(Drip.TagName, Drip.Read, static () => new DripValidator()));

    /// <summary>The names of all models, sorted.</summary>
    public ValueList<string> Tags => models.Tags;

    /// <summary>A catalog with one more model.</summary>
    /// <param name="tag">
    /// The model's name in JSON, with the integrator's prefix and a dot: <c>acme.weekend-bonus</c>.
    /// </param>
    /// <param name="read">Reads the model's terms; inner models come by <see cref="Read(TermReader, string)"/>.</param>
    /// <param name="validator">Says what is wrong with the model; inner models are validated by the catalog.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public PayoutModelCatalog With<T>(string tag, Func<TermReader, PayoutModelCatalog, T> read, IValidator<T> validator)
        where T : PayoutModel => new(models.With(tag, read, validator));

    /// <summary>Reads a required model; a name that is not in the catalog is a failure.</summary>
    /// <param name="terms">The terms of the object that holds the model.</param>
    /// <param name="name">The term that holds the model.</param>
    /// <returns>The model; null when a failure was noted.</returns>
    public PayoutModel Read(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Object(name, inner => models.Read(inner, this))!;
    }

    /// <summary>Reads a list of models; empty when the term is absent.</summary>
    /// <param name="terms">The terms of the object that holds the list.</param>
    /// <param name="name">The term that holds the list.</param>
    /// <returns>The models; null where a failure was noted.</returns>
    public ValueList<PayoutModel> ReadList(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.List(name, inner => models.Read(inner, this))!;
    }

    /// <summary>Says what is wrong with a model and the models inside it; empty when nothing is.</summary>
    /// <param name="model">The model; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds the model, such as <c>Clauses[3].Pays</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(PayoutModel? model, string path)
    {
        List<ValidationFailure> failures = [];
        Validate(model, path, 1, false, failures);
        return failures;
    }

    // A model that re-prices stands where its whole price goes through: at the top, in sums and in multiples.
    private void Validate(
        PayoutModel? model, string path, int depth, bool isBent, List<ValidationFailure> failures)
    {
        if (depth > DepthMax)
        {
            failures.Add(new(path, $"Models nest at most {DepthMax} deep.") { ErrorCode = PayoutCodes.TooDeep });
            return;
        }

        List<ValidationFailure> own = models.Validate(model, path);
        failures.AddRange(own);
        if (model is null
            || own.Exists(static f => f.ErrorCode is PayoutCodes.ModelUnknown or TermCodes.ItemMissing))
        {
            return;
        }

        if (isBent && model.Reprices)
        {
            const string Message = "What re-prices earlier results stands at the top, or in sums and multiples alone.";
            failures.Add(new(path, Message) { ErrorCode = PayoutCodes.RepricingNested });
        }

        if (depth > 1 && model is Drip)
        {
            const string Message = "Only what is posted can be spread: instalments stand around everything else.";
            failures.Add(new(path, Message) { ErrorCode = PayoutCodes.DripInside });
        }

        foreach (PayoutPart part in model.Parts)
        {
            Validate(part.Model, $"{path}.{part.Name}", depth + 1, isBent || !model.PassesRepricing, failures);
        }
    }
}
