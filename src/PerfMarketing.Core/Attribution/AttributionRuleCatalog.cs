using System.Collections.Immutable;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Attribution.Validation;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution;

/// <summary>The attribution rules that campaigns may use: one registration feeds JSON and validation.</summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With{TRule}"/> returns a new catalog. A rule that is not in the catalog is
/// refused by name, both when it is read and when it is validated; nothing unknown ever gives credit.
/// </remarks>
public sealed class AttributionRuleCatalog
{
    private static readonly LookbackValidator Common = new();

    private readonly ImmutableDictionary<string, Registration> byTag;

    private AttributionRuleCatalog(ImmutableDictionary<string, Registration> byTag) => this.byTag = byTag;

    /// <summary>The rules of this library.</summary>
    public static AttributionRuleCatalog Default { get; } = new AttributionRuleCatalog(
            ImmutableDictionary.Create<string, Registration>(StringComparer.Ordinal))
        .Add(ReferencedTouch.TagName, ReferencedTouch.Read, new NoTermsValidator<ReferencedTouch>())
        .Add(FirstTouch.TagName, FirstTouch.Read, new NoTermsValidator<FirstTouch>())
        .Add(LastTouch.TagName, LastTouch.Read, new NoTermsValidator<LastTouch>())
        .Add(Linear.TagName, Linear.Read, new NoTermsValidator<Linear>())
        .Add(PositionBased.TagName, PositionBased.Read, new PositionBasedValidator())
        .Add(TimeDecay.TagName, TimeDecay.Read, new TimeDecayValidator());

    /// <summary>The names of all rules, sorted.</summary>
    public ValueList<string> Tags => [.. byTag.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A catalog with one more rule.</summary>
    /// <param name="tag">
    /// The rule's name in JSON, with the integrator's prefix and a dot: <c>acme.coupon-owner</c>.
    /// </param>
    /// <param name="read">
    /// Reads the terms that only this rule has; lookback and cutting are read by the catalog.
    /// </param>
    /// <param name="validator">Says what is wrong with the terms that only this rule has.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public AttributionRuleCatalog With<TRule>(string tag, Func<TermReader, TRule> read, IValidator<TRule> validator)
        where TRule : AttributionRule
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(validator);
        return tag.IndexOf('.', StringComparison.Ordinal) > 0
            ? Add(tag, read, validator)
            : throw new ArgumentException("A rule's name carries its owner's prefix: 'acme.owner'.", nameof(tag));
    }

    /// <summary>Reads a required rule; a name that is not in the catalog is a failure.</summary>
    /// <param name="terms">The terms of the object that holds the rule.</param>
    /// <param name="name">The term that holds the rule.</param>
    /// <returns>The rule; null when it is absent or unknown, and then a failure was noted.</returns>
    public AttributionRule? Read(TermReader terms, string name)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Object(name, Read);
    }

    /// <summary>Reads a rule from its own terms; a name that is not in the catalog is a failure.</summary>
    /// <param name="terms">The rule's terms, its name under <c>rule</c>.</param>
    /// <returns>The rule; null when its name is absent or unknown, and then a failure was noted.</returns>
    public AttributionRule? Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string tag = terms.Text("rule");
        if (byTag.TryGetValue(tag, out Registration? found))
        {
            return found.Read(terms) with
            {
                Lookback = terms.Value("lookback", LookbackWindow.Unlimited),
                CutAtConversion = terms.Flag("cutAtConversion"),
            };
        }

        if (tag.Length > 0)
        {
            terms.Fail("rule", AttributionCodes.RuleUnknown, "No attribution rule has this name.");
        }

        terms.IgnoreRest();
        return null;
    }

    /// <summary>Says what is wrong with a rule; empty when nothing is.</summary>
    /// <param name="rule">The rule; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds the rule, such as <c>Attribution</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(AttributionRule? rule, string path)
    {
        if (rule is null)
        {
            return [new(path, "An attribution rule is required.") { ErrorCode = AttributionCodes.RuleMissing }];
        }

        if (!byTag.TryGetValue(rule.Tag, out Registration? found) || found.Type != rule.GetType())
        {
            string message = $"The rule '{rule.Tag}' is not in the catalog.";
            return [new(path, message) { ErrorCode = AttributionCodes.RuleUnknown }];
        }

        List<ValidationFailure> failures = [.. found.Validate(rule).Errors, .. Common.Validate(rule).Errors];
        foreach (ValidationFailure failure in failures)
        {
            failure.PropertyName = string.IsNullOrEmpty(failure.PropertyName) ? path : $"{path}.{failure.PropertyName}";
        }

        return failures;
    }

    private AttributionRuleCatalog Add<TRule>(string tag, Func<TermReader, TRule> read, IValidator<TRule> validator)
        where TRule : AttributionRule => byTag.ContainsKey(tag)
            ? throw new ArgumentException($"The rule name '{tag}' is taken.", nameof(tag))
            : new(byTag.Add(tag, new(typeof(TRule), read, rule => validator.Validate((TRule)rule))));

    private sealed record Registration(
        Type Type, Func<TermReader, AttributionRule> Read, Func<AttributionRule, ValidationResult> Validate);
}
