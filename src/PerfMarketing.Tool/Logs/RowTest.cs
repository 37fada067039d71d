using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>Says by a column which rows are meant.</summary>
internal sealed record RowTest : ITerms
{
    /// <summary>The column's name.</summary>
    public required string Column { get; init; }

    /// <summary>The texts of the rows that are meant.</summary>
    public required ValueList<string> Is { get; init; }

    /// <summary>
    /// The texts of the others; when it is empty every other text is one, else a text in neither list is rejected.
    /// </summary>
    public ValueList<string> IsNot { get; init; } = [];

    /// <summary>Reads a test.</summary>
    /// <param name="terms">The terms.</param>
    public static RowTest Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        RowTest read = new()
        {
            Column = terms.Text("column"),
            Is = terms.Values<string>("is"),
            IsNot = terms.Values<string>("isNot"),
        };
        if (read.Is.Count == 0)
        {
            terms.Fail("is", TermCodes.Missing, "Name the texts of the rows that are meant.");
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("column", Column);
        terms.Values("is", Is);
        terms.Values("isNot", IsNot);
    }

    /// <summary>Whether a row is meant.</summary>
    /// <param name="cell">The text of the row's cell.</param>
    /// <returns>Whether it is; null when the text is in neither list.</returns>
    public bool? Holds(string cell)
    {
        if (Is.Contains(cell, StringComparer.Ordinal))
        {
            return true;
        }

        return IsNot.Count == 0 || IsNot.Contains(cell, StringComparer.Ordinal) ? false : null;
    }
}
