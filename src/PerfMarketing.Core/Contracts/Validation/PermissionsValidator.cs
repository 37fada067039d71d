using System.Linq.Expressions;
using FluentValidation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with <see cref="Permissions"/>.</summary>
public sealed class PermissionsValidator : AbstractValidator<Permissions>
{
    private const string Entries = "A list names each thing once, at most 1,000 of them.";
    private const string Contradiction = "What is denied is not allowed as well.";

    /// <summary>Sets up the rules.</summary>
    public PermissionsValidator()
    {
        AddLists(static p => p.Channels, static p => p.DeniedChannels, static p => p.Channels);
        AddLists(static p => p.Methods, static p => p.DeniedMethods, static p => p.Methods);
        AddLists(static p => p.Places, static p => p.DeniedPlaces, static p => p.Places);
        AddLists(static p => p.Kinds, static p => p.DeniedKinds, static p => p.Kinds);
        RuleForEach(static p => p.Methods).Must(static m => KebabText.IsValid(m))
            .WithErrorCode(PermissionCodes.MethodMalformed).WithMessage("A method is kebab-case, such as cashback.");
        RuleForEach(static p => p.DeniedMethods).Must(static m => KebabText.IsValid(m))
            .WithErrorCode(PermissionCodes.MethodMalformed).WithMessage("A method is kebab-case, such as cashback.");
        RuleFor(static p => p.When).Must(static c => c is null || c.Check().Count == 0)
            .WithErrorCode(PermissionCodes.Condition).WithMessage("The condition could not be decided.");
    }

    private void AddLists<T>(
        Expression<Func<Permissions, ValueList<T>>> allowed,
        Expression<Func<Permissions, ValueList<T>>> denied,
        Func<Permissions, ValueList<T>> permitted)
    {
        RuleFor(allowed).Must(static list => IsList(list))
            .WithErrorCode(PermissionCodes.Entries).WithMessage(Entries);
        RuleFor(denied).Must(static list => IsList(list))
            .WithErrorCode(PermissionCodes.Entries).WithMessage(Entries);
        RuleFor(denied).Must((terms, list) => !list.Intersect(permitted(terms)).Any())
            .WithErrorCode(PermissionCodes.Contradiction).WithMessage(Contradiction);
    }

    private static bool IsList<T>(ValueList<T> list) => list.Count <= Permissions.CountMax
        && list.Distinct().Count() == list.Count && !list.Contains(default!);
}
