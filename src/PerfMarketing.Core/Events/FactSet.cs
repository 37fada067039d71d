using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>The facts of one event: a small immutable set of named values.</summary>
/// <remarks>
/// At most <see cref="CountMax"/> facts, each name once, kept in the order of their names; two sets are equal when they
/// hold the same facts.
/// Looking a fact up allocates nothing. Collection expressions build it: <c>FactSet facts =
/// [Facts.Device.Of("mobile")];</c>.
/// As JSON a set is one object of names and values. Thread-safe, since nothing in it ever changes.
/// </remarks>
[CollectionBuilder(typeof(FactSet), nameof(Create))]
public sealed class FactSet : IReadOnlyList<Fact>, IEquatable<FactSet>, ITerms
{
    /// <summary>The most facts of one set.</summary>
    public const int CountMax = 64;

    private readonly string[] names;
    private readonly FactValue[] values;
    private readonly int[] hashes;

    private FactSet(ReadOnlySpan<Fact> sorted)
    {
        names = new string[sorted.Length];
        values = new FactValue[sorted.Length];
        hashes = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            names[i] = sorted[i].Name;
            values[i] = sorted[i].Value;
            hashes[i] = Fact.HashOf(sorted[i].Name);
        }
    }

    /// <summary>The set without facts.</summary>
    public static FactSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => names.Length;

    /// <summary>The fact at a position, in the order of names.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public Fact this[int index] => new(names[index], values[index]);

    /// <summary>Whether two sets hold the same facts.</summary>
    public static bool operator ==(FactSet? left, FactSet? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two sets differ in a fact.</summary>
    public static bool operator !=(FactSet? left, FactSet? right) => !(left == right);

    /// <summary>A set of some facts; of two with one name the later counts.</summary>
    /// <param name="facts">The facts, in any order.</param>
    /// <exception cref="ArgumentException">
    /// More than <see cref="CountMax"/> facts, or a text that may not name one.
    /// </exception>
    public static FactSet Create(params ReadOnlySpan<Fact> facts)
    {
        List<Fact> sorted = new(facts.Length);
        foreach (Fact fact in facts)
        {
            if (!Fact.IsName(fact.Name))
            {
                throw Fact.BadName(nameof(facts));
            }

            int place = sorted.BinarySearch(fact, ByName.Instance);
            if (place >= 0)
            {
                sorted[place] = fact;
            }
            else
            {
                sorted.Insert(~place, fact);
            }
        }

        return sorted.Count switch
        {
            0 => Empty,
            <= CountMax => new([.. sorted]),
            _ => throw new ArgumentException($"A set has at most {CountMax} facts.", nameof(facts)),
        };
    }

    /// <summary>Reads a set: every name of the object is a fact.</summary>
    /// <param name="terms">The terms.</param>
    public static FactSet Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        List<Fact> read = [];
        foreach (string name in terms.Names)
        {
            if (!Fact.IsName(name))
            {
                terms.Fail(name, EventCodes.FactName, "A fact's name is kebab-case of at most 64 characters.");
                _ = terms.Has(name);
            }
            else if (FactValue.Read(terms, name) is { } value)
            {
                read.Add(new(Facts.Shared(name), value));
            }
        }

        if (read.Count > CountMax)
        {
            terms.Fail(read[CountMax].Name, EventCodes.TooManyFacts, $"An event has at most {CountMax} facts.");
            return Empty;
        }

        return Create([.. read]);
    }

    /// <summary>Finds a fact.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value, when it is there and of the key's type.</param>
    /// <returns>Whether it is there and of the key's type.</returns>
    public bool TryGet<T>(FactKey<T> key, [MaybeNullWhen(false)] out T value)
    {
        int index = IndexOf(key.Name, key.Hash);
        if (index >= 0)
        {
            return values[index].TryAs(out value);
        }

        value = default;
        return false;
    }

    /// <summary>Finds a fact by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, when there is one.</param>
    public bool TryFind(string name, out FactValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        int index = IndexOf(name, Fact.HashOf(name));
        value = index >= 0 ? values[index] : default;
        return index >= 0;
    }

    /// <summary>This set with a fact set or replaced.</summary>
    /// <param name="key">The fact's key.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">
    /// The set is full, or the value breaks a bound of <see cref="FactValue"/>.
    /// </exception>
    public FactSet With<T>(FactKey<T> key, T value) => With(key.Of(value));

    /// <summary>This set with a fact set or replaced.</summary>
    /// <param name="fact">The fact.</param>
    /// <exception cref="ArgumentException">The set is full, or the name may not name a fact.</exception>
    public FactSet With(Fact fact) => Create([.. this, fact]);

    /// <summary>This set without a fact.</summary>
    /// <param name="name">The fact's name.</param>
    public FactSet Without(string name) =>
        TryFind(name, out _)
            ? Create([.. this.Where(f => !string.Equals(f.Name, name, StringComparison.Ordinal))])
            : this;

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (Fact fact in this)
        {
            terms.Add(fact.Name, fact.Value.ToNode());
        }
    }

    /// <inheritdoc/>
    public bool Equals(FactSet? other) =>
        other is not null && (ReferenceEquals(this, other)
            || (hashes.AsSpan().SequenceEqual(other.hashes) && names.AsSpan().SequenceEqual(other.names)
                && values.AsSpan().SequenceEqual(other.values)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FactSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (Fact fact in this)
        {
            hash.Add(fact);
        }

        return hash.ToHashCode();
    }

    /// <summary>The facts, parted by commas.</summary>
    public override string ToString() => string.Join<Fact>(", ", this);

    /// <inheritdoc/>
    public IEnumerator<Fact> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ref readonly FactValue ValueAt(int index) => ref values[index];

    /// <summary>The position of a fact, or −1: where it is supposed, else by a search.</summary>
    internal int IndexOf(string name, int hash, int hint) =>
        (uint)hint < (uint)hashes.Length && hashes[hint] == hash
            && names[hint] == name ? hint : IndexOf(name, hash);

    /// <summary>The position of a fact, or −1: a vectorised scan of the hashes, then a look at the name.</summary>
    internal int IndexOf(string name, int hash)
    {
        ReadOnlySpan<int> rest = hashes;
        int start = 0;
        while (true)
        {
            int found = rest.IndexOf(hash);
            if (found < 0)
            {
                return -1;
            }

            start += found;
            if (names[start] == name)
            {
                return start;
            }

            start++;
            rest = rest[(found + 1)..];
        }
    }

    private sealed class ByName : IComparer<Fact>
    {
        internal static readonly ByName Instance = new();

        public int Compare(Fact x, Fact y) => string.CompareOrdinal(x.Name, y.Name);
    }
}
