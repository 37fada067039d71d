using FluentValidation;

namespace PerfMarketing.Attribution.Validation;

/// <summary>The validator of a rule without terms of its own: there is nothing to be wrong.</summary>
/// <typeparam name="TRule">The rule.</typeparam>
public sealed class NoTermsValidator<TRule> : AbstractValidator<TRule>
    where TRule : AttributionRule;
