using System.Globalization;
using NodaTime;

namespace PerfMarketing.Primitives;

/// <summary>Collects the terms of one object; what is null, empty or equal to its default is left out.</summary>
/// <remarks>Names are camelCase and given once each. Not thread-safe; made for one object and then dropped.</remarks>
public sealed class TermWriter
{
    private readonly List<string> names = [];
    private readonly List<TermNode> items = [];

    // Set when the terms are only walked, in search of what is null.
    private readonly TermGaps? gaps;

    /// <summary>Begins an object without terms.</summary>
    public TermWriter()
    {
    }

    internal TermWriter(TermGaps gaps) => this.gaps = gaps;

    // Whether terms are only walked: then they may hold what cannot be written.
    internal bool IsWalk => gaps is not null;

    /// <summary>Writes a value as its invariant text; null is left out.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">A value whose text form is its whole value, such as an amount or an id.</param>
    public void Value<T>(string name, T? value)
    {
        if (value is not null && gaps is null)
        {
            Add(name, TermNode.OfText(InvariantText.Of(value)));
        }
    }

    /// <summary>Writes a value as its invariant text, unless it is the default one.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="fallback">The value that a reader assumes when the term is absent.</param>
    public void Value<T>(string name, T value, T fallback)
    {
        if (!EqualityComparer<T>.Default.Equals(value, fallback))
        {
            Value(name, value);
        }
    }

    /// <summary>Writes a list of values as a list of texts; an empty list is left out.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="values">The values, in order.</param>
    public void Values<T>(string name, ValueList<T> values)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(values);
        if (gaps is not null)
        {
            gaps.Look(name, values);
            return;
        }

        if (values.Count > 0)
        {
            var nodes = new TermNode[values.Count];
            for (int i = 0; i < nodes.Length; i++)
            {
                nodes[i] = TermNode.OfText(InvariantText.Of(values[i]));
            }

            Add(name, TermNode.OfList(ValueList<TermNode>.Own(nodes)));
        }
    }

    /// <summary>Writes a decimal number without trailing zeros; null is left out.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The number.</param>
    public void Number(string name, decimal? value)
    {
        if (value is { } number && gaps is null)
        {
            Add(name,
                TermNode.OfNumber(number.ToString("0.############################", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Writes a whole number; null is left out.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The number.</param>
    public void Integer(string name, long? value)
    {
        if (value is { } number && gaps is null)
        {
            Add(name, TermNode.OfNumber(number.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Writes a flag, unless it has its default.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The flag.</param>
    /// <param name="fallback">The value that a reader assumes when the term is absent.</param>
    public void Flag(string name, bool value, bool fallback = false)
    {
        if (value != fallback)
        {
            Add(name, TermNode.OfFlag(value));
        }
    }

    /// <summary>Writes a member of an enum as its kebab-case name.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The member.</param>
    public void Enum<T>(string name, T value)
        where T : struct, Enum
    {
        if (gaps is null)
        {
            Add(name, TermNode.OfText(EnumText.Of(value)));
        }
    }

    /// <summary>Writes a member of an enum as its kebab-case name, unless it is the default one.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The member.</param>
    /// <param name="fallback">The member that a reader assumes when the term is absent.</param>
    public void Enum<T>(string name, T value, T fallback)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, fallback))
        {
            Enum(name, value);
        }
    }

    /// <summary>
    /// Writes an instant in UTC with all its digits, such as <c>2026-03-01T09:00:00Z</c>; null is left out.
    /// </summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The instant.</param>
    public void Instant(string name, Instant? value)
    {
        if (value is { } instant && gaps is null)
        {
            Add(name, TermNode.OfText(InstantText.Of(instant)));
        }
    }

    /// <summary>Writes another object's terms under a name; null is left out.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="value">The object.</param>
    public void Terms(string name, ITerms? value)
    {
        if (gaps is not null)
        {
            gaps.Enter(name, value);
        }
        else if (value is not null)
        {
            Add(name, TermNode.Of(value));
        }
    }

    /// <summary>Writes a list of objects; an empty list is left out.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="values">The objects, in order.</param>
    public void List<T>(string name, ValueList<T> values)
        where T : ITerms
    {
        ArgumentNullException.ThrowIfNull(values);
        if (gaps is not null)
        {
            gaps.EnterAll(name, values);
            return;
        }

        if (values.Count > 0)
        {
            var nodes = new TermNode[values.Count];
            for (int i = 0; i < nodes.Length; i++)
            {
                nodes[i] = TermNode.Of(values[i]);
            }

            Add(name, TermNode.OfList(ValueList<TermNode>.Own(nodes)));
        }
    }

    /// <summary>Writes a ready node under a name.</summary>
    /// <param name="name">The term's name.</param>
    /// <param name="node">The node.</param>
    /// <exception cref="ArgumentException">The name was written before.</exception>
    public void Add(string name, TermNode node)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(node);
        if (gaps is not null)
        {
            return;
        }

        if (names.Contains(name))
        {
            throw new ArgumentException($"The term '{name}' was written before.", nameof(name));
        }

        names.Add(name);
        items.Add(node);
    }

    /// <summary>The collected terms as one object node.</summary>
    public TermNode ToNode() => TermNode.OfObject(names.ToValueList(), items.ToValueList());
}
