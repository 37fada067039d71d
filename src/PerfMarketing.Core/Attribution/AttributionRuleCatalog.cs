using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Attribution.Validation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>The attribution rules that campaigns may use: one registration feeds JSON and validation.</summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With{TRule}"/> returns a new catalog. A rule that is not in the catalog is
/// refused by name, both when it is read and when it is validated; nothing unknown ever gives credit.
/// </remarks>
public sealed class AttributionRuleCatalog
{
    private static readonly LookbackValidator Common = new();

    private readonly KindRegistry<AttributionRule, AttributionRuleCatalog> rules;

    private AttributionRuleCatalog(KindRegistry<AttributionRule, AttributionRuleCatalog> rules) => this.rules = rules;

    /// <summary>The rules of this library.</summary>
    public static AttributionRuleCatalog Default { get; } = new(
        new KindRegistry<AttributionRule, AttributionRuleCatalog>(new(
            "attribution rule",
            "rule",
            static r => r.Tag,
            AttributionCodes.RuleMissing,
            AttributionCodes.RuleUnknown))
        .Add(ReferencedTouch.TagName, ReferencedTouch.Read, static () => new NoTermsValidator<ReferencedTouch>())
        .Add(FirstTouch.TagName, static (t, _) => FirstTouch.Read(t), static () => new NoTermsValidator<FirstTouch>())
        .Add(LastTouch.TagName, static (t, _) => LastTouch.Read(t), static () => new NoTermsValidator<LastTouch>())
        .Add(Linear.TagName, static (t, _) => Linear.Read(t), static () => new NoTermsValidator<Linear>())
        .Add(PositionBased.TagName, static (t, _) => PositionBased.Read(t), static () => new PositionBasedValidator())
        .Add(TimeDecay.TagName, static (t, _) => TimeDecay.Read(t), static () => new TimeDecayValidator())
        .Add(Fitted.TagName, static (t, _) => Fitted.Read(t), static () => new FittedValidator())
        .Add(LastNonDirect.TagName, static (t, _) => LastNonDirect.Read(t), static () => new LastNonDirectValidator())
        .Add(PriorityGroups.TagName, PriorityGroups.Read, static () => new PriorityGroupsValidator())
        .Add(
            CustomWeights.TagName,
            static (t, _) => CustomWeights.Read(t),
            static () => new CustomWeightsValidator())
        .Add(
            PositionVector.TagName,
            static (t, _) => PositionVector.Read(t),
            static () => new PositionVectorValidator())
        .Add(Participation.TagName, static (t, _) => Participation.Read(t), static () => new ParticipationValidator())
        .Add(OwnerFirst.TagName, OwnerFirst.Read, static () => new OwnerFirstValidator()));

    /// <summary>The names of all rules, sorted.</summary>
    public ValueList<string> Tags => rules.Tags;

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
        ArgumentNullException.ThrowIfNull(read);
        return new(rules.With(tag, (terms, _) => read(terms), validator));
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
        return rules.Read(terms, this)?.WithCommon(terms);
    }

    /// <summary>Reads the rule that a rule hands its work to; the last touch when it is absent.</summary>
    internal AttributionRule ReadInner(TermReader terms, string name) =>
        terms.Has(name) ? Read(terms, name)! : new LastTouch();

    /// <summary>Says what is wrong with a rule; empty when nothing is.</summary>
    /// <param name="rule">The rule; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds the rule, such as <c>Attribution</c>.</param>
    public IReadOnlyList<ValidationFailure> Validate(AttributionRule? rule, string path)
    {
        List<ValidationFailure> failures = rules.Validate(rule, path);
        if (rule is not null
            && !failures.Exists(static f => f.ErrorCode is AttributionCodes.RuleUnknown or TermCodes.ItemMissing))
        {
            failures.AddRange(
                KindRegistry<AttributionRule, AttributionRuleCatalog>.Under(path, Common.Validate(rule).Errors));
            if (rule.Inner is { } inner)
            {
                string place = $"{path}.{inner.Name}";
                failures.AddRange(Validate(inner.Rule, place));
                failures.AddRange(InnerTerms(inner.Rule, place));
            }
        }

        return failures;
    }

    // Which touches count is said once, by the outermost rule.
    private static ValidationFailure[] InnerTerms(AttributionRule? inner, string path) =>
        inner?.HasJourneyTerms != true ? [] :
        [
            new(path, "A rule inside another only weighs: windows, cutting and counting are terms of the outer one.")
            {
                ErrorCode = AttributionCodes.InnerTerms,
            },
        ];
}
