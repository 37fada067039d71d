using System.Globalization;
using System.Text;
using FluentValidation.Results;

namespace PerfMarketing.Primitives;

/// <summary>Finds what is null in the lists of terms that were made in code; a text never reads so.</summary>
/// <remarks>Walks the terms as they are written, without writing them.</remarks>
internal sealed class TermGaps
{
    private readonly List<(string Name, int Index)> place = [];
    private readonly List<ValidationFailure> failures = [];
    private readonly TermWriter writer;

    private TermGaps() => writer = new(this);

    /// <summary>One failure for each gap, with the C# path of the item.</summary>
    /// <param name="terms">The terms.</param>
    public static List<ValidationFailure> In(ITerms terms)
    {
        TermGaps gaps = new();
        try
        {
            terms.Write(gaps.writer);
        }
        catch (ArgumentException)
        {
            // What cannot be written at all, the validator of its kind tells.
        }

        return gaps.failures;
    }

    /// <summary>Looks into an object.</summary>
    internal void Enter(string name, ITerms? value)
    {
        if (value is not null)
        {
            place.Add((name, -1));
            value.Write(writer);
            place.RemoveAt(place.Count - 1);
        }
    }

    /// <summary>Looks into the objects of a list.</summary>
    internal void EnterAll<T>(string name, ValueList<T> values)
        where T : ITerms
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is { } item)
            {
                place.Add((name, i));
                item.Write(writer);
                place.RemoveAt(place.Count - 1);
            }
            else
            {
                Note(name, i);
            }
        }
    }

    /// <summary>Looks at the values of a list.</summary>
    internal void Look<T>(string name, ValueList<T> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is null)
            {
                Note(name, i);
            }
        }
    }

    private void Note(string name, int index)
    {
        StringBuilder path = new();
        foreach ((string outer, int i) in place)
        {
            Append(path, outer, i);
        }

        Append(path, name, index);
        failures.Add(new(path.ToString(), "Each item of a list is required.")
        {
            ErrorCode = TermCodes.ItemMissing,
        });
    }

    private static void Append(StringBuilder path, string name, int index)
    {
        path.Append(path.Length > 0 ? "." : string.Empty)
            .Append(char.ToUpperInvariant(name[0])).Append(name.AsSpan(1));
        if (index >= 0)
        {
            path.Append(CultureInfo.InvariantCulture, $"[{index}]");
        }
    }
}
