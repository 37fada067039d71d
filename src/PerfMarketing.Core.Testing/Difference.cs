using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;

namespace PerfMarketing.Testing;

/// <summary>The first place where two things differ, and what stands there; the rest is not told.</summary>
internal readonly record struct Difference(string Place, string Expected, string Actual)
{
    private const string Root = "$";
    private const string Nothing = "nothing";
    private const int TextMax = 300;
    private const int DepthMax = 16;

    /// <summary>The first difference, in the order in which things are written.</summary>
    public static Difference First(object? expected, object? actual) =>
        Find(Root, expected, actual, 0) ?? Whole(Root, expected, actual);

    private static Difference? Find(string place, object? expected, object? actual, int depth)
    {
        if (Equals(expected, actual))
        {
            return null;
        }

        if (depth == DepthMax || expected is null || actual is null || expected.GetType() != actual.GetType())
        {
            return Whole(place, expected, actual);
        }

        return expected switch
        {
            TermNode node => OfNodes(place, node, (TermNode)actual),
            ITerms terms => OfTerms(place, terms, (ITerms)actual, depth),
            IEnumerable items and not string => OfItems(place, items, (IEnumerable)actual, depth),
            ITuple tuple => OfItems(place, Items(tuple), Items((ITuple)actual), depth),
            _ when IsPlain(expected) => Whole(place, expected, actual),
            _ => OfProperties(place, expected, actual, depth),
        } ?? Whole(place, expected, actual);
    }

    // What is not written may differ, too.
    private static Difference? OfTerms(string place, ITerms expected, ITerms actual, int depth) =>
        OfNodes(place, TermNode.Of(expected), TermNode.Of(actual)) ?? OfProperties(place, expected, actual, depth);

    private static Difference? OfNodes(string place, TermNode expected, TermNode actual)
    {
        if (expected == actual)
        {
            return null;
        }

        if (expected.Kind != actual.Kind || expected.Kind is not (TermKind.Object or TermKind.List))
        {
            return new(place, Text(expected), Text(actual));
        }

        return expected.Kind == TermKind.List
            ? OfItems(place, expected.Items, actual.Items, 0)
            : OfMembers(place, expected, actual);
    }

    private static Difference? OfMembers(string place, TermNode expected, TermNode actual)
    {
        foreach (string name in expected.Names.Concat(actual.Names).Distinct(StringComparer.Ordinal))
        {
            (TermNode? left, TermNode? right) = (Member(expected, name), Member(actual, name));
            if (left != right)
            {
                string inside = $"{place}.{name}";
                return left is null || right is null
                    ? new(inside, Text(left), Text(right))
                    : OfNodes(inside, left, right);
            }
        }

        return null;
    }

    private static Difference? OfItems(string place, IEnumerable expected, IEnumerable actual, int depth)
    {
        object?[] left = [.. expected.Cast<object?>()];
        object?[] right = [.. actual.Cast<object?>()];
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            string inside = string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]");
            if (i == left.Length || i == right.Length)
            {
                return new(inside, TextAt(left, i), TextAt(right, i));
            }

            if (Find(inside, left[i], right[i], depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static Difference? OfProperties(string place, object expected, object actual, int depth)
    {
        foreach (PropertyInfo property in expected.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            string inside = $"{place}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
            if (property.GetIndexParameters().Length == 0
                && Find(inside, Value(property, expected), Value(property, actual), depth + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // A property that cannot be told of this thing, such as the length of what has no end, tells nothing.
    private static object? Value(PropertyInfo property, object of)
    {
        try
        {
            return property.GetValue(of);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static Difference Whole(string place, object? expected, object? actual)
    {
        (string left, string right) = (Text(expected), Text(actual));
        return string.Equals(left, right, StringComparison.Ordinal)
            ? new(place, $"{left} ({expected?.GetType().Name})", $"{right} ({actual?.GetType().Name}), not equal")
            : new(place, left, right);
    }

    private static TermNode? Member(TermNode node, string name)
    {
        int place = Array.IndexOf([.. node.Names], name);
        return place < 0 ? null : node.Items[place];
    }

    private static IEnumerable<object?> Items(ITuple tuple) => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]);

    // A number, a name, an amount: what is read as one word.
    private static bool IsPlain(object value) => value is IFormattable or IConvertible
        || value.GetType().Namespace?.StartsWith(nameof(PerfMarketing), StringComparison.Ordinal) is not true;

    private static string TextAt(object?[] items, int place) => place < items.Length
        ? Text(items[place])
        : string.Create(CultureInfo.InvariantCulture, $"nothing after {items.Length} items");

    private static string Text(object? value)
    {
        string text = value switch
        {
            null => Nothing,
            string plain => plain,
            Instant at => InstantPattern.ExtendedIso.Format(at),
            TermNode { Kind: TermKind.Object } node => $"an object of {string.Join(", ", node.Names)}",
            TermNode { Kind: TermKind.List } node => $"[{string.Join(", ", node.Items.Select(Text))}]",
            TermNode node => node.Text,
            ITerms terms => TermJson.Write(terms),
            IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Take(TextMax).Select(Text))}]",
            ITuple tuple => $"({string.Join(", ", Items(tuple).Select(Text))})",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };
        return text.Length <= TextMax
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, TextMax)}… ({text.Length} characters)");
    }
}
