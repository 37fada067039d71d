using System.Collections.Immutable;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Payouts.Validation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>The payout models that contracts may use: one registration feeds JSON, validation and schema.</summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With{T}"/> returns a new catalog. A model that is not in the catalog is
/// refused by
/// name, both when it is read and when it is validated; nothing unknown ever pays.
/// </remarks>
public sealed class PayoutModelCatalog
{
    /// <summary>The most models nested in one another.</summary>
    public const int DepthMax = 16;

    private readonly ImmutableDictionary<string, Registration> byTag;

    private PayoutModelCatalog(ImmutableDictionary<string, Registration> byTag) => this.byTag = byTag;

    private delegate PayoutModel Reading(TermReader terms, PayoutModelCatalog catalog);

    /// <summary>The models of this library.</summary>
    public static PayoutModelCatalog Default { get; } = new PayoutModelCatalog(
            ImmutableDictionary.Create<string, Registration>(StringComparer.Ordinal))
        .Add<Fixed>(Fixed.TagName, static (terms, _) => Fixed.Read(terms), new FixedValidator())
        .Add<RevenueShare>(
            RevenueShare.TagName, static (terms, _) => RevenueShare.Read(terms), new RevenueShareValidator())
        .Add<Tiered>(Tiered.TagName, static (terms, _) => Tiered.Read(terms), new TieredValidator())
        .Add<Capped>(Capped.TagName, Capped.Read, new CappedValidator());

    /// <summary>The names of all models, sorted.</summary>
    public ValueList<string> Tags => [.. byTag.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A catalog with one more model.</summary>
    /// <param name="tag">
    /// The model's name in JSON, with the integrator's prefix and a dot: <c>acme.weekend-bonus</c>.
    /// </param>
    /// <param name="read">Reads the model's terms; inner models come by <see cref="Read(TermReader, string)"/>.</param>
    /// <param name="validator">Says what is wrong with the model; inner models are validated by the catalog.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public PayoutModelCatalog With<T>(string tag, Func<TermReader, PayoutModelCatalog, T> read, IValidator<T> validator)
        where T : PayoutModel
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(validator);
        return tag.IndexOf('.', StringComparison.Ordinal) > 0
            ? Add<T>(tag, (terms, catalog) => read(terms, catalog), validator)
            : throw new ArgumentException("A model's name carries its owner's prefix: 'acme.bonus'.", nameof(tag));
    }

    /// <summary>Reads a required model; a name that is not in the catalog is a failure.</summary>
    /// <param name="terms">The terms of the object that holds the model.</param>
    /// <param name="name">The term that holds the model.</param>
    /// <returns>The model; null when a failure was noted.</returns>
    public PayoutModel Read(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Object(name, Read)!;
    }

    /// <summary>Says what is wrong with a model and the models inside it; empty when nothing is.</summary>
    /// <param name="model">The model; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds the model, such as <c>Clauses[3].Pays</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(PayoutModel? model, string path)
    {
        List<ValidationFailure> failures = [];
        Validate(model, path, 1, failures);
        return failures;
    }

    private PayoutModel? Read(TermReader terms)
    {
        string tag = terms.Text("model");
        if (byTag.TryGetValue(tag, out Registration? found))
        {
            return found.Read(terms, this);
        }

        if (tag.Length > 0)
        {
            terms.Fail("model", PayoutCodes.ModelUnknown, "No payout model has this name.");
        }

        terms.IgnoreRest();
        return null;
    }

    private PayoutModelCatalog Add<T>(string tag, Reading read, IValidator<T> validator)
        where T : PayoutModel => byTag.ContainsKey(tag)
            ? throw new ArgumentException($"The model name '{tag}' is taken.", nameof(tag))
            : new(byTag.Add(tag, new(typeof(T), read, model => validator.Validate((T)model))));

    private void Validate(PayoutModel? model, string path, int depth, List<ValidationFailure> failures)
    {
        if (model is null)
        {
            failures.Add(Failure(path, PayoutCodes.ModelMissing, "A payout model is required."));
        }
        else if (!byTag.TryGetValue(model.Tag, out Registration? found) || found.Type != model.GetType())
        {
            failures.Add(Failure(path, PayoutCodes.ModelUnknown, $"The model '{model.Tag}' is not in the catalog."));
        }
        else if (depth > DepthMax)
        {
            failures.Add(Failure(path, PayoutCodes.TooDeep, $"Models nest at most {DepthMax} deep."));
        }
        else
        {
            failures.AddRange(found.Validate(model).Errors.Select(f => Prefixed(f, path)));
            foreach (PayoutPart part in model.Parts)
            {
                Validate(part.Model, $"{path}.{part.Name}", depth + 1, failures);
            }
        }
    }

    private static ValidationFailure Prefixed(ValidationFailure failure, string path)
    {
        failure.PropertyName = string.IsNullOrEmpty(failure.PropertyName) ? path : $"{path}.{failure.PropertyName}";
        return failure;
    }

    private static ValidationFailure Failure(string path, string code, string message) =>
        new(path, message) { ErrorCode = code };

    private sealed record Registration(Type Type, Reading Read, Func<PayoutModel, ValidationResult> Validate);
}
