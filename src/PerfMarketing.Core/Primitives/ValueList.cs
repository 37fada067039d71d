using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Primitives;

/// <summary>An immutable list that equals another list with equal items in the same order.</summary>
/// <remarks>
/// Records that hold arrays or <c>ImmutableArray</c> compare by reference; every list in a public record is a
/// <see cref="ValueList{T}"/>. Collection expressions build it: <c>ValueList&lt;int&gt; list = [1, 2];</c>.
/// Thread-safe, since nothing in it ever changes.
/// </remarks>
/// <typeparam name="T">The items; they should be immutable themselves.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public abstract class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    // Null when the list is a OfOne: most lists of a decision have one item, and they are kept by the million.
    private readonly T[]? items;

    private ValueList(T[]? items) => this.items = items;

    /// <summary>The list without items.</summary>
    public static ValueList<T> Empty { get; } = new OfMany([]);

    /// <summary>How many items the list holds.</summary>
    public int Count => items is { } all ? all.Length : 1;

    /// <summary>The item at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException">The position lies outside the list.</exception>
    public T this[int index] => AsSpan()[index];

    /// <summary>Whether two lists hold equal items in the same order.</summary>
    public static bool operator ==(ValueList<T>? left, ValueList<T>? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether two lists differ in an item, its position or their length.</summary>
    public static bool operator !=(ValueList<T>? left, ValueList<T>? right) => !(left == right);

    /// <summary>The items as a span, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => items is { } all
        ? all
        : new ReadOnlySpan<T>(in Unsafe.As<OfOne>(this).Item);

    /// <summary>This list with one more item at its end.</summary>
    /// <param name="item">The item to add.</param>
    public ValueList<T> Add(T item) => Count == 0 ? new OfOne(item) : new OfMany([.. AsSpan(), item]);

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) =>
        other is not null && AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (T item in AsSpan())
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>The items in brackets, parted by commas.</summary>
    public override string ToString() => $"[{string.Join(", ", this.AsEnumerable())}]";

    /// <summary>Walks the items without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => Walk();

    IEnumerator IEnumerable.GetEnumerator() => Walk();

    internal static ValueList<T> One(T item) => new OfOne(item);

    // The array is the list's own from now on.
    internal static ValueList<T> Own(T[] items) => items.Length switch
    {
        0 => Empty,
        1 => new OfOne(items[0]),
        _ => new OfMany(items),
    };

    private IEnumerator<T> Walk() => ((IEnumerable<T>)(items ?? [this[0]])).GetEnumerator();

    private sealed class OfMany(T[] items) : ValueList<T>(items);

    private sealed class OfOne(T item) : ValueList<T>((T[]?)null)
    {
        public readonly T Item = item;
    }
}

/// <summary>Makes <see cref="ValueList{T}"/>.</summary>
public static class ValueList
{
    /// <summary>A list of the given items, copied.</summary>
    /// <param name="items">The items, in order.</param>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) =>
        items.Length == 1 ? ValueList<T>.One(items[0]) : ValueList<T>.Own(items.ToArray());

    /// <summary>
    /// A list of the items of a sequence, read once; a <see cref="ValueList{T}"/> is returned as it is.
    /// </summary>
    /// <param name="items">The sequence to read.</param>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is null.</exception>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items switch
        {
            ValueList<T> same => same,
            List<T> list => Create<T>(CollectionsMarshal.AsSpan(list)),
            _ => ValueList<T>.Own([.. items]),
        };
    }
}
