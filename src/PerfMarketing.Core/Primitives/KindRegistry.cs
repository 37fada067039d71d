using System.Collections.Immutable;
using FluentValidation;
using FluentValidation.Results;

namespace PerfMarketing.Primitives;

/// <summary>
/// The named kinds of one open family of terms: what the catalogs of models, policies and rules are made of.
/// </summary>
/// <remarks>
/// Immutable. A kind that is not registered is refused by name, when it is read and when it is validated.
/// </remarks>
/// <typeparam name="TBase">The family.</typeparam>
/// <typeparam name="TCatalog">The catalog around the registry, for kinds that hold others of their family.</typeparam>
internal sealed class KindRegistry<TBase, TCatalog>
    where TBase : class, ITerms
{
    private readonly KindFamily<TBase> family;
    private readonly ImmutableDictionary<string, Registration> byTag;

    public KindRegistry(KindFamily<TBase> family)
        : this(family, ImmutableDictionary.Create<string, Registration>(StringComparer.Ordinal))
    {
    }

    private KindRegistry(KindFamily<TBase> family, ImmutableDictionary<string, Registration> byTag)
    {
        this.family = family;
        this.byTag = byTag;
    }

    public ValueList<string> Tags => [.. byTag.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds a kind of an integrator, whose name carries a prefix; bare names are this library's.</summary>
    public KindRegistry<TBase, TCatalog> With<T>(
        string tag, Func<TermReader, TCatalog, T> read, IValidator<T> validator)
        where T : TBase
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(validator);
        return tag.IndexOf('.', StringComparison.Ordinal) > 0
            ? Add(tag, read, () => validator)
            : throw new ArgumentException($"A {family.Noun} is named with its owner's prefix: 'acme.x'.", nameof(tag));
    }

    /// <summary>Adds a kind; its validator is made when something of the kind is validated first.</summary>
    /// <remarks>A fresh process would need longer for the rules of all kinds than for the terms it reads.</remarks>
    public KindRegistry<TBase, TCatalog> Add<T>(
        string tag, Func<TermReader, TCatalog, T> read, Func<IValidator<T>> validator)
        where T : TBase
    {
        ArgumentNullException.ThrowIfNull(read);
        Lazy<IValidator<T>> made = new(validator);
        return byTag.ContainsKey(tag)
            ? throw new ArgumentException($"The {family.Noun} name '{tag}' is taken.", nameof(tag))
            : new(family, byTag.Add(tag, new(
                typeof(T), (terms, catalog) => read(terms, catalog), value => made.Value.Validate((T)value))));
    }

    /// <summary>Reads an object of the family by its tag; null when a failure was noted.</summary>
    public TBase? Read(TermReader terms, TCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string tag = terms.Kind(family.Term, family.Noun, byTag.Keys);
        if (byTag.TryGetValue(tag, out Registration? found))
        {
            return found.Read(terms, catalog);
        }

        if (tag.Length > 0)
        {
            terms.Fail(family.Term, family.UnknownCode, $"No {family.Noun} has this name.");
        }

        terms.IgnoreRest();
        return null;
    }

    /// <summary>
    /// Says what is wrong with an object of the family, under the path of the property that holds it.
    /// </summary>
    public List<ValidationFailure> Validate(TBase? value, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (value is null)
        {
            return [new(path, $"A {family.Noun} is required.") { ErrorCode = family.MissingCode }];
        }

        string tag = family.TagOf(value);
        if (!byTag.TryGetValue(tag, out Registration? found) || found.Type != value.GetType())
        {
            return [new(path, $"The {family.Noun} '{tag}' is not in the catalog.") { ErrorCode = family.UnknownCode }];
        }

        List<ValidationFailure> gaps = TermGaps.In(value);
        return Under(path, gaps.Count > 0 ? gaps : found.Validate(value).Errors);
    }

    public static List<ValidationFailure> Under(string path, List<ValidationFailure> failures)
    {
        foreach (ValidationFailure failure in failures)
        {
            failure.PropertyName = string.IsNullOrEmpty(failure.PropertyName) ? path : $"{path}.{failure.PropertyName}";
        }

        return failures;
    }

    private sealed record Registration(
        Type Type, Func<TermReader, TCatalog, TBase> Read, Func<TBase, ValidationResult> Validate);
}

/// <summary>What an open family of terms is called, and with which codes its members are refused.</summary>
/// <param name="Noun">The family in words, such as <c>payout model</c>.</param>
/// <param name="Term">The term that holds the tag, such as <c>model</c>.</param>
/// <param name="TagOf">The tag of a member.</param>
/// <param name="MissingCode">The code when there is none.</param>
/// <param name="UnknownCode">The code when its name is not registered.</param>
internal sealed record KindFamily<TBase>(
    string Noun, string Term, Func<TBase, string> TagOf, string MissingCode, string UnknownCode);
