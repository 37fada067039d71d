using FluentValidation.Results;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Validation;

/// <summary>What is wrong with a condition of terms, as failures with C# paths.</summary>
internal static class ConditionFailures
{
    /// <summary>What is wrong with a condition; nothing when it can be compiled.</summary>
    /// <param name="condition">The condition; null is itself a failure.</param>
    /// <param name="path">The C# path of the property that holds it.</param>
    public static IEnumerable<ValidationFailure> Of(Condition? condition, string path) => condition is null
        ? [new(path, "A condition is required.") { ErrorCode = PayoutCodes.ConditionMissing }]
        : condition.Check().Select(reason => Of(reason, path));

    private static ValidationFailure Of(Reason reason, string path)
    {
        string term = reason.Args.Count == 0 ? string.Empty : reason.Args[0].Value;
        string[] names = [.. term.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(Pascal)];
        return new(string.Join('.', [path, .. names]), "The condition cannot be decided with this.")
        {
            ErrorCode = reason.Code,
        };
    }

    private static string Pascal(string name) =>
        string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1));
}
