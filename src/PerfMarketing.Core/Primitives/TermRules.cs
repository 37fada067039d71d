using FluentValidation;

namespace PerfMarketing.Primitives;

/// <summary>Rules about terms that are values, such as ids, amounts and counts.</summary>
internal static class TermRules
{
    /// <summary>A rule about one term of an object.</summary>
    /// <remarks>
    /// The same as <c>RuleFor</c> with <c>Must</c>. That is compiled once more for each type of value that it is used
    /// with, which takes a fresh process longer than all it validates; this is shared by all of them.
    /// </remarks>
    /// <param name="validator">Whose rule it is.</param>
    /// <param name="term">The C# name of the property.</param>
    /// <param name="holds">Whether nothing is wrong with it.</param>
    public static IRuleBuilderOptions<T, T> Term<T>(
        this AbstractValidator<T> validator, string term, Func<T, bool> holds)
        where T : class, ITerms => validator.RuleFor(static t => t).Must(holds).OverridePropertyName(term);
}
