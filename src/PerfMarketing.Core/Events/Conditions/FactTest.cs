using PerfMarketing.Primitives;

namespace PerfMarketing.Events.Conditions;

/// <summary>The middle of a condition about a fact; made by <see cref="When.Fact{T}"/>.</summary>
/// <typeparam name="T">The fact's type.</typeparam>
public sealed class FactTest<T>
{
    private readonly string fact;

    internal FactTest(FactKey<T> key) => fact = key.Name.Length > 0
        ? key.Name
        : throw new ArgumentException("This key is default and names nothing.", nameof(key));

    /// <summary>The fact is known.</summary>
    public Condition IsKnown => new FactExists(fact);

    /// <summary>The fact is absent.</summary>
    public Condition IsAbsent => new Not(new FactExists(fact));

    /// <summary>The fact is a value.</summary>
    /// <param name="value">The value.</param>
    public Condition Is(T value) => new FactEquals(fact, FactValue.Of(value));

    /// <summary>The fact is known and is not a value.</summary>
    /// <param name="value">The value.</param>
    public Condition IsNot(T value) => new Not(Is(value));

    /// <summary>The fact is one of several values.</summary>
    /// <param name="values">The values, at least one.</param>
    public Condition IsIn(params ReadOnlySpan<T> values)
    {
        var list = new FactValue[values.Length];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = FactValue.Of(values[i]);
        }

        return new FactIn(fact, ValueList.Create<FactValue>(list));
    }

    /// <summary>One of the fact's texts is a text: one of an order's coupons.</summary>
    /// <param name="text">The text.</param>
    public Condition Has(string text) => new FactEquals(fact, FactValue.Of(text));

    /// <summary>The fact's text starts with another.</summary>
    /// <param name="prefix">The start, not empty.</param>
    public Condition StartsWith(string prefix) => new FactPrefix(fact, prefix);

    /// <summary>The fact is a value or greater.</summary>
    /// <param name="value">The value.</param>
    public Condition AtLeast(T value) => new FactRange(fact, From: FactValue.Of(value));

    /// <summary>The fact is greater than a value.</summary>
    /// <param name="value">The value.</param>
    public Condition Above(T value) => new FactRange(fact, From: FactValue.Of(value)) { FromExcluded = true };

    /// <summary>The fact is less than a value.</summary>
    /// <param name="value">The value.</param>
    public Condition Below(T value) => new FactRange(fact, To: FactValue.Of(value));

    /// <summary>The fact is a value or less.</summary>
    /// <param name="value">The value.</param>
    public Condition AtMost(T value) => new FactRange(fact, To: FactValue.Of(value)) { ToIncluded = true };

    /// <summary>The fact lies in a half-open range: <c>from ≤ fact &lt; to</c>.</summary>
    /// <param name="from">The lower bound, which counts.</param>
    /// <param name="to">The upper bound, which does not.</param>
    public Condition Between(T from, T to) => new FactRange(fact, FactValue.Of(from), FactValue.Of(to));
}
