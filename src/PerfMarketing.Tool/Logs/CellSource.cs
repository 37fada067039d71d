using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>Where a value comes from: a column, through a list of values if there is one, or a constant.</summary>
internal sealed record CellSource : ITerms
{
    /// <summary>The column's name; null for a constant.</summary>
    public string? Column { get; init; }

    /// <summary>The value of every row; null for a column.</summary>
    public string? Constant { get; init; }

    /// <summary>What each text of the column means; empty when the text is the value itself.</summary>
    public ValueList<MappedValue> Values { get; init; } = [];

    /// <summary>What a text outside <see cref="Values"/> means; when it is null such a row is rejected.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Reads a source.</summary>
    /// <param name="terms">The terms.</param>
    public static CellSource Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        CellSource read = new()
        {
            Column = terms.OptionalText("column"),
            Constant = terms.OptionalText("constant"),
            Values = terms.OptionalObject("values", MappedValue.ReadAll) ?? [],
            Otherwise = terms.OptionalText("otherwise"),
        };
        if (terms.Has("column") == terms.Has("constant"))
        {
            terms.Fail("column", TermCodes.Missing, "Name either a column or a constant.");
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("column", Column);
        terms.Value("constant", Constant);
        if (Values.Count > 0)
        {
            terms.Add("values", TermNode.OfObject(
                Values.Select(static v => v.Text).ToValueList(),
                Values.Select(static v => TermNode.OfText(v.Meaning)).ToValueList()));
        }

        terms.Value("otherwise", Otherwise);
    }

    /// <summary>What a cell means.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <returns>The value; null when the text is not listed.</returns>
    public string? Resolve(string cell)
    {
        if (Values.Count == 0)
        {
            return cell;
        }

        foreach (MappedValue value in Values)
        {
            if (string.Equals(value.Text, cell, StringComparison.Ordinal))
            {
                return value.Meaning;
            }
        }

        return Otherwise;
    }
}

/// <summary>What one text of a column means.</summary>
/// <param name="Text">The cell's text.</param>
/// <param name="Meaning">The value it stands for.</param>
internal readonly record struct MappedValue(string Text, string Meaning)
{
    /// <summary>Reads an object whose names are texts of a column.</summary>
    /// <param name="terms">The terms.</param>
    public static ValueList<MappedValue> ReadAll(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Names.Select(name => new MappedValue(name, terms.Text(name))).ToValueList();
    }
}
