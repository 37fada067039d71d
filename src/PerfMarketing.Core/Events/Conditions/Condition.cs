using System.Globalization;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events.Conditions;

/// <summary>What must hold of the facts of an event, and of the local time of it.</summary>
/// <remarks>
/// Data: compared by value, written as JSON, made readable by <see cref="When"/>. An unknown fact makes a condition
/// false, also under
/// <see cref="Not"/>: a contract pays on what is known. Compile it once and evaluate it often. A closed set of cases.
/// </remarks>
public abstract partial record Condition : ITerms
{
    /// <summary>The most levels of nested conditions; as JSON each takes two.</summary>
    public const int DepthMax = 8;

    /// <summary>The most conditions in one, itself and all its parts counted.</summary>
    public const int TermCountMax = 256;

    private protected Condition()
    {
    }

    /// <summary>The tag of this case in JSON.</summary>
    internal abstract string Tag { get; }

    /// <summary>The conditions this one is made of; empty for a leaf.</summary>
    internal virtual ValueList<Condition> Parts => [];

    /// <summary>What is wrong with this condition itself: the term and the code.</summary>
    internal virtual (string Term, string Code)? Fault => null;

    /// <summary>Makes the condition ready to be evaluated.</summary>
    /// <param name="zone">The zone whose hours and dates count.</param>
    /// <exception cref="ArgumentException">
    /// Something is wrong with the condition; <see cref="Check()"/> says what.
    /// </exception>
    public CompiledCondition Compile(DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Check() is { Count: > 0 } wrong
            ? throw new ArgumentException($"Something is wrong with the condition: {wrong[0]}")
            : new(this, new(zone));
    }

    /// <summary>What is wrong with this condition and its parts; empty when it can be compiled.</summary>
    /// <returns>
    /// Reasons with codes of <see cref="ConditionCodes"/> and the term they are about, such as <c>of[1].values</c>.
    /// </returns>
    public ValueList<Reason> Check()
    {
        List<Reason> reasons = [];
        int left = TermCountMax;
        Check(string.Empty, 1, ref left, reasons);
        return reasons.ToValueList();
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("condition", Tag);
        WriteCase(terms);
    }

    /// <summary>
    /// The condition as a person would say it, such as <c>all of (device is mobile; call-seconds in [60, 120))</c>.
    /// </summary>
    public sealed override string ToString() => Describe();

    internal abstract ConditionNode ToNode(ContractCalendar calendar);

    private protected abstract string Describe();

    private protected abstract void WriteCase(TermWriter terms);

    private static Reason About(string code, string term) => Reason.Of(code, ("term", term));

    private void Check(string path, int depth, ref int left, List<Reason> reasons)
    {
        if (depth > DepthMax)
        {
            reasons.Add(About(ConditionCodes.TooDeep, path));
            return;
        }

        if (--left < 0)
        {
            if (left == -1)
            {
                reasons.Add(About(ConditionCodes.TooManyTerms, path));
            }

            return;
        }

        if (Fault is { } fault)
        {
            reasons.Add(About(fault.Code, path + fault.Term));
        }

        for (int i = 0; i < Parts.Count; i++)
        {
            string place = this is Not ? "of." : string.Create(CultureInfo.InvariantCulture, $"of[{i}].");
            if (Parts[i] is { } part)
            {
                part.Check(path + place, depth + 1, ref left, reasons);
            }
            else
            {
                reasons.Add(About(ConditionCodes.Empty, (path + place).TrimEnd('.')));
            }
        }
    }
}
